// One `flue verify` from request to exit status: finds out whether there is a person, tells the story, speaks.
import { resolve } from 'node:path';
import { checkKind } from '../../blueprints/index.ts';
import { FlueError } from '../../errors.ts';
import type { VerifyOptions, VerifyRequest } from '../../model/request.ts';
import type { Check } from '../../model/verification.ts';
import { checkLines } from '../../terminal/checks.ts';
import { verifyDocument } from '../../terminal/json.ts';
import { nextAfterChecks, nextAfterError } from '../../terminal/next.ts';
import { type Surroundings, writeLines, writeText } from '../../terminal/output.ts';
import { showProgress } from '../../terminal/progress.ts';
import { errorLines } from '../../terminal/report.ts';
import { wordsFor } from '../../terminal/speak.ts';
import { checksInWords, errorInWords, nextInWords } from '../../terminal/words.ts';
import { strictly } from './checks/check.ts';
import { type VerifyAccount, verify } from './story.ts';
import { makeVerifyTools } from './tools.ts';

/** @throws NEEDS_ANSWER when no kind is named, UNKNOWN_BLUEPRINT when there is none of it */
function requireKind(kind: string | undefined): void {
	if (kind === undefined) {
		throw new FlueError('NEEDS_ANSWER', 'Nothing was named to verify.', {
			hint: 'Name the kind: `flue verify database`.',
		});
	}
	checkKind(kind, 'verify');
}

/** How to ask the person at the terminal; null when there is none. */
async function findPerson(
	options: VerifyOptions,
	surroundings: Surroundings,
): Promise<((message: string) => Promise<boolean>) | null> {
	const { stdin, stderr, environment } = surroundings;
	if (options.yes || options.json || !stdin.isTTY || !stderr.isTTY) return null;
	const { isInteractive } = await import('../../terminal/interactive.ts');
	if (!(await isInteractive(environment))) return null;
	const { converse } = await import('../../terminal/ask.ts');
	return (message) => converse(surroundings).confirm(message);
}

/** Rejects on a signal, but not in a drill, which cleans up and rejects itself. */
function stopped(signal: AbortSignal, account: VerifyAccount): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener('abort', () => {
			if (!account.drilling) reject(new FlueError('CANCELLED', 'Stopped. Nothing was changed.'));
		});
	});
}

async function tellStory(
	{ kind, name, options }: VerifyRequest,
	surroundings: Surroundings,
	account: VerifyAccount,
): Promise<Check[]> {
	requireKind(kind);
	const { stderr, environment, signal, node } = surroundings;
	const isWatched = stderr.isTTY === true && !options.json;
	const tools = makeVerifyTools(
		environment,
		node,
		isWatched ? (label) => showProgress(stderr, label) : null,
	);
	return verify(
		name,
		{ ...options, cwd: resolve(options.cwd) },
		{
			tools,
			signal,
			account,
			confirm: await findPerson(options, surroundings),
			say: (line) => (options.json ? undefined : writeLines(surroundings, 'stderr', [line])),
		},
	);
}

/** Runs `verify` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runVerify(
	request: VerifyRequest,
	surroundings: Surroundings,
	account: VerifyAccount,
): Promise<number> {
	account.cwd = request.options.cwd;
	const made = await Promise.race([
		tellStory(request, surroundings, account),
		stopped(surroundings.signal, account),
	]);
	const words = wordsFor(surroundings, account);
	const found = request.options.strict ? strictly(made) : made;
	const checks = checksInWords(found, words);
	const next = nextInWords(nextAfterChecks(found), words);
	if (request.options.json) writeText(surroundings, `${verifyDocument(checks, { next })}\n`);
	else writeLines(surroundings, 'stdout', checkLines(checks));
	return checks.some(({ status }) => status === 'fail') ? 1 : 0;
}

/** Speaks an error: one JSON document on stdout, or code, message and hint on stderr. */
export function speakVerifyError(
	failure: FlueError,
	surroundings: Surroundings,
	{ account, args }: { account: VerifyAccount; args: string[] },
): void {
	const words = wordsFor(surroundings, account);
	const error = errorInWords(failure, words);
	if (args.includes('--json')) {
		const checks = checksInWords(account.checks ?? [], words);
		const next = nextInWords(nextAfterError(failure, args), words);
		writeText(surroundings, `${verifyDocument(checks, { next, error })}\n`);
		return;
	}
	const debug = Boolean(surroundings.environment.DEBUG);
	writeLines(surroundings, 'stderr', errorLines(error, { debug }));
}
