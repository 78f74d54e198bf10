// Takes the ways around a guarded socket: datagrams are refused, and a thread with an environment of its own is guarded too.
import datagrams from 'node:dgram';
import threads, { type WorkerOptions } from 'node:worker_threads';

/** Where a datagram is to go: `(message, port, address)`, with offset and length before them or not. */
function targetOf(given: unknown[]): string {
	const isPart = typeof given[2] === 'number' && typeof given[3] === 'number';
	const [port, address] = given.slice(isPart ? 3 : 1);
	return `udp ${typeof address === 'string' ? address : 'localhost'}:${String(port)}`;
}

/** Refuses every datagram: the protocol of the drill's server has none. `refuse` gives the error, and tells who was meant. */
export function guardDatagrams(refuse: (target: string) => Error): void {
	const refusing = (target: (given: unknown[]) => string) =>
		function refused(this: datagrams.Socket, ...given: unknown[]): void {
			const error = refuse(target(given));
			const listener = given.find((one) => typeof one === 'function');
			queueMicrotask(() => (listener ? listener(error) : this.emit('error', error)));
		};
	Object.assign(datagrams.Socket.prototype, {
		send: refusing(targetOf),
		connect: refusing((given) => targetOf([null, ...given])),
	});
}

/** Threads get what they would have inherited, also where db.ts gives them another environment. */
export function guardThreads(
	inherited: (own: Record<string, string | undefined>) => Record<string, string | undefined>,
): void {
	class Guarded extends threads.Worker {
		constructor(file: string | URL, options: WorkerOptions = {}) {
			const { env } = options;
			const isOwn = typeof env === 'object' && env !== null;
			super(file, isOwn ? { ...options, env: inherited(env as Record<string, string>) } : options);
		}
	}
	Object.defineProperty(Guarded, 'name', { value: 'Worker' });
	Object.assign(threads, { Worker: Guarded });
}
