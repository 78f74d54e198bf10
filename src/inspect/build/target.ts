// Decides what Flue builds for, by the framework's own rules for each line. Wrangler files have no say in either.
import type { Detection, FlueLine, Found, Target, Warning } from '../../model.ts';
import { betaTarget } from './beta-target.ts';
import type { FlueConfig } from './flue-config.ts';
import { viteConfigPaths } from './scripts.ts';
import { secondCloudflareBuild } from './second-build.ts';
import { agreed, isUndecided, type TargetFact, targetOf, undecided } from './target-fact.ts';
import { readOtherViteConfigs, type ViteConfig } from './vite-config.ts';

export interface TargetSources {
	root: string;
	line: FlueLine;
	/** The parsed package.json. */
	manifest: unknown;
	flueConfig: FlueConfig | null;
	viteConfig: ViteConfig | null;
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

interface CurrentTarget {
	fact: TargetFact;
	others: ViteConfig[];
}

function currentTarget({ root, manifest, flueConfig, viteConfig }: TargetSources): CurrentTarget {
	const main = viteConfig?.flue ? viteConfig : null;
	const written = main?.flue?.target ?? flueConfig?.target;
	const fact = written ? targetOf(written) : main && viteTarget(main, flueConfig);
	if (fact && isUndecided(fact)) return { fact, others: [] };
	if (written && fact?.value === 'cloudflare') return { fact, others: [] };
	const others = readOtherViteConfigs(root, viteConfigPaths(manifest));
	if (fact && (written || fact.value === 'node')) return { fact, others };
	const facts = others.filter(({ flue }) => flue).map((one) => viteTarget(one, flueConfig));
	return { fact: fact ? agreed([fact, ...facts]) : targetOfOthers(facts), others };
}

function secondBuildWarnings(others: ViteConfig[], manifest: unknown): Warning[] {
	const what = secondCloudflareBuild(others, manifest);
	if (what === null) return [];
	const message = `${what} builds for Cloudflare as well, and that build refuses a db.ts in the source root: keep it out of there, or give up one of the two builds.`;
	return [{ code: 'SECOND_CLOUDFLARE_BUILD', message }];
}

/**
 * Decides the target from the files.
 * @throws UNREADABLE_PROJECT when a target is written that Flue does not have.
 */
export function detectTarget(project: TargetSources): Detection<TargetFact> {
	const { root, line, manifest, flueConfig } = project;
	const { fact, others } =
		line === '2.x'
			? currentTarget(project)
			: { fact: betaTarget(root, manifest, flueConfig?.target ?? null), others: [] };
	const isNode = !isUndecided(fact) && fact.value === 'node';
	return { fact, warnings: isNode ? secondBuildWarnings(others, manifest) : [] };
}
