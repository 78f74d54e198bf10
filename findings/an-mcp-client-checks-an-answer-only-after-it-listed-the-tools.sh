#!/bin/sh
# A tool says in its outputSchema that n is a number, and answers with a text. Guess: what callTool does with that answer depends on the answer.
# Seen with @modelcontextprotocol/sdk 1.32.2: the same call by the same client is resolved as long as it has not listed the tools, and rejected once
# listTools was called. Nothing tells that an answer was not looked at.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @modelcontextprotocol/sdk@1.32.2 zod@3.25.76 >/dev/null
cat > look.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
const server = new Server({ name: 's', version: '1.0.0' }, { capabilities: { tools: {} } });
const outputSchema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [{ name: 'count', inputSchema: { type: 'object' }, outputSchema }] }));
server.setRequestHandler(CallToolRequestSchema, async () => ({ content: [], structuredContent: { n: 'three' } }));
const client = new Client({ name: 'c', version: '1.0.0' });
const [one, other] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(one), client.connect(other)]);
const call = () => client.callTool({ name: 'count', arguments: {} }).then(({ structuredContent }) => JSON.stringify(structuredContent), () => 'rejected');
console.log(`before listTools: ${await call()}`);
await client.listTools();
console.log(`after listTools: ${await call()}`);
JS
node look.mjs | tee seen
printf '%s\n' 'before listTools: {"n":"three"}' 'after listTools: rejected' | cmp - seen
