// Loaded before db.ts: no connection to anything but the drill's server leaves this process, no program is started that could make
// one, and imports are resolved as Flue's bundler does.
import programs from 'node:child_process';
import module from 'node:module';
import { Socket } from 'node:net';
import { ADDRESS, endpointOf, GUARDED, guarded, REFUSAL, redirected } from '../environment.ts';
import type { FromWorker } from '../messages.ts';
import { type ResolveHook, resolveAsBundlers } from '../resolve.ts';
import { guardDatagrams, guardThreads } from '../threads.ts';

Object.assign(process.env, redirected(process.env));
const allowed = endpointOf(process.env[ADDRESS] ?? 'redis://nowhere.invalid');

interface Target {
	host?: string | null;
	port?: number | string;
	path?: string;
}

/** What `Socket.connect(options)`, `(port, host)` and `(path)` are asked for; `net.connect` hands its own array of them in. */
function targetOf(given: unknown[]): Target {
	const [first, second] = Array.isArray(given[0]) ? given[0] : given;
	if (typeof first === 'object' && first !== null) return first as Target;
	if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first };
	return { port: first as number, host: typeof second === 'string' ? second : 'localhost' };
}

function isAllowed({ host, port, path }: Target): boolean {
	const isHost = (host ?? 'localhost').toLowerCase() === allowed.host.toLowerCase();
	return !path && isHost && Number(port) === allowed.port;
}

// Threads that db.ts starts are guarded too, but it is not the drill that they would be talking to.
process.env[GUARDED] ??= String(process.pid);

function tell(message: FromWorker): void {
	if (process.env[GUARDED] === String(process.pid)) process.send?.(message);
}

function refuse(target: string): Error {
	tell({ event: 'refused', target });
	const refusal = new Error(`connect to ${target} ${REFUSAL}`);
	return Object.assign(refusal, { code: 'ECONNREFUSED', syscall: 'connect' });
}

const connect = Socket.prototype.connect as (...given: unknown[]) => Socket;
Socket.prototype.connect = function connectGuarded(this: Socket, ...given: unknown[]): Socket {
	const target = targetOf(given);
	if (isAllowed(target)) {
		this.once('connect', () => tell({ event: 'connected', port: this.localPort ?? 0 }));
		return connect.apply(this, given);
	}
	this.destroy(refuse(target.path || `${target.host ?? 'localhost'}:${target.port}`));
	return this;
} as typeof Socket.prototype.connect;

/** A program would reach what it likes, and could outlive the drill. */
function refuseProgram(file: unknown): never {
	const name = typeof file === 'object' && file !== null ? (file as { file?: string }).file : file;
	throw new Error(`a drill lets db.ts start no programs (${String(name)})`);
}
// `spawn`, `exec`, `execFile` and `fork` all come down to this method, which the types do not name.
Object.assign(programs.ChildProcess.prototype, { spawn: refuseProgram });
Object.assign(programs, {
	spawnSync: refuseProgram,
	execSync: refuseProgram,
	execFileSync: refuseProgram,
});
guardDatagrams(refuse);
guardThreads((own) => guarded(own, process.env));
module.syncBuiltinESMExports();

// Node 22.15 and later; `@types/node` of Node 20 does not know it.
const { registerHooks } = module as { registerHooks?: (hooks: { resolve: ResolveHook }) => void };
registerHooks?.({ resolve: resolveAsBundlers });
