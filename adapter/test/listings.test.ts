// That what waits is listed alike, in the order of admission, whatever way the server allows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

const IDS = ['c', 'a:1/2%', 'b'];

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	let server: TestServer;
	let admin: RedisRunner;
	beforeAll(async () => {
		server = await startServer(kind);
		admin = await connectRunner('redis 5', server.url);
		const rights = ['-@all', '+@read', '+@write', '+@scripting', '+@connection', '+@transaction'];
		await admin.command('ACL', ['SETUSER', 'few', 'on', '>p', '~flue:*', ...rights, '-@dangerous']);
		await admin.command('ACL', ['SETUSER', 'keys', 'on', '>p', '~flue:*', '+@all']);
	});
	afterAll(async () => {
		await admin.close();
		await server.stop();
	});

	it.each([
		['every right', 'default', 'flue', ['SORT_RO', 'SORT_RO']],
		['no dangerous command', 'few', 'flue', ['SORT_RO', 'EVALSHA', 'EVALSHA']],
		['some keys alone', 'keys', 'flue', ['SORT_RO', 'EVALSHA', 'EVALSHA']],
		['a prefix with a star', 'default', 'a*b->c', ['EVALSHA', 'EVALSHA']],
	])('with %s', async (_, user, keyPrefix, requests) => {
		await admin.command('FLUSHALL');
		const url = user === 'default' ? server.url : server.url.replace('//', `//${user}:p@`);
		const inner = await connectRunner('redis 5', url);
		const sent: string[] = [];
		const runner: RedisRunner = {
			...inner,
			command(name, args) {
				sent.push(name);
				return inner.command(name, args);
			},
		};
		const options = { keyPrefix, inspectServer: false };
		const { submissionStore } = await redis(runner, options).connect();
		for (const id of IDS) {
			await submissionStore.admitDirect(message(id, id));
			await submissionStore.markSubmissionCanonicalReady(id);
		}
		sent.length = 0;
		const lists = [
			await submissionStore.listRunnableSubmissions(),
			await submissionStore.listRunnableSubmissions(),
		];
		expect(sent).toEqual(requests);
		for (const list of lists) expect(list.map((one) => one.submissionId)).toEqual(IDS);
		expect(lists[0]?.[1]?.input).toEqual(message('a:1/2%', 'a:1/2%'));
		await inner.close();
	});
});
