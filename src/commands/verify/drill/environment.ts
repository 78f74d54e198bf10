// The environment in which db.ts runs: the shell's, in which every address of a server like ours is the drill's own. Pure.

type Environment = Record<string, string | undefined>;

/** Set for the processes of a drill; the guard reads them. */
export const ADDRESS = 'FLUE_DRILL_ADDRESS';
/** Names of variables that hold the address, with commas. */
const VARIABLES = 'FLUE_DRILL_VARIABLES';

/** Set by the guard to the process that the drill talks to. */
export const GUARDED = 'FLUE_DRILL_GUARDED';
/** The end of the message of a connection that the guard does not make. */
export const REFUSAL = 'is refused during the drill';

/** Values that look like the address of another server. */
const SERVER = /^\s*['"]?(?:rediss?|valkeys?|redis-sentinel|unix):\/\//i;
/** What is meant for our own Node, not for theirs. */
const OWN = /^(NODE_OPTIONS|NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE|NODE_UNIQUE_ID)$/;

/** The same environment with the drill's address in the variables, and in every one that holds that of another server. */
export function redirected(environment: Environment): Environment {
	const address = environment[ADDRESS];
	const names = (environment[VARIABLES] ?? '').split(',').filter(Boolean);
	const others = Object.entries(environment).flatMap(([name, value]) =>
		name !== ADDRESS && SERVER.test(value ?? '') ? [name] : [],
	);
	const set = [...names, ...others].map((name) => [name, address]);
	return { ...environment, ...Object.fromEntries(set) };
}

/** Another environment for a thread of a guarded process, which is guarded as that is. */
export function guarded(own: Environment, whole: Environment): Environment {
	const names = ['NODE_OPTIONS', ADDRESS, VARIABLES, GUARDED];
	return redirected({ ...own, ...Object.fromEntries(names.map((name) => [name, whole[name]])) });
}

/**
 * The environment of a process that loads db.ts.
 * @param drill - `variables` get its address; `guard` is the path of the module that is loaded before everything else, also
 * in the threads and the processes that db.ts starts (https://nodejs.org/api/cli.html#-r---require-module)
 */
export function workerEnvironment(
	shell: Environment,
	drill: { variables: string[]; address: string; guard: string },
): Environment {
	const kept = Object.entries(shell).filter(([name]) => !OWN.test(name) && name !== GUARDED);
	return redirected({
		...Object.fromEntries(kept),
		NODE_OPTIONS: `--require="${drill.guard.replace(/["\\]/g, '\\$&')}" --disable-warning=ExperimentalWarning`,
		[ADDRESS]: drill.address,
		[VARIABLES]: [...new Set(drill.variables)].join(','),
	});
}

/** Host and port of an address such as `redis://:password@127.0.0.1:6379/0`. Throws when it is none. */
export function endpointOf(address: string): { host: string; port: number } {
	const { hostname, port } = new URL(address);
	return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 6379) };
}
