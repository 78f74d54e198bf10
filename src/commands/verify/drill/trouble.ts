// Why a process of db.ts failed -> a check that says what to do. Pure.
import { refusalOf } from '../../../adapter-words.ts';
import type { Check } from '../../../model/verification.ts';
import { type CheckId, fail } from './checks.ts';
import { PATIENCE, type Trouble } from './database.ts';
import type { SafeError, Stage } from './messages.ts';

/** What the sentences name. */
export interface Subject {
	/** Path of db.ts, relative to the project. */
	entry: string;
	variable: string;
	/** The name of the project's database. */
	database: string;
}

const DOES: Record<Stage, string> = {
	load: 'does not load',
	shape: 'does not export a database adapter',
	migrate: 'could not migrate',
	stores: 'gave no stores',
	read: 'could not read back what was written',
	write: 'could not write through its stores',
	done: 'failed after it had loaded and worked',
};

const TYPES =
	'Write `import type` for what is only a type (`verbatimModuleSyntax` finds those places).';

/** What to do about the errors of Node's own loader, by code: https://nodejs.org/api/errors.html */
const LOADER_HINTS: Record<string, string> = {
	ERR_MODULE_NOT_FOUND:
		'Run the install of your package manager. A path alias of tsconfig.json has to be a relative path in db.ts and what it imports: the drill runs them with Node alone.',
	ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX:
		'Node only strips types: replace enums, namespaces and parameter properties in db.ts and what it imports (`erasableSyntaxOnly` in tsconfig.json finds them).',
	ERR_INVALID_TYPESCRIPT_SYNTAX: 'Mend the syntax that the message names.',
	ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING:
		'Node strips no types below node_modules: import a package that is built to JavaScript.',
	ERR_UNKNOWN_FILE_EXTENSION:
		'Let db.ts import files that Node knows: .ts, .mts, .js, .mjs or .json.',
	ERR_PACKAGE_PATH_NOT_EXPORTED: 'Import what the package exports; see its package.json.',
};

/** What to do about a server's refusal, which the adapter has put its own words around. */
function serverHint(message: string): string | null {
	const refusal = refusalOf(message);
	if (refusal?.waits) return refusal.helps;
	const isGone = /socket closed|ECONNRESET|no space|ENOSPC/i.test(message);
	if (isGone || refusal?.code === 'OOM' || refusal?.code === 'MISCONF')
		return 'The server went away or refused to write: look for a full disk, TMPDIR included, and for memory.';
	const isUnfit = /noeviction|could not verify|is a replica|too old|Cluster is not supported/;
	if (!refusal && !isUnfit.test(message)) return null;
	return 'The server is not one for durable state: `flue verify database --server` says what to change.';
}

/** The adapter asks the runtime for what only its own line has; a db.ts may ask for a type as well. */
function exportHint(message: string, { database }: Subject): string {
	if (!/module '@flue\//.test(message)) return TYPES;
	return `${fittingAdapter(database)} Where it is an import of db.ts itself that fails: ${TYPES}`;
}

function fittingAdapter(database: string): string {
	return `Install the adapter for the version of Flue that the project has: \`flue add database ${database} --adapter vendored\` brings it along.`;
}

function hintOf(stage: Stage, { code, message }: SafeError, subject: Subject): string {
	const { entry, variable } = subject;
	if (stage === 'load') {
		const known = LOADER_HINTS[code];
		if (known) return known;
		if (/does not provide an export named/.test(message)) return exportHint(message, subject);
		if (/required in|invalid environment|missing/i.test(message))
			return 'The drill gives db.ts the variables of the shell and of .env: set the missing one in either.';
		return `Mend ${entry}, or what it imports: the message is its own.`;
	}
	if (stage === 'done')
		return `Mend ${entry}, or what it imports: it throws when nobody asks for anything.`;
	if (stage === 'shape')
		return 'Export the adapter as the default: `export default redis({ … });`, as the documentation has it.';
	if (stage === 'stores' && message.startsWith('its stores are not those'))
		return fittingAdapter(subject.database);
	const known = serverHint(message);
	if (known) return known;
	return `The server was empty and ${variable} was set to it: look at ${entry} and at its adapter.`;
}

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

/** What is said of a trouble, and the hint. */
type Words = [message: string, hint: string];

const AGAIN = 'Run the command again; a machine that is short of memory ends programs.';

const OWN_GONE: Words = ['The throwaway server ended before its time.', AGAIN];
const NAMED_GONE: Words = [
	'The server of --drill-url went away in the middle of the drill.',
	'Look whether it runs, and run the command again.',
];

function connectionWords(
	trouble: Extract<Trouble, { kind: 'refused' | 'unconnected' }>,
	{ entry, variable }: Subject,
): Words {
	if (trouble.kind === 'refused')
		return [
			`${entry} tried to reach ${trouble.targets.join(', ')}, which is not the drill's server. No connection was made and nothing was written.`,
			`Let ${entry} read its address from ${variable} alone.`,
		];
	return [
		`${entry} loaded without a connection to the database of the drill, so nothing shows where it would write. Nothing was written.`,
		`Connect to the address in ${variable}, and to no other database number, while ${entry} loads, as \`await client.connect()\` of the documented file does.`,
	];
}

function endWords({ status }: Extract<Trouble, { kind: 'ended' }>, { entry }: Subject): Words {
	const subject = `The process that ran ${entry}`;
	if (typeof status === 'number')
		return [
			`${subject} ended by itself (${status}).`,
			`Look for a \`process.exit()\` in ${entry} or what it imports.`,
		];
	return [`${subject} was ended (${status}).`, AGAIN];
}

const HANGS = {
	load: ['did not finish loading', 'at its top level'],
	open: ['did not finish migrate() and connect()', 'in its adapter'],
	work: ['did not finish writing and reading through its stores', 'in its adapter'],
} as const;

function slowWords({ step }: Extract<Trouble, { kind: 'slow' }>, { entry }: Subject): Words {
	const [what, where] = HANGS[step];
	return [
		`${entry} ${what} within ${PATIENCE / 1000} s, and was ended.`,
		`Look for a connection that is retried for ever, or a promise that nobody settles, ${where}.`,
	];
}

function failureWords(
	{ stage, error }: Extract<Trouble, { kind: 'failed' }>,
	subject: Subject,
): Words {
	const code = error.code && !error.message.includes(error.code) ? ` (${error.code})` : '';
	const message = `${subject.entry} ${DOES[stage]}: ${oneLine(error.message)}${code}`;
	return [message, hintOf(stage, error, subject)];
}

function wordsOf(trouble: Trouble, subject: Subject): Words {
	if (trouble.kind === 'failed') return failureWords(trouble, subject);
	if (trouble.kind === 'ended') return endWords(trouble, subject);
	if (trouble.kind === 'no-server')
		return [trouble.said, 'Start the same program by hand to see what is wrong with it.'];
	if (trouble.kind === 'server-gone') return trouble.isOwn ? OWN_GONE : NAMED_GONE;
	if (trouble.kind === 'slow') return slowWords(trouble, subject);
	return connectionWords(trouble, subject);
}

/** The check of a drill whose server ended while nothing was asked of it. */
export function goneCheck(): Check {
	return fail('drill.server', ...OWN_GONE);
}

/** The check of a process that did not get as far as it should. */
export function troubleCheck(id: CheckId, trouble: Trouble, subject: Subject): Check {
	return fail(id, ...wordsOf(trouble, subject));
}

/** The check of a db.ts that is connected to our server and asks nothing of it. */
export function unusedCheck({ entry }: Subject): Check {
	return fail(
		'drill.migrate',
		`${entry} is connected to the drill's server, but migrate() and connect() asked nothing of it: the state would go elsewhere. Nothing was written.`,
		`Export the adapter of that connection from ${entry}: \`export default redis({ … });\`.`,
	);
}
