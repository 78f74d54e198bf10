// The canonical runner, word for word as the generated db.ts has it, over each supported client.
import { createClient as createClient5 } from 'redis';
import { createClient as createClient6 } from 'redis6';
import type { RedisRunner } from '../src/index.ts';

export type ClientKind = 'redis 5' | 'redis 6';

/** Connects a client of the given release and wraps it as the template does. */
export async function connectRunner(kind: ClientKind, url: string): Promise<RedisRunner> {
	const createClient = (kind === 'redis 5' ? createClient5 : createClient6) as typeof createClient5;
	const client = createClient({ url });
	await client.connect();
	client.on('error', () => {});
	return {
		command: (command, args = []) => client.sendCommand([command, ...args.map(String)]),
		eval: (script, keys, args = []) =>
			client.eval(script, {
				keys,
				arguments: args.map(String),
			}),
		pipeline: async (commands) => {
			const multi = client.multi();
			for (const { command, args = [] } of commands)
				multi.addCommand([command, ...args.map(String)]);
			const results = await multi.exec();
			for (const result of results) if (result instanceof Error) throw result;
			return results;
		},
		close: () => client.close(),
	};
}
