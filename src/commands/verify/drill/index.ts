// The story of a drill: find a Node and a server, rehearse, kill servers, clean up. It never connects to the configured database.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { FlueError } from '../../../errors.ts';
import type { Check, DrillRequest } from '../../../model/verification.ts';
import { fail, inFull, pass, warn } from './checks.ts';
import { drillGiven } from './given.ts';
import { drillOwn } from './own.ts';
import { findNode, findServer, NODE_RANGE, type Program } from './programs.ts';
import { isLost } from './resp.ts';
import { OWN_NODE, openThrowaway, type Throwaway } from './throwaway.ts';
import type { Ground } from './trials.ts';
import { goneCheck } from './trouble.ts';

/** The Node that runs db.ts, with its check. */
async function chooseNode({ root, environment }: DrillRequest): Promise<[Program | null, Check]> {
	const node = await findNode(OWN_NODE, root, environment);
	if (node) return [node, pass('drill.node', `db.ts runs on Node ${node.version} (${node.path}).`)];
	const check = fail(
		'drill.node',
		`A drill runs db.ts with a Node that Flue runs on (${NODE_RANGE}); this is ${OWN_NODE.version}, and none on PATH or in node_modules is one.`,
		'Run the command with Node 22.19 or later, or put one into the project: npm install -D node@22.',
	);
	return [null, check];
}

/** The server program, with its check. */
async function chooseServer({
	database,
	databases,
	environment,
}: DrillRequest): Promise<[Program | null, Check]> {
	const id = 'drill.server';
	const { program, install } = database.server;
	const found = await findServer(database, databases, environment);
	if (!found) {
		const programs = databases.map(({ server }) => server.program).join(' nor ');
		const message = `There is neither ${programs} on PATH for a throwaway server.`;
		return [null, fail(id, message, `${install} Or name an empty database with --drill-url.`)];
	}
	const name = `${found.name} ${found.version}`;
	if (found.isWanted) return [found, pass(id, `The throwaway server is ${name} (${found.path}).`)];
	const message = `There is no ${program} on PATH, so ${name} stands in; it speaks the same protocol.`;
	return [found, warn(id, message, install)];
}

function groundOf(
	request: DrillRequest,
	programs: { node: Program; server: string },
	throwaway: Throwaway,
): Ground {
	const { root, entry, contract, variable, environment, databases } = request;
	return {
		plan: {
			throwaway,
			node: programs.node.path,
			root,
			entry: join(root, entry),
			contract,
			variables: [variable, ...databases.map((database) => database.variable)],
			environment,
		},
		subject: { entry, variable, database: request.database.name },
		serverFile: programs.server,
		nonce: randomBytes(6).toString('hex'),
	};
}

function unlessLost(error: unknown): null {
	if (isLost(error)) return null;
	throw error;
}

/** Runs what needs the throwaway folder, and ends it whatever happens. A signal ends it too, and with it all that waits. */
async function inThrowaway(
	{ environment, signal }: DrillRequest,
	run: (throwaway: Throwaway) => Promise<Check[]>,
): Promise<{ checks: Check[]; left: string[] }> {
	const throwaway = await openThrowaway(environment).catch(unlessLost);
	if (throwaway === null) return { checks: [goneCheck()], left: [] };
	const stop = () => void throwaway.end();
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	let checks: Check[] = [];
	try {
		checks = await run(throwaway);
	} catch (error) {
		if (!signal.aborted && !isLost(error)) throw error;
		checks = [goneCheck()];
	} finally {
		signal.removeEventListener('abort', stop);
		await throwaway.end();
	}
	return { checks, left: await throwaway.end() };
}

function cleanCheck(left: string[]): Check {
	if (left.length === 0)
		return pass('drill.clean', 'Every program of the drill has ended and its folder is removed.');
	return warn('drill.clean', `${left.join(', ')} could not be removed.`, 'Remove it by hand.');
}

function stopIfAsked(signal: AbortSignal): void {
	if (!signal.aborted) return;
	throw new FlueError(
		'CANCELLED',
		'Stopped. The programs of the drill have ended and what it wrote is removed.',
	);
}

/**
 * Level 3 of `verify`: does what the documentation calls "Verify durability", and tells what survived. Gives all checks of
 * a drill, in order; those that were not reached are skipped.
 * @throws CANCELLED after a signal, when everything is cleaned up
 */
export async function runDrill(request: DrillRequest): Promise<Check[]> {
	const { url, signal, contract } = request;
	const [node, nodeCheck] = await chooseNode(request);
	if (!node) return inFull(contract, [nodeCheck]);
	const [server, serverCheck] = url === null ? await chooseServer(request) : [null, null];
	if (url === null && !server)
		return inFull(
			contract,
			[nodeCheck, serverCheck].filter((check) => check !== null),
		);
	stopIfAsked(signal);
	const { checks, left } = await inThrowaway(request, (throwaway) => {
		const ground = groundOf(request, { node, server: server?.path ?? '' }, throwaway);
		return url === null ? drillOwn(ground, request.say) : drillGiven(ground, url);
	});
	stopIfAsked(signal);
	const own = serverCheck ? [serverCheck, cleanCheck(left)] : [];
	// What came later has more to say about the server than that it was found.
	return inFull(contract, [...checks, nodeCheck, ...own]);
}
