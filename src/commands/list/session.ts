// One `flue list` from request to exit status.
import { resolve } from 'node:path';
import type { FlueError } from '../../errors.ts';
import type { InstalledProject } from '../../model/installed.ts';
import type { ListRequest } from '../../model/request.ts';
import type { NextCommand } from '../../model/start.ts';
import { installedLines } from '../../terminal/installed.ts';
import { installedDocument } from '../../terminal/json.ts';
import { nextAfterError, nextCommand } from '../../terminal/next.ts';
import { type Surroundings, writeLines, writeText } from '../../terminal/output.ts';
import { errorLines } from '../../terminal/report.ts';
import { errorInWords, nextInWords, pasteable, shellWord, wordsOf } from '../../terminal/words.ts';
import { makeCommonTools } from '../tools.ts';
import { list } from './story.ts';

/** The first thing that could be updated, as the command that does it. */
function nextUpdate(projects: readonly InstalledProject[]): NextCommand | null {
	const behind = projects.find(({ updates }) => updates.length > 0);
	const update = behind?.updates[0];
	if (!behind || !update) return null;
	const { kind, name } = behind.blueprint ?? { kind: 'database', name: '' };
	const command = [
		'flue',
		'update',
		kind,
		...(name === '' ? [] : [name]),
		'--cwd',
		shellWord(behind.root),
	].join(' ');
	return nextCommand(command, `It updates the ${update.what}: ${update.from} -> ${update.to}.`);
}

/** Runs `list` to its end and gives the exit status. */
export async function runList(
	{ options }: ListRequest,
	surroundings: Surroundings,
): Promise<number> {
	const projects = await list(resolve(options.cwd), makeCommonTools(surroundings.environment));
	const words = wordsOf(surroundings.start, {});
	const next = nextInWords(nextUpdate(projects), words);
	if (options.json) writeText(surroundings, `${installedDocument(projects, { next })}\n`);
	else {
		const lines = installedLines(projects).map((line) => pasteable(line, words));
		const way = next ? ['', `Next: ${next.command}`] : [];
		writeLines(surroundings, 'stdout', [...lines, ...way]);
	}
	return projects.some(({ error }) => error) ? 1 : 0;
}

/** Speaks an error: one JSON document on stdout, or code, message and hint on stderr. */
export function speakListError(
	failure: FlueError,
	surroundings: Surroundings,
	args: string[],
): void {
	const words = wordsOf(surroundings.start, {});
	const error = errorInWords(failure, words);
	if (args.includes('--json')) {
		const next = nextInWords(nextAfterError(failure, args), words);
		writeText(surroundings, `${installedDocument([], { next, error })}\n`);
		return;
	}
	const debug = Boolean(surroundings.environment.DEBUG);
	writeLines(surroundings, 'stderr', errorLines(error, { debug }));
}
