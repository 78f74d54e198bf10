// The five published suites of 1.0.0-beta.8 and beta.9, over one client and one server. Every test gets
// a namespace of its own.
import { randomUUID } from 'node:crypto';
import {
	defineAttachmentStoreContractTests,
	defineConversationStreamStoreContractTests,
	defineEventStreamStoreContractTests,
	defineRunStoreContractTests,
	defineStoreContractTests,
} from '@flue/runtime/test-utils';
import { afterAll, beforeAll } from 'vitest';
import { type RedisRunner, redis } from '../../src/lines/beta8/index.ts';
import { type ClientKind, connectRunner } from '../clients.ts';
import { type ServerKind, startServer, type TestServer } from '../servers.ts';

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

	defineStoreContractTests('submissions', { create: async () => (await open()).executionStore });
	defineRunStoreContractTests('runs', { create: async () => (await open()).runStore });
	defineEventStreamStoreContractTests('event streams', {
		create: async () => (await open()).eventStreamStore,
	});
	defineConversationStreamStoreContractTests('conversation streams', {
		async create() {
			const { conversationStreamStore: stream, executionStore } = await open();
			return { stream, executionStore };
		},
	});
	defineAttachmentStoreContractTests('attachments', {
		create: async () => (await open()).attachmentStore,
	});
}
