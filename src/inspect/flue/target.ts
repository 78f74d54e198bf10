// Decides what Flue builds for, by the framework's own rules for each line. Wrangler files have no say in either.
import type { FlueLine, Target } from '../../model/facts.ts';
import type { Detection, Found, Warning } from '../../model/found.ts';
import type { Manifest } from '../project.ts';
import { betaTarget } from './beta-target.ts';
import type { FlueConfig } from './flue-config.ts';
import { type Command, optionOf, runsFlue, scriptCommands } from './scripts.ts';
import { agreed, isUndecided, type TargetFact, targetOf, undecided } from './target-fact.ts';
import type { ViteConfig } from './vite-config.ts';

interface TargetSources {
	root: string;
	/** Nearest folder with `.git`, at or above the project. */
	gitRoot: string | null;
	line: FlueLine;
	manifest: Manifest;
	flueConfig: FlueConfig | null;
	viteConfig: ViteConfig | null;
	/** Vite configs that only a script loads. */
	otherViteConfigs: ViteConfig[];
}

const NODE_BY_DEFAULT: Found<Target> = {
	value: 'node',
	from: 'no target in a config, and no Vite config with flue() and the Cloudflare plugin',
};

/** The target of a Vite config with flue(): inline, else flue.config, else the Cloudflare plugin, else Node. */
function viteTarget({ path, flue, cloudflare }: ViteConfig, file: FlueConfig | null): TargetFact {
	const written = flue?.target ?? file?.target;
	if (written) return targetOf(written);
	if (!cloudflare) return { value: 'node', from: `${path} (no target, no Cloudflare plugin)` };
	if (cloudflare.certain) return { value: 'cloudflare', from: cloudflare.from };
	const { options } = undecided(cloudflare.from);
	return { options, from: `${cloudflare.from} adds the Cloudflare plugin under a condition` };
}

/** Without flue() in the default Vite config, configs that scripts name may build the project. */
function targetOfOthers(facts: TargetFact[]): TargetFact {
	const [first] = facts;
	if (first && facts.every((fact) => !isUndecided(fact) && fact.value === 'node')) return first;
	return agreed([NODE_BY_DEFAULT, ...facts]);
}

/** The 2.x rules: flue() and flue.config over the Cloudflare plugin; configs beside the default one may differ. */
function currentTarget({ flueConfig, viteConfig, otherViteConfigs }: TargetSources): TargetFact {
	const main = viteConfig?.flue ? viteConfig : null;
	const written = main?.flue?.target ?? flueConfig?.target;
	if (written) return targetOf(written);
	const fact = main && viteTarget(main, flueConfig);
	if (fact && (isUndecided(fact) || fact.value === 'node')) return fact;
	const facts = otherViteConfigs
		.filter(({ flue }) => flue)
		.map((one) => viteTarget(one, flueConfig));
	return fact ? agreed([fact, ...facts]) : targetOfOthers(facts);
}

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

/** Warns of a Cloudflare build beside the Node one: such a build refuses the db.ts that Node needs. */
function secondBuildWarnings({ manifest, otherViteConfigs }: TargetSources): Warning[] {
	const config = otherViteConfigs.find(isCloudflareConfig);
	const command = hereOnly(scriptCommands(manifest)).find(isCloudflareCommand);
	const what = config?.path ?? (command && `${command.from}, \`${command.text}\`,`);
	if (what === undefined) return [];
	const message = `${what} builds for Cloudflare as well, and that build refuses a db.ts in the source root: keep it out of there, or give up one of the two builds.`;
	return [{ code: 'SECOND_CLOUDFLARE_BUILD', message }];
}

/**
 * Decides the target from the files.
 * @throws UNREADABLE_PROJECT when a target is written that Flue does not have.
 */
export function detectTarget(project: TargetSources): Detection<TargetFact> {
	const { line, flueConfig } = project;
	const fact =
		line === '2.x'
			? currentTarget(project)
			: betaTarget(project, project.manifest, flueConfig?.target ?? null);
	const isNode = !isUndecided(fact) && fact.value === 'node';
	return { fact, warnings: isNode ? secondBuildWarnings(project) : [] };
}
