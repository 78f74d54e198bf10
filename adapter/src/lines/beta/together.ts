// Sends together what one step of the runtime asks for at once: several scripts become one, each with its
// own keys, arguments and reply. A prompt of the 1.0 betas is thirty small requests, and half of the time
// that they take is the way there and back.
import { explain } from '../../faults.ts';
import { COMMAND } from '../../lua/log.ts';
import type { Connection, Script } from '../../script.ts';
import { compose } from './lua/together.ts';

/** One script call. */
export interface Call {
	readonly script: Script;
	readonly keys: readonly string[];
	readonly args: readonly (string | number)[];
	/** True for a command that needs no script when it travels alone. */
	readonly isPlain?: boolean | undefined;
	readonly resolve: (reply: unknown) => void;
	readonly reject: (error: unknown) => void;
}

/** A connection on which requests of one moment travel together. */
export interface Together extends Connection {
	/**
	 * Sends a call with the next request, and alone when none comes within {@link RIDE_MS}. The call is
	 * made when it leaves, so that more can be put into it until then.
	 */
	readonly ride: (call: () => Call) => void;
	/** Sends a script the same way; nobody waits for it, and nobody learns how it went. */
	readonly rideAlong: (script: Script, key: string, ...args: (string | number)[]) => void;
	/** How many requests were made so far. */
	readonly requests: () => number;
	/** Lets everything that waits leave at the end of this turn. */
	readonly hurry: () => void;
	/** Sends what still waits. */
	readonly settle: () => Promise<void>;
}

/** How long a call waits for another request to travel with, in milliseconds. */
const RIDE_MS = 20;

/** Characters of arguments beyond which a call travels alone: it is not the way that takes its time. */
const LARGE = 64 * 1024;

const UNHEARD = { resolve: () => undefined, reject: () => undefined };

/** Most combinations of scripts that are remembered; a runtime makes about twenty. */
const MOST_COMBINATIONS = 200;

type Asked = Omit<Call, 'resolve' | 'reject'>;

function commandOf(name: string, key: string, rest: readonly (string | number)[]): Asked {
	return { script: COMMAND, keys: [key], args: [name, ...rest] };
}

/** Wraps a connection. */
export function travelTogether(connection: Connection): Together {
	const waiting: (() => Call)[] = [];
	let isLeaving = false;
	let requests = 0;
	let timer: NodeJS.Timeout | undefined;
	const combinations = new Map<string, Script>();
	// After everything that this step of the runtime still says.
	const hurry = () => {
		if (!isLeaving) setImmediate(leave);
		isLeaving = true;
	};
	const leave = () => {
		isLeaving = false;
		clearTimeout(timer);
		timer = undefined;
		const calls = waiting.splice(0).map((make) => make());
		return sendAll(connection, combinations, calls);
	};
	const request = (call: Asked) =>
		new Promise<unknown>((resolve, reject) => {
			requests += 1;
			waiting.push(() => ({ ...call, resolve, reject }));
			hurry();
		});
	const ride = (call: () => Call) => {
		waiting.push(call);
		if (!isLeaving) timer ??= setTimeout(leave, RIDE_MS);
	};
	return {
		...connection,
		isDirect: false,
		run: (script, keys, args) => request({ script, keys, args }),
		ride,
		rideAlong: (script, key, ...args) => ride(() => ({ script, keys: [key], args, ...UNHEARD })),
		send: (name, key, ...rest) => request({ ...commandOf(name, String(key), rest), isPlain: true }),
		write: (name, key, ...rest) => request(commandOf(name, key, rest)),
		hurry,
		requests: () => requests,
		async settle() {
			while (waiting.length > 0) await leave();
		},
	};
}

async function sendAll(
	connection: Connection,
	combinations: Map<string, Script>,
	calls: readonly Call[],
): Promise<void> {
	const small = calls.filter((call) => !call.script.isAlone && lengthOf(call) <= LARGE);
	const [first, ...rest] = small;
	const together = first && rest.length > 0 ? [sendMany(connection, combinations, small)] : [];
	const alone = together.length > 0 ? calls.filter((call) => !small.includes(call)) : calls;
	await Promise.all([...together, ...alone.map((call) => sendOne(connection, call))]);
}

function lengthOf({ args }: Call): number {
	return args.reduce<number>((sum, text) => sum + String(text).length, 0);
}

async function sendOne(connection: Connection, call: Call): Promise<void> {
	const { script, keys, args, isPlain, resolve, reject } = call;
	try {
		const [command, ...rest] = args;
		resolve(
			await (isPlain
				? connection.send(String(command), ...keys, ...rest)
				: connection.run(script, keys, args)),
		);
	} catch (error) {
		reject(error);
	}
}

async function sendMany(
	connection: Connection,
	combinations: Map<string, Script>,
	calls: readonly Call[],
): Promise<void> {
	const programs = [...new Set(calls.map((call) => call.script))];
	const plan = calls.map(({ script: program, keys, args }) =>
		[programs.indexOf(program) + 1, keys.length, args.length].join(' '),
	);
	const name = programs.map(({ digest }) => digest).join();
	const known = combinations.get(name);
	const combined = known ?? compose(programs);
	const [sealing, marks] = known || !combined.writes ? ['', []] : ['!', [connection.mark]];
	const keys = [...calls.flatMap((call) => call.keys), ...marks];
	const args = [sealing + plan.join(' '), ...calls.flatMap((call) => call.args)];
	try {
		const send = known ? connection.run : connection.introduce;
		const replies = (await send(combined, keys, args)) as [number, unknown][];
		if (combinations.size === MOST_COMBINATIONS) combinations.clear();
		combinations.set(name, combined);
		for (const [index, { resolve, reject }] of calls.entries()) {
			const [done, reply] = replies[index] ?? [0, 'The server sent too few replies.'];
			if (done === 1) resolve(reply ?? null);
			else reject(explain(new Error(String(reply))));
		}
	} catch (error) {
		for (const { reject } of calls) reject(error);
	}
}
