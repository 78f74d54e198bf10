// The Model Context Protocol on two streams. The only owner of the SDK, of which the low-level server is enough.
import type { Readable, Writable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
	CallToolRequestSchema,
	ErrorCode,
	ListToolsRequestSchema,
	McpError,
} from '@modelcontextprotocol/sdk/types.js';
import type { Tool } from './tools.ts';

/** What a call came to. */
export interface Answer {
	content: Record<string, unknown>;
	isError: boolean;
}

export interface Served {
	version: string;
	instructions: string;
	tools: readonly Tool[];
	/** Carries a call out; `signal` is aborted when the client takes it back. */
	call(name: Tool['name'], values: Record<string, unknown>, signal: AbortSignal): Promise<Answer>;
	stdin: Readable;
	stdout: Writable;
}

/** Nobody knows which request it was (https://www.jsonrpc.org/specification#error_object). Nothing of it is repeated. */
const NO_JSON = {
	jsonrpc: '2.0',
	id: null,
	error: { code: ErrorCode.ParseError, message: 'The line is not JSON.' },
};

/** Begins to serve. Reading ends with stdin; the answer of a call that is under way is still written. */
export async function serve(served: Served): Promise<void> {
	const { version, instructions, tools, call, stdin, stdout } = served;
	const server = new Server(
		{ name: 'flue-blueprints', version },
		{
			capabilities: { tools: {} },
			instructions,
			// Nothing is ever asked of a client, so there is no answer of one to look at.
			jsonSchemaValidator: { getValidator: () => refuseAnswers },
		},
	);
	server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools] }));
	server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
		const tool = tools.find(({ name }) => name === params.name);
		if (!tool) throw new McpError(ErrorCode.InvalidParams, 'There is no tool of that name.');
		const { content, isError } = await call(tool.name, params.arguments ?? {}, signal);
		const text = JSON.stringify(content);
		return { content: [{ type: 'text', text }], structuredContent: content, isError };
	});
	server.onerror = (error) => {
		// The SDK drops a line that is no JSON, and whoever sent it would wait.
		if (error instanceof SyntaxError) stdout.write(`${JSON.stringify(NO_JSON)}\n`);
	};
	await server.connect(new StdioServerTransport(stdin, stdout));
}

function refuseAnswers() {
	const errorMessage = 'nothing was asked';
	return { valid: false as const, data: undefined, errorMessage };
}
