// One `flue verify` from request to exit status: finds out whether there is a person, tells the story, speaks.
import { checkKind } from '../../blueprints/index.ts';
import { FlueError } from '../../errors.ts';
import { absolutePath } from '../../inspect/typed-path.ts';
import type { VerifyOptions, VerifyRequest } from '../../model/request.ts';
import type { Check } from '../../model/verification.ts';
import type { Conversation } from '../../terminal/ask.ts';
import { checkLines } from '../../terminal/checks.ts';
import { verifyDocument } from '../../terminal/json.ts';
import { nextAfterChecks, nextAfterError } from '../../terminal/next.ts';
import { type Surroundings, writeLines, writeText } from '../../terminal/output.ts';
import { showProgress } from '../../terminal/progress.ts';
import { errorLines, titleOf } from '../../terminal/report.ts';
import { wordsFor } from '../../terminal/speak.ts';
import { storageLines } from '../../terminal/storage.ts';
import { checksInWords, errorInWords, nextInWords } from '../../terminal/words.ts';
import { hasPerson, untilStopped } from '../session.ts';
import { strictly } from './checks/check.ts';
import { type VerifyAccount, verify } from './story.ts';
import { makeVerifyTools } from './tools.ts';

/** The person at the terminal; null when there is none. */
async function findPerson(
	{ yes, json }: VerifyOptions,
	surroundings: Surroundings,
): Promise<Conversation | null> {
	if (!(await hasPerson(yes || json, surroundings))) return null;
	const { converse } = await import('../../terminal/ask.ts');
	return converse(surroundings);
}

/** A conversation of one question: what was found stands below its frame, on stdout. */
async function askOnce(
	conversation: Conversation,
	{ version }: Surroundings,
	message: string,
): Promise<boolean> {
	conversation.begin(titleOf(version, 'verify'));
	const answer = await conversation.confirm(message);
	conversation.end(answer ? 'Checking the project and its server.' : 'Checking the project.');
	return answer;
}

async function tellStory(
	{ kind, name, options }: VerifyRequest,
	surroundings: Surroundings,
	{ account, person }: { account: VerifyAccount; person: Conversation | null },
): Promise<Check[]> {
	if (kind !== undefined) checkKind(kind, 'verify');
	const { stderr, environment, signal, node } = surroundings;
	const isWatched = stderr.isTTY === true && !options.json;
	const tools = makeVerifyTools(
		environment,
		node,
		isWatched ? (label) => showProgress(stderr, label) : null,
	);
	return verify(
		name,
		{ ...options, cwd: absolutePath(options.cwd) },
		{
			tools,
			signal,
			account,
			confirm: person && ((message) => askOnce(person, surroundings, message)),
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
	const person = await findPerson(request.options, surroundings);
	try {
		// A drill cleans up first.
		const made = await untilStopped(
			tellStory(request, surroundings, { account, person }),
			surroundings.signal,
			() => account.drilling === true,
		);
		const { strict, json, all } = request.options;
		const words = wordsFor(surroundings, account);
		const found = strict ? strictly(made) : made;
		const checks = checksInWords(found, words);
		const next = nextInWords(nextAfterChecks(found), words);
		const { storage } = account;
		const more = storage ? storageLines(storage) : [];
		if (json) writeText(surroundings, `${verifyDocument(checks, { next, storage })}\n`);
		else writeLines(surroundings, 'stdout', [...checkLines(checks, { all }), ...more]);
		return checks.some(({ status }) => status === 'fail') ? 1 : 0;
	} catch (error) {
		if (!person?.isOpen()) throw error;
		// Nothing but a cancel ends the one question of this command.
		const known = error instanceof FlueError && error.code === 'CANCELLED' ? error : null;
		person.end(known?.message ?? '');
		if (known === null) throw error;
		return known.status;
	}
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
