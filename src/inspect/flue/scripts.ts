// What the scripts of a package.json, and CI files, run. Text only.
import { objectOf } from '../../text/jsonc.ts';
import type { Manifest } from '../project.ts';

/** One simple command, e.g. `flue build --target node`. */
export interface Command {
	/** E.g. `package.json (scripts.build)`. */
	from: string;
	text: string;
}

/** The commands of a text that a shell would run one by one. */
export function splitCommands(text: string): string[] {
	const joined = text.replace(/\\\r?\n/g, ' ');
	return joined
		.split(/&&|\|\||[;|&\n\r]/)
		.map((one) => one.trim())
		.filter((one) => one !== '');
}

/** The commands of every script, in the order in which they are written. */
export function scriptCommands(manifest: Manifest): Command[] {
	return Object.entries(objectOf(manifest.scripts) ?? {}).flatMap(([name, text]) =>
		typeof text === 'string'
			? splitCommands(text).map((one) => ({ from: `package.json (scripts.${name})`, text: one }))
			: [],
	);
}

/** The value of an option in a command, written `--name value` or `--name=value`; null when it is absent. */
export function optionOf(command: string, names: string[]): string | null {
	const option = new RegExp(`(?:^|\\s)(?:${names.join('|')})(?:=|\\s+)(["']?)([^\\s"']+)\\1`);
	return option.exec(command)?.[2] ?? null;
}

/** Whether a command builds, serves or runs the project with Flue's own command line. */
export function runsFlue(command: string): boolean {
	return /(?:^|[\s/\\"'])(?:flue|@flue\/cli(?:@\S+)?)(?:\.cmd)?["']?\s+(?:build|dev|run)\b/.test(
		command,
	);
}

/** The config files that scripts give to Vite, relative to the project root. */
export function viteConfigPaths(manifest: Manifest): string[] {
	return scriptCommands(manifest).flatMap(({ text }) => {
		const path = /(?:^|[\s/\\])vite\b/.test(text) ? optionOf(text, ['--config', '-c']) : null;
		return path && !/^(?:\/|\.\.)/.test(path) ? [path.replace(/^\.\//, '')] : [];
	});
}
