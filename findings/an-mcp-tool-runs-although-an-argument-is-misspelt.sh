#!/bin/sh
# A tool of an MCP server takes name and dryRun; the schema that the server gives to an agent says additionalProperties: false. An agent calls it with dry_run.
# Guess: the server answers that the arguments are invalid, as it says in its schema.
# Seen with @modelcontextprotocol/sdk 1.32.2 and zod 3.25.76: the argument is dropped without a word and the tool runs, here in earnest. Only an object
# schema that is strict by itself in place of the plain fields, which publishes the very same schema, is held to it.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @modelcontextprotocol/sdk@1.32.2 zod@3.25.76 >/dev/null
cat > look.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
const fields = { name: z.string(), dryRun: z.boolean().default(false) };
for (const [name, inputSchema] of Object.entries({ plain: fields, strict: z.object(fields).strict() })) {
	const server = new McpServer({ name: 's', version: '1.0.0' });
	server.registerTool('remove', { inputSchema }, async ({ dryRun }) => ({ content: [{ type: 'text', text: dryRun ? 'would be removed' : 'removed' }] }));
	const client = new Client({ name: 'c', version: '1.0.0' });
	const [one, other] = InMemoryTransport.createLinkedPair();
	await Promise.all([server.connect(one), client.connect(other)]);
	const { tools } = await client.listTools();
	const { isError, content } = await client.callTool({ name: 'remove', arguments: { name: 'x', dry_run: true } });
	console.log(`${name}: additionalProperties ${tools[0].inputSchema.additionalProperties}, ${isError ? 'refused' : content[0].text}`);
}
JS
node look.mjs | tee seen
printf '%s\n' 'plain: additionalProperties false, removed' 'strict: additionalProperties false, refused' | cmp - seen
