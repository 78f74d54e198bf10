// The canonical runner, word for word as the generated db.ts has it, over each supported client.
import type { Redis as Redis5 } from 'ioredis';
import type { Redis as Redis6 } from 'ioredis6';
import type { Redis as Valkey } from 'iovalkey';
import type { RedisRunner } from '../src/runner.ts';

export type ClientKind = 'redis 5' | 'redis 6' | 'valkey-glide 2';

/** Connects a client of the given release and wraps it as the template does. */
export async function connectRunner(
	kind: ClientKind,
	url: string,
	more: { keyPrefix?: string } = {},
): Promise<RedisRunner> {
	if (kind === 'valkey-glide 2') return connectGlide(url);
	// Only the one that is asked for: many processes of the tests start with this.
	const { createClient } =
		kind === 'redis 5'
			? await import('redis')
			: ((await import('redis6')) as unknown as typeof import('redis'));
	const client = createClient({ url, ...more });
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

/** The runner for ioredis and iovalkey, as README.md shows it, with the types of each. */
export function ioredisRunner(client: Redis5 | Redis6 | Valkey): RedisRunner {
	return {
		command: (command, args = []) => client.call(command, ...args.map(String)),
		eval: (script, keys, args = []) => client.eval(script, keys.length, ...keys, ...args),
		close: () => client.quit(),
	};
}

/** The runner for valkey-glide, as README.md shows it. */
async function connectGlide(url: string): Promise<RedisRunner> {
	const { GlideClient, Logger } = await import('@valkey/valkey-glide');
	Logger.setLoggerConfig('off');
	const { hostname, port, username, password } = new URL(url);
	const client = await GlideClient.createClient({
		addresses: [{ host: hostname, port: Number(port) }],
		...(password && { credentials: { username, password } }),
	});
	return {
		command: (command, args = []) => client.customCommand([command, ...args.map(String)]),
		eval: (script, keys, args = []) =>
			client.customCommand(['EVAL', script, String(keys.length), ...keys, ...args.map(String)]),
		close: () => client.close(),
	};
}
