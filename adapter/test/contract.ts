// The three published suites, over one client and one server. Every test gets a namespace of its own.
import { randomUUID } from 'node:crypto';
import { defineStoreContractTests } from '@flue/runtime/test-utils';
import { defineAttachmentStoreContractTests } from '@flue/runtime/test-utils/attachment-store';
import { defineConversationStreamStoreContractTests } from '@flue/runtime/test-utils/conversation-stream';
import { afterAll, beforeAll } from 'vitest';
import { STAMP } from '../src/keys.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { type ClientKind, connectRunner } from './clients.ts';
import { type ServerKind, startServer, type TestServer } from './servers.ts';

export function runContract(client: ClientKind, kind: ServerKind): void {
	let server: TestServer;
	let runner: RedisRunner;

	beforeAll(async () => {
		server = await startServer(kind);
		runner = await connectRunner(client, server.url);
	});
	afterAll(async () => {
		await runner?.close();
		await server?.stop();
	});

	const open = async () => {
		const adapter = redis(runner, { keyPrefix: randomUUID() });
		await adapter.migrate?.();
		return adapter.connect();
	};
	const openVersioned = async () => {
		const keyPrefix = randomUUID();
		const adapter = redis(runner, { keyPrefix });
		const stamp = `${keyPrefix}:${STAMP}`;
		return {
			migrate: async () => adapter.migrate?.(),
			readStamp: async (key: string) =>
				((await runner.command('HGET', [stamp, key])) as string | null) ?? undefined,
			writeStamp: async (key: string, value: string) => {
				await runner.command('HSET', [stamp, key, value]);
			},
			deleteStamp: async (key: string) => {
				await runner.command('HDEL', [stamp, key]);
			},
		};
	};

	defineStoreContractTests('submissions', {
		create: async () => (await open()).submissionStore,
		formatVersion: { open: openVersioned },
	});
	defineConversationStreamStoreContractTests('streams', {
		async create() {
			const stores = await open();
			return {
				stream: stores.conversationStreamStore,
				submissionStore: stores.submissionStore,
			};
		},
	});
	defineAttachmentStoreContractTests('attachments', {
		create: async () => (await open()).attachmentStore,
	});
}
