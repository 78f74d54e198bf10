#!/bin/sh
# The outputSchema of an MCP tool gives a field a default, or makes a number of a text, or leaves out what it does not name, as zod does, and the tool answers without it. The server checks each answer
# against that schema. Guess: an answer that the server has passed is one that the client takes; the server sends what zod made of it, or it refuses what its own published schema does not allow.
# Seen with @modelcontextprotocol/sdk 1.32.2 and zod 4.6.7: the check passes, since zod fills in, converts and drops; the answer goes out as the tool gave it; and a client that has listed the tools throws:
# the schema that the server publishes requires the field, the number, and nothing else. The tool has done its work by then, and the agent is told that it failed. Tests that call the server's
# handler, or a client that never lists, are green.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @modelcontextprotocol/sdk@1.32.2 zod@4.6.7 >/dev/null
cat > look.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
const server = new McpServer({ name: 's', version: '1.0.0' });
let done = 0;
const TOOLS = {
	plain: [{ n: z.number() }, { n: 1 }],
	default: [{ n: z.number().default(0) }, {}],
	coerce: [{ n: z.coerce.number() }, { n: '1' }],
	'more than named': [{ n: z.number() }, { n: 1, m: 2 }],
	'not even a number': [{ n: z.number() }, { n: 'one' }],
};
for (const [name, [outputSchema, structuredContent]] of Object.entries(TOOLS))
	server.registerTool(name.replaceAll(' ', '_'), { outputSchema }, async () => {
		done++;
		return { structuredContent, content: [] };
	});
const [ours, theirs] = InMemoryTransport.createLinkedPair();
const client = new Client({ name: 'c', version: '1.0.0' });
await Promise.all([server.connect(theirs), client.connect(ours)]);
const call = (name) => client.callTool({ name: name.replaceAll(' ', '_') }).then((answer) => (answer.isError ? 'refused by the server' : JSON.stringify(answer.structuredContent)), () => 'the client throws');
const before = {};
for (const name of Object.keys(TOOLS)) before[name] = await call(name);
await client.listTools();
for (const name of Object.keys(TOOLS)) {
	done = 0;
	const after = await call(name);
	console.log(`${name}: before listing ${before[name]}, after it ${after}, the tool ran ${done} time`);
}
await client.close();
JS
node look.mjs 2>/dev/null | tee seen
cmp - seen <<'END'
plain: before listing {"n":1}, after it {"n":1}, the tool ran 1 time
default: before listing {}, after it the client throws, the tool ran 1 time
coerce: before listing {"n":"1"}, after it the client throws, the tool ran 1 time
more than named: before listing {"n":1,"m":2}, after it the client throws, the tool ran 1 time
not even a number: before listing refused by the server, after it refused by the server, the tool ran 1 time
END
