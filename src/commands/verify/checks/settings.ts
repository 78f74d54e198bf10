// The variable: where each command takes it from, whether it is an address, and whether git keeps it private. Pure.
import type { CheckId } from '../../../model/check-id.ts';
import type {
	Check,
	ProjectFacts,
	SettingCommand,
	SettingFact,
	ShownAddress,
} from '../../../model/verification.ts';
import { fail, pass, skipped, warn } from './check.ts';

const TO_LOCALHOST = 'an unset one makes the client try localhost:6379';

const IDS: Record<SettingCommand, CheckId> = {
	'flue run': 'project.variable-flue-run',
	'flue dev': 'project.variable-flue-dev',
	'vite dev': 'project.variable-vite-dev',
	'node dist/server.mjs': 'project.variable-built-server',
};

/** Host, port, number of the database and TLS: nothing of who connects. */
export function showAddress({ host, port, database, tls, path }: ShownAddress): string {
	if (path !== undefined) return `the socket ${path}, database ${database}`;
	const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
	return `${place}, database ${database}, ${tls ? 'with TLS' : 'without TLS'}`;
}

function isSet({ from, problem }: SettingFact): boolean {
	return from !== null && problem !== 'is empty';
}

/** Why the address is not known here: a secret manager puts it in its place. null when nothing says so. */
function managedText({ settings, runner, variable }: ProjectFacts): string | null {
	const reference = settings.find(({ managedBy }) => managedBy !== undefined);
	if (reference)
		return `${variable} in ${reference.from} is a reference, in the place of which ${reference.managedBy} puts the address`;
	if (!runner || settings.some(({ from }) => from !== null)) return null;
	return `${runner.from} starts with \`${runner.value}\`, which may set ${variable}: no file shows it`;
}

/** That no variable counts, where db.ts holds the address itself; null where it does not. */
export function unreadText({ shape, facts, variable }: ProjectFacts): string | null {
	if (!shape?.holdsAddress) return null;
	return `${facts.dbEntry.value.path} does not read ${variable}: the address stands in it`;
}

/** The module that db.ts reads the address from has no such key any more. */
function lostKey({ emptyImports = [], facts, blueprint }: ProjectFacts): Check | null {
	const found = emptyImports.find(({ missing }) => missing?.isKey);
	if (!found) return null;
	return fail(
		'project.variable',
		`${facts.dbEntry.value.path} reads ${found.missing?.name} of what it imports from ${found.path}, which does not have it; ${TO_LOCALHOST}`,
		`Run \`flue add ${blueprint.kind} ${blueprint.name}\`, which puts it there.`,
	);
}

function variableCheck(project: ProjectFacts): Check {
	const { settings, variable, blueprint } = project;
	const id = 'project.variable';
	const unread = unreadText(project);
	if (unread !== null) {
		const again = `flue add ${blueprint.kind} ${blueprint.name} --replace`;
		return fail(id, unread, `Run \`${again}\`, or write \`url: process.env.${variable}\`.`);
	}
	const lost = lostKey(project);
	if (lost) return lost;
	const managed = managedText(project);
	if (managed !== null) return skipped(id, managed);
	const places = [...new Set(settings.filter(isSet).map(({ from }) => from))];
	const own = project.facts.host?.isAlone ? '; start() itself reads no env file' : '';
	if (places.length > 0) return pass(id, `${variable} is set in ${places.join(' and ')}${own}`);
	const empty = settings.find(({ from }) => from !== null)?.from;
	const what = empty ? `${variable} is empty in ${empty}` : `${variable} is set nowhere`;
	return fail(id, `${what}; ${TO_LOCALHOST}`, `Give ${variable} a redis:// or rediss:// address.`);
}

function commandCheck(setting: SettingFact, { variable }: ProjectFacts): Check {
	const { command, from } = setting;
	const id = IDS[command];
	if (isSet(setting)) return pass(id, `\`${command}\` takes ${variable} from ${from}`);
	const what = from ? `is empty for \`${command}\` (${from})` : `is not set for \`${command}\``;
	const hint = command.startsWith('node ')
		? `Set it where the server runs, or start with \`node --env-file=.env dist/server.mjs\`: the built server reads no env file.`
		: `Set it in .env or in the environment.`;
	return warn(id, `${variable} ${what}; ${TO_LOCALHOST}`, hint);
}

function commandChecks(project: ProjectFacts): Check[] {
	const { settings, facts } = project;
	// Which of the files a program of the user's own reads is up to it.
	if (facts.host?.isAlone) return [];
	const managed = unreadText(project) ?? managedText(project);
	if (managed !== null) return settings.map(({ command }) => skipped(IDS[command], managed));
	if (settings.some(isSet)) return settings.map((setting) => commandCheck(setting, project));
	return settings.map(({ command }) => skipped(IDS[command], 'the variable is set nowhere'));
}

/** A `$` means one thing to one command and another to the next. */
function dollarCheck({ settings, variable }: ProjectFacts): Check | null {
	const said = settings.filter(({ dollar }) => dollar !== undefined);
	if (said.length === 0) return null;
	const of = (wanted: SettingFact['dollar']): string =>
		said
			.flatMap(({ command, dollar }) => (dollar === wanted ? [`\`${command}\``] : []))
			.join(' and ');
	const [expanded, literal] = [of('expanded'), of('literal')];
	const readers = [
		...(expanded ? [`${expanded} expands it`] : []),
		...(literal ? [`${literal} takes it as it is`] : []),
	];
	const files = [...new Set(said.map(({ from }) => from))].join(' and ');
	const message = `${variable} in ${files} holds a $: ${readers.join(', ')}`;
	const hint = 'Write the address without variables, and a $ of a password as %24.';
	const isUsable = said.some(({ address }) => address !== null);
	return isUsable ? warn('project.address', message, hint) : fail('project.address', message, hint);
}

function addressCheck(project: ProjectFacts): Check {
	const { settings, variable } = project;
	const id = 'project.address';
	const managed = unreadText(project) ?? managedText(project);
	if (managed !== null) return skipped(id, managed);
	const dollar = dollarCheck(project);
	if (dollar) return dollar;
	const said = settings.filter(isSet);
	const wrong = said.find(({ problem }) => problem !== null);
	if (wrong)
		return fail(
			id,
			`${variable} in ${wrong.from} ${wrong.problem}`,
			'Write redis://user:password@host:port/database, or rediss:// for TLS.',
		);
	const shown = said.flatMap(({ address, from }) =>
		address ? [{ text: showAddress(address), from }] : [],
	);
	const [first] = shown;
	if (!first) return skipped(id, 'the variable is set nowhere');
	const other = shown.find(({ text }) => text !== first.text);
	if (other)
		return warn(
			id,
			`two addresses: ${first.text} (${first.from}); ${other.text} (${other.from})`,
			'Make sure that each command is meant to have its own.',
		);
	const ignored = [...new Set(said.flatMap((setting) => setting.ignored))];
	if (ignored.length === 0) return pass(id, first.text);
	return warn(
		id,
		`${first.text}; the client ignores ${ignored.join(', ')} in ${variable}`,
		'Write the database behind the last /, rediss:// for TLS, and leave the rest out.',
	);
}

function privacyCheck({ privateFiles }: ProjectFacts): Check {
	const id = 'project.env-ignored';
	const tracked = privateFiles.find(({ git }) => git === 'tracked');
	if (tracked)
		return fail(
			id,
			`${tracked.path} holds the address and is in git`,
			`git rm --cached ${tracked.path}, ignore it, and change the password.`,
		);
	const open = privateFiles.find(({ git }) => git === 'open');
	if (open)
		return fail(
			id,
			`${open.path} holds the address and is not ignored by git`,
			`Add ${open.path} to .gitignore.`,
		);
	const names = privateFiles.map(({ path }) => path).join(', ');
	if (names === '') return skipped(id, 'no file of the project holds the address');
	if (privateFiles.some(({ git }) => git === null))
		return skipped(id, `${names}: this is no git repository`);
	return pass(id, `${names}: ignored by git`);
}

/** The variable, per command; the address; and whether it stays private. */
export function settingChecks(project: ProjectFacts): Check[] {
	return [
		variableCheck(project),
		...commandChecks(project),
		addressCheck(project),
		privacyCheck(project),
	];
}
