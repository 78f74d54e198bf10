// A model provider on a loopback port that answers everything with the same words, six where none are given.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const WORDS = ['one ', 'two ', 'three ', 'four ', 'five ', 'six'];

export interface Provider {
	readonly url: string;
	readonly stop: () => Promise<void>;
}

function chunk(delta: object, rest: object = {}): string {
	const finish_reason = 'usage' in rest ? 'stop' : null;
	const choices = [{ index: 0, delta, finish_reason }];
	const body = { id: 'x', object: 'chat.completion.chunk', choices, ...rest };
	return `data: ${JSON.stringify(body)}\n\n`;
}

/** Starts a provider that speaks as `openai-completions` does, and tells each of the words by itself. */
export async function startProvider(answered: readonly string[] = WORDS): Promise<Provider> {
	const usage = { prompt_tokens: 1, completion_tokens: 6, total_tokens: 7 };
	const words = answered.map((content) => chunk({ role: 'assistant', content }));
	const answer = [...words, chunk({}, { usage }), 'data: [DONE]\n\n'].join('');
	const server: Server = createServer((request, response) => {
		request.resume();
		request.once('end', () => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.end(answer);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		async stop() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
