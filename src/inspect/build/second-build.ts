// Finds a Cloudflare build beside the Node one: such a build refuses the db.ts that Node needs.
import { type Command, optionOf, runsFlue, scriptCommands } from './scripts.ts';
import type { ViteConfig } from './vite-config.ts';

/** Another Vite config that builds this project, or something else, for Cloudflare. */
function isCloudflareConfig({ path, flue, cloudflare }: ViteConfig): boolean {
	if (flue) return flue.target?.value === 'cloudflare' || cloudflare !== null;
	return cloudflare !== null && /cloudflare|worker|wrangler/i.test(path);
}

function isCloudflareCommand({ text }: Command): boolean {
	const isElsewhere = /(?:^|\s)(?:--cwd|-C|--filter|-F|--prefix)[\s=]|^cd\s/.test(text);
	if (isElsewhere) return false;
	if (/(?:^|[\s/\\])wrangler(?:@\S+)?\s+(?:deploy|publish|versions\s+upload)\b/.test(text))
		return !optionOf(text, ['--config', '-c'])?.includes('/');
	return runsFlue(text) && optionOf(text, ['--target']) === 'cloudflare';
}

/** After `cd elsewhere`, the rest of a script is about another folder. */
function hereOnly(commands: Command[]): Command[] {
	const left = new Set<string>();
	return commands.filter(({ from, text }) => {
		if (/^(?:cd|pushd)\s/.test(text)) left.add(from);
		return !left.has(from);
	});
}

/** What builds for Cloudflare beside the Node target, named for a sentence; null when nothing does. */
export function secondCloudflareBuild(others: ViteConfig[], manifest: unknown): string | null {
	const config = others.find(isCloudflareConfig);
	if (config) return config.path;
	const command = hereOnly(scriptCommands(manifest)).find(isCloudflareCommand);
	return command ? `${command.from}, \`${command.text}\`,` : null;
}
