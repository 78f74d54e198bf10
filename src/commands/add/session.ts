// One `flue add` from request to exit status: finds out whether there is a person, and tells the story.
import { BLUEPRINTS, checkKind } from '../../blueprints/index.ts';
import { FlueError } from '../../errors.ts';
import { absolutePath } from '../../inspect/typed-path.ts';
import type { Account } from '../../model/account.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Outcome } from '../../model/plan.ts';
import type { AddOptions, AddRequest } from '../../model/request.ts';
import type { NextCommand } from '../../model/start.ts';
import type { Check } from '../../model/verification.ts';
import { nextAfterChecks, nextCommand } from '../../terminal/next.ts';
import { type Surroundings, writeLines, writeText } from '../../terminal/output.ts';
import type { Speaker } from '../../terminal/person.ts';
import { showProgress } from '../../terminal/progress.ts';
import { listLines } from '../../terminal/report.ts';
import { speak, wordsFor } from '../../terminal/speak.ts';
import { pasteable } from '../../terminal/words.ts';
import { confirmWith, runChanging } from '../session.ts';
import { equivalentCommand } from './repeat.ts';
import type { Person } from './world.ts';

interface Session {
	request: AddRequest;
	options: AddOptions;
	speaker: Speaker | null;
	account: Account;
	surroundings: Surroundings;
}

function asPerson(speaker: Speaker, surroundings: Surroundings): Person {
	return {
		showFacts: ({ facts, secrets }) => facts && secrets && speaker.showFacts({ facts, secrets }),
		ask: speaker.ask,
		confirm: confirmWith(speaker, surroundings),
	};
}

interface Name {
	kind: string;
	name: string;
}

/** One row for each blueprint; of one kind its name says enough. */
async function pickName(
	listed: readonly Blueprint[],
	kind: string | undefined,
	{ pick }: Speaker,
): Promise<Name> {
	const rows = listed.map((blueprint) => ({
		value: `${blueprint.kind} ${blueprint.name}`,
		label: kind ? blueprint.title : `${blueprint.kind} ${blueprint.name}`,
		hint: blueprint.description,
	}));
	const picked = await pick(kind ? `Which ${kind}?` : 'What shall be added?', rows);
	const [pickedKind = '', name = ''] = picked.split(' ');
	return { kind: pickedKind, name };
}

/** What to add; null when a list was the answer. */
async function chooseName(session: Session): Promise<Name | null> {
	const { request, options, speaker, account, surroundings } = session;
	const { kind, name } = request;
	if (kind && name) return { kind, name };
	if (kind) checkKind(kind);
	const listed = BLUEPRINTS.filter((blueprint) => !kind || blueprint.kind === kind);
	if (speaker) return pickName(listed, kind, speaker);
	if (options.yes) {
		const commands = listed.map((blueprint) => `\`flue add ${blueprint.kind} ${blueprint.name}\``);
		throw new FlueError('NEEDS_ANSWER', 'Nothing was named to add.', {
			hint: `Name one: ${commands.join(', or ')}.`,
		});
	}
	const words = wordsFor(surroundings, account);
	const lines = listLines(listed).map((line) => pasteable(line, words));
	if (options.json) {
		const { listDocument } = await import('../../terminal/json.ts');
		writeText(surroundings, `${listDocument(listed)}\n`);
	} else writeLines(surroundings, 'stdout', lines);
	return null;
}

/** The project as `flue verify database` sees it, after what was done. */
async function verifyAfter(name: string, { options, surroundings }: Session): Promise<Check[]> {
	const [{ verifyProject }, { makeVerifyTools }] = await Promise.all([
		import('../verify/project.ts'),
		import('../verify/tools.ts'),
	]);
	const tools = makeVerifyTools(surroundings.environment, surroundings.node, null);
	const { cwd, envVar } = options;
	return (await verifyProject({ cwd, envVar, name }, tools)).checks;
}

/** What comes next: the run that was previewed, the install that is left, or a look at what was done. */
function nextAfterAdd(
	{ status, plan }: Outcome,
	again: string,
	{ kind, name }: { kind: string; name: string },
): NextCommand | null {
	if (status === 'declined') return null;
	if (status === 'previewed') return nextCommand(again, 'It does what was previewed.');
	if (plan.installCommand) return nextCommand(plan.installCommand, 'The install is left to you.');
	return nextCommand(`flue verify ${kind} ${name}`, 'It checks what was set up.');
}

async function tellStory(session: Session): Promise<number> {
	const { request, options, speaker, account, surroundings } = session;
	const name = await chooseName(session);
	if (!name) return 0;
	// What follows reads and writes projects; a list needs none of it.
	const [{ add }, { makeTools }, { keepingPlan, nextAfterKeeping }] = await Promise.all([
		import('./story.ts'),
		import('./tools.ts'),
		import('../plan-out.ts'),
	]);
	const { stderr, environment, signal } = surroundings;
	const isWatched = stderr.isTTY === true && !options.json;
	const tools = makeTools(environment, isWatched ? (label) => showProgress(stderr, label) : null);
	const person = speaker && asPerson(speaker, surroundings);
	const { askGit } = tools;
	const outcome = await keepingPlan(
		{ file: options.planOut, command: 'add', surroundings, account, askGit },
		() => add(name, options, { person, tools, signal, account }),
	);
	if (options.verify && /^(applied|unchanged)$/.test(outcome.status))
		account.checks = await verifyAfter(name.name, session);
	const again = account.choices ? equivalentCommand(request, account.choices, account.facts) : null;
	const does = nextAfterKeeping(account.planFile);
	const done = again === null ? null : (does ?? nextAfterAdd(outcome, again, name));
	const next = account.checks ? nextAfterChecks(account.checks) : done;
	await speak({ options, account, surroundings, again, next, speaker }, outcome);
	return outcome.status === 'declined' ? 1 : 0;
}

/** `./x`, `../x`, or the name of a tarball with no scheme before it. */
const PATH = /^(\.{1,2}[\\/]|[^:]+\.(tgz|tar\.gz)$)/;

/** A path is meant from where the command was typed, and package.json would read it from where it lies. */
function fromHere(spec: string): string {
	return PATH.test(spec) ? absolutePath(spec) : spec;
}

/** Runs `add` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runAdd(
	request: AddRequest,
	surroundings: Surroundings,
	account: Account,
): Promise<number> {
	const { cwd, adapter, dryRun, planOut } = request.options;
	account.cwd = cwd;
	const options = {
		...request.options,
		cwd: absolutePath(cwd),
		adapter: adapter && fromHere(adapter),
		dryRun: dryRun || planOut !== undefined,
	};
	const isQuiet = options.yes || options.json || options.print || options.dryRun;
	return runChanging('add', { isQuiet, surroundings, account }, (speaker) =>
		tellStory({ request, options, speaker, account, surroundings }),
	);
}
