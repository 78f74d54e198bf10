// Attachments of many megabytes: complete or absent, and nothing staged is left behind.
import { createAttachmentRef } from '@flue/runtime/adapter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

const MEGABYTE = 1024 * 1024;

let server: TestServer;
let runner: RedisRunner;

beforeAll(async () => {
	server = await startServer('redis');
	runner = await connectRunner('redis 5', server.url);
});
afterAll(async () => {
	await runner.close();
	await server.stop();
});

const staged = async () => (await runner.command('KEYS', ['*:stage/*'])) as string[];

async function stores(over: RedisRunner = runner) {
	const adapter = redis(over);
	await adapter.migrate?.();
	return adapter.connect();
}

function noise(length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let index = 0; index < length; index += 1) bytes[index] = (index * 31 + (index >> 9)) & 255;
	return bytes;
}

describe('conversation attachments', () => {
	it.each([0, 1, 3, 768 * 1024, 5 * MEGABYTE + 1, 40 * MEGABYTE])(
		'of %d bytes come back unchanged',
		async (length) => {
			const { attachmentStore } = await stores();
			const bytes = noise(length);
			const attachment = await createAttachmentRef({
				id: `file:${length}`,
				mimeType: 'application/octet-stream',
				bytes,
			});
			const input = { streamPath: 'agents/a/1', conversationId: 'c', attachment, bytes };
			await attachmentStore.put(input);
			await attachmentStore.put(input);
			const found = await attachmentStore.get({
				streamPath: 'agents/a/1',
				conversationId: 'c',
				attachmentId: attachment.id,
			});
			expect(found?.attachment).toEqual(attachment);
			expect(Buffer.compare(found?.bytes ?? new Uint8Array(1), bytes)).toBe(0);
			expect(await staged()).toEqual([]);
		},
	);

	it('leaves only staging with a deadline when the writer dies half-way', async () => {
		let scripts = 0;
		const { attachmentStore } = await stores({
			...runner,
			async command(command, args) {
				if (command === 'EVALSHA' && ++scripts > 3) throw new Error('gone');
				return runner.command(command, args);
			},
		});
		const bytes = noise(12 * MEGABYTE);
		const attachment = await createAttachmentRef({ id: 'half', mimeType: 'image/png', bytes });
		const input = { streamPath: 'agents/a/1', conversationId: 'c', attachment, bytes };
		await expect(attachmentStore.put(input)).rejects.toThrow('gone');
		const [left = ''] = await staged();
		expect(Number(await runner.command('PTTL', [left]))).toBeGreaterThan(0);
		const again = await stores();
		expect(
			await again.attachmentStore.get({
				streamPath: 'agents/a/1',
				conversationId: 'c',
				attachmentId: 'half',
			}),
		).toBeNull();
		await again.attachmentStore.put(input);
		await runner.command('DEL', [left]);
	});
});

describe('submission attachments', () => {
	it.each([0.2, 6, 13])('of %d MB are admitted once and come back unchanged', async (size) => {
		const { submissionStore } = await stores();
		const data = 'QUJD'.repeat((size * MEGABYTE) / 4);
		const attachments = [1, 2].map((index) => ({
			type: 'image' as const,
			data: `${index}${data}`,
			mimeType: 'image/png',
		}));
		const input = {
			...message(`large-${size}`, `large-${size}`),
			message: { kind: 'user' as const, body: 'Look.', attachments },
		};
		const first = await submissionStore.admitDirect(input);
		expect(await submissionStore.admitDirect(input)).toEqual(first);
		await submissionStore.markSubmissionCanonicalReady(input.submissionId);
		expect((await submissionStore.getSubmission(input.submissionId))?.input).toEqual(input);
		const [, second] = attachments;
		const changed = [{ ...attachments[0], data: '1QUJE' }, second] as typeof attachments;
		const other = { ...input, message: { ...input.message, attachments: changed } };
		await expect(submissionStore.admitDirect(other)).rejects.toThrow('unexpected result');
		expect(await staged()).toEqual([]);
	});
});
