// The story of `verify`: look at the project, ask, read the server, drill. Changes nothing of the project.
import { BLUEPRINTS, ORIGIN } from '../../blueprints/index.ts';
import type { Account } from '../../model/account.ts';
import type { VerifyOptions } from '../../model/request.ts';
import type { Storage } from '../../model/storage.ts';
import type { Check, ProjectFacts, SettingFact } from '../../model/verification.ts';
import { skipped } from './checks/check.ts';
import { contractOf } from './checks/contract.ts';
import { isJudged } from './checks/project.ts';
import { showAddress, unreadText } from './checks/settings.ts';
import { storageOf } from './checks/storage.ts';
import { type Verified, verifyProject } from './project.ts';
import type { VerifyTools } from './tools.ts';

/** What is known so far: what a report shows when the run fails half-way. */
export interface VerifyAccount extends Pick<Account, 'checks' | 'cwd' | 'facts'> {
	/** What the store keeps; absent where it was not asked, or is not marked. */
	storage?: Storage;
	/** Set while servers and programs of a drill are at work: then only `runDrill`, which ends them, may end the run. */
	drilling?: boolean;
}

export interface VerifyWorld {
	tools: VerifyTools;
	signal: AbortSignal;
	account: VerifyAccount;
	/** Asks a person; null in an unattended run. */
	confirm: ((message: string) => Promise<boolean>) | null;
	/** Progress for a person. */
	say(line: string): void;
}

const NOTHING = 'there is no db entry of this kind';

/** The first command's address that is one; a name in braces where it is not expanded is none. */
function reachable(project: ProjectFacts): SettingFact | undefined {
	if (unreadText(project) !== null) return undefined;
	return project.settings.find(
		({ secret, dollar, address }) =>
			secret !== null && !(dollar === 'literal' && address?.host.includes('${')),
	);
}

async function wantsServer(
	{ project }: Verified,
	options: VerifyOptions,
	world: VerifyWorld,
): Promise<boolean> {
	if (options.server) return true;
	const address = reachable(project)?.address;
	if (
		!world.confirm ||
		!address ||
		!isJudged(project) ||
		project.facts.packages.client.installed === null
	)
		return false;
	return world.confirm(
		`Check the server too? Connects to ${showAddress(address)}, and only reads.`,
	);
}

async function serverLevel(
	verified: Verified,
	world: VerifyWorld,
	since: string | undefined,
): Promise<Check[]> {
	const { project, prefix, inspects, waits } = verified;
	const { serverChecks } = await import('./checks/server.ts');
	const setting = reachable(project);
	if (!isJudged(project)) return [skipped('server.client', NOTHING)];
	if (!setting?.address || !setting.secret)
		return [
			skipped(
				'server.client',
				unreadText(project) ?? `${project.variable} holds no address to connect to`,
			),
		];
	const { address, secret } = setting;
	const task = {
		entry: project.facts.dbEntry.value.path,
		prefix: prefix ?? 'flue',
		line: project.facts.line.value,
		waits: waits !== undefined,
		address,
		secret,
		products: BLUEPRINTS.map(({ title }) => title),
	};
	const facts = await world.tools.probe(project.facts.root, task, world.signal);
	if (facts.storage !== null && prefix !== null)
		world.account.storage = storageOf(facts.storage, { address, prefix, since });
	const told = { project, address, prefix, inspects, waits };
	return serverChecks(facts, { ...told, databases: BLUEPRINTS, origin: ORIGIN });
}

async function drillLevel(
	{ project }: Verified,
	options: VerifyOptions,
	world: VerifyWorld,
): Promise<Check[]> {
	// Somebody's own entry is run when it is named; one of another database is not run by mistake.
	const isMeant = isJudged(project) || (project.asked !== null && project.shape !== null);
	if (!isMeant) return [skipped('drill.start', NOTHING)];
	const { runDrill } = await import('./drill/index.ts');
	world.account.drilling = true;
	return runDrill({
		root: project.facts.root,
		entry: project.facts.dbEntry.value.path,
		contract: contractOf(project.facts),
		variable: project.variable,
		database: project.blueprint,
		databases: BLUEPRINTS,
		url: options.drillUrl ?? null,
		environment: world.tools.environment,
		signal: world.signal,
		say: world.say,
	});
}

/** Runs the levels that were asked for. `account` holds the checks that are made, also after a failure. */
export async function verify(
	name: string | undefined,
	options: VerifyOptions,
	world: VerifyWorld,
): Promise<Check[]> {
	const { cwd, envVar } = options;
	const verified = await verifyProject({ cwd, envVar, name }, world.tools);
	const checks = [...verified.checks];
	world.account.checks = checks;
	world.account.facts = verified.project.facts;
	if (await wantsServer(verified, options, world))
		checks.push(...(await serverLevel(verified, world, options.since)));
	if (options.drill || options.drillUrl !== undefined)
		checks.push(...(await drillLevel(verified, options, world)));
	return checks;
}
