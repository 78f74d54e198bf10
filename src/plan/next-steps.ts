// What remains for the user to do after a run, in plain sentences. Pure.
import { NEVER } from '../adapter-words.ts';
import type { Choices } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import type { SecretPlan } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import { hostSteps } from './host.ts';
import { isFetched } from './vendor.ts';

export interface Remaining {
	facts: Facts;
	choices: Choices;
	options: AddOptions;
	secrets: SecretPlan;
	/** The package manager's command when it is still to be run, else null. */
	installCommand: string | null;
}

/** What a development server takes the variable from (measured for both lines). */
function developmentStep({ facts }: Remaining, variable: string): string {
	const { files, present } = facts.secrets.env;
	const file = files.find(({ role }) => role === 'private')?.path ?? '.env';
	const named = Object.hasOwn(present, variable) && present[variable]?.includes(file);
	const verb = named ? `Check that ${variable} in` : `Set ${variable} in`;
	const end = named ? ' holds a redis:// or rediss:// address' : '';
	if (facts.line.value === '1.0-beta')
		return `${verb} .env${end}, for \`flue dev\` and \`flue run\`.`;
	if (file === '.env') return `${verb} .env${end}, for \`flue run\` and \`vite dev\`.`;
	return `${verb} ${file}${end}, for \`vite dev\`; \`flue run\` reads .env alone (\`flue run --env ${file}\` reads this one).`;
}

/** Nobody has asked the registry yet: what to do where it has no adapter. */
function elsewhere({ facts, choices }: Remaining): string {
	if (!isFetched(facts, choices)) return '';
	const { name } = choices.blueprint.adapter;
	return ` Where the registry has no ${name}, run this again with --adapter vendored.`;
}

function addressSteps(remaining: Remaining, variable: string): string[] {
	const { line, host } = remaining.facts;
	if (host?.isAlone)
		return [
			`Set ${variable} in the environment of ${host.path}: start() reads no env file (\`node --env-file=.env …\` does).`,
		];
	return [
		developmentStep(remaining, variable),
		`Set ${variable} in the environment of the built server${line.value === '1.0-beta' ? ' (of `flue build --target node`)' : ''}: \`node dist/server.mjs\` reads no env file (\`node --env-file=.env dist/server.mjs\` does).`,
	];
}

function requiredSteps({ requiredBy }: SecretPlan, variable: string): string[] {
	if (requiredBy === null) return [];
	return [
		`${requiredBy} asks for ${variable}: nothing that uses it starts, here and where it is deployed, until the variable has a value.`,
	];
}

/** The steps in the order in which to take them. */
export function nextSteps(remaining: Remaining): string[] {
	const { facts, choices, options, installCommand } = remaining;
	const { blueprint } = choices;
	const variable = options.envVar ?? blueprint.variable;
	return [
		...(installCommand ? [`Run \`${installCommand}\`.${elsewhere(remaining)}`] : []),
		...hostSteps(facts, choices),
		...requiredSteps(remaining.secrets, variable),
		...addressSteps(remaining, variable),
		`Give ${blueprint.title} \`maxmemory-policy noeviction\` and append-only files or snapshots: the state is as durable as the server.`,
		...(options.retain === undefined || options.retain === NEVER
			? []
			: [
					`Settled submissions expire ${options.retain} after they end, from now on; conversations never do. A message that is sent again after that is taken for a new one.`,
				]),
		...(choices.reconnect
			? []
			: [
					`db.ts is canonical: the process exits when the connection drops. --reconnect adds the listener that reconnects.`,
				]),
		`Run \`flue verify ${blueprint.kind}\`: it checks all of this, with --server the server too.`,
	];
}
