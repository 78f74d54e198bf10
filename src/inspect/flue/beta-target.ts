// The target in the 1.0 beta: what is said on Flue's command line, else flue.config. No Vite config has a say.
import { join, posix } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import { objectOf, parseJson } from '../../text/jsonc.ts';
import { listNames, readIfPossible, readText } from '../files.ts';
import { fromRoot } from '../paths.ts';
import type { Manifest } from '../project.ts';
import type { ConfigValue } from './flue-config.ts';
import { type Command, optionOf, runsFlue, scriptCommands, splitCommands } from './scripts.ts';
import { agreed, type TargetFact, targetNamed, targetOf, undecided } from './target-fact.ts';

/** One run of Flue's command line; `target` is null when the run leaves it to flue.config. */
interface Run {
	from: string;
	target: string | null;
}

interface BetaPlace {
	root: string;
	gitRoot: string | null;
}

const WORKFLOWS = '.github/workflows';
const MOST_WORKFLOWS = 50;

function runsOf(commands: Command[]): Run[] {
	return commands
		.filter(({ text }) => runsFlue(text))
		.map(({ from, text }) => ({ from, target: optionOf(text, ['--target']) }));
}

/** Lines of a CI file or Dockerfile with their place; comments are left out. */
function linesOf({ path, text }: TextFile): Command[] {
	return text.split('\n').flatMap((line, index) => {
		const code = line.replace(/(?:^|\s)#.*$/, '');
		return splitCommands(code).map((one) => ({ from: `${path}:${index + 1}`, text: one }));
	});
}

/** The CI files and the Dockerfile of a folder that name a target; paths are relative to `root`. */
function ciFilesIn(folder: string, root: string): TextFile[] {
	const workflows = listNames(join(folder, WORKFLOWS)).filter((name) => /\.ya?ml$/.test(name));
	const names = workflows.slice(0, MOST_WORKFLOWS).map((name) => join(WORKFLOWS, name));
	return [...names, 'Dockerfile'].flatMap((name) => {
		const text = readText(join(folder, name));
		return text?.includes('--target') ? [{ path: fromRoot(root, join(folder, name)), text }] : [];
	});
}

/** CI of the project's folder; of the repository around it only the files that name the project. */
function ciCommands({ root, gitRoot }: BetaPlace, manifest: Manifest): Command[] {
	const above = gitRoot === null || gitRoot === root ? [] : ciFilesIn(gitRoot, root);
	const names = [fromRoot(gitRoot ?? root, root), manifest.name];
	const isOurs = ({ text }: TextFile): boolean =>
		names.some((name) => typeof name === 'string' && name !== '' && text.includes(name));
	return [...ciFilesIn(root, root), ...above.filter(isOurs)].flatMap(linesOf);
}

/** The commands of the repository's own scripts that are about this folder, which they name with --root or by a `cd`. */
function scriptsAbove({ root, gitRoot }: BetaPlace): Command[] {
	if (gitRoot === null || gitRoot === root) return [];
	const manifest = objectOf(parseJson(readIfPossible(join(gitRoot, 'package.json')) ?? ''));
	if (!manifest) return [];
	const own = fromRoot(gitRoot, root);
	const above = fromRoot(root, gitRoot);
	return scriptCommands(manifest)
		.filter(({ text }) => posix.normalize(rootOption(text) ?? '.').replace(/\/$/, '') === own)
		.map(({ from, text }) => ({ from: `${above}/${from}`, text }));
}

/** The folder that a run of Flue is told to build, as written. */
export function rootOption(command: string): string | null {
	return runsFlue(command) ? optionOf(command, ['--root']) : null;
}

/** The target of a run: a variable of the shell leaves it open. */
function claimOf({ from, target }: Run, configured: TargetFact | null): TargetFact | null {
	if (target === null) return configured;
	return /[$%{]/.test(target)
		? undecided(`${from} says --target ${target}`)
		: targetNamed(target, from);
}

/** What builds for which target in a 1.0 beta project. */
export function betaTarget(
	place: BetaPlace,
	manifest: Manifest,
	target: ConfigValue | null,
): TargetFact {
	const configured = target && targetOf(target);
	const scripted = runsOf(scriptCommands(manifest));
	const isSaid = (runs: Run[]): boolean => runs.some((run) => run.target !== null);
	const shared = runsOf(scriptsAbove(place));
	const nearest = isSaid(scripted) ? scripted : shared;
	const runs = isSaid(nearest) ? nearest : runsOf(ciCommands(place, manifest));
	const claims = (isSaid(runs) ? runs : []).flatMap((run) => claimOf(run, configured) ?? []);
	const [first = configured, ...others] = claims;
	if (first) return agreed([first, ...others]);
	return undecided('no --target in package.json scripts or CI, and no target in flue.config');
}
