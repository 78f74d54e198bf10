// The target in the 1.0 beta: what is said on Flue's command line, else flue.config. No Vite config has a say.
import { join, posix } from 'node:path';
import type { ConfigValue } from '../code/config-value.ts';
import { listNames, readText } from '../files.ts';
import { type Command, optionOf, runsFlue, scriptCommands, splitCommands } from './scripts.ts';
import { agreed, type TargetFact, targetNamed, targetOf, undecided } from './target-fact.ts';

/** One run of Flue's command line; `target` is null when the run leaves it to flue.config. */
interface Run {
	from: string;
	target: string | null;
}

function runsOf(commands: Command[]): Run[] {
	return commands
		.filter(({ text }) => runsFlue(text))
		.map(({ from, text }) => ({ from, target: optionOf(text, ['--target']) }));
}

/** Lines of a CI file or Dockerfile with their place; comments are left out. */
function linesOf(root: string, path: string): Command[] {
	const text = readText(join(root, path));
	if (!text?.includes('--target')) return [];
	return text.split('\n').flatMap((line, index) => {
		const code = line.replace(/(?:^|\s)#.*$/, '');
		return splitCommands(code).map((one) => ({ from: `${path}:${index + 1}`, text: one }));
	});
}

function ciCommands(root: string): Command[] {
	const folder = '.github/workflows';
	const workflows = listNames(join(root, folder)).filter((name) => /\.ya?ml$/.test(name));
	const paths = [...workflows.map((name) => posix.join(folder, name)), 'Dockerfile'];
	return paths.flatMap((path) => linesOf(root, path));
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
	root: string,
	manifest: unknown,
	target: ConfigValue | null,
): TargetFact {
	const configured = target && targetOf(target);
	const scripted = runsOf(scriptCommands(manifest));
	const isSaid = (runs: Run[]): boolean => runs.some((run) => run.target !== null);
	const runs = isSaid(scripted) ? scripted : runsOf(ciCommands(root));
	const claims = (isSaid(runs) ? runs : []).flatMap((run) => claimOf(run, configured) ?? []);
	const [first = configured, ...others] = claims;
	if (first) return agreed([first, ...others]);
	return undecided('no --target in package.json scripts or CI, and no target in flue.config');
}
