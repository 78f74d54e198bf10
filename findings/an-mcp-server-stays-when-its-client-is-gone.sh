#!/bin/sh
# An MCP server over stdio holds something open (a connection; here a timer), and its client is killed, so that its standard input ends. Guess: the transport
# sees the end and calls onclose, in which the server lets go of what it holds.
# Seen with @modelcontextprotocol/sdk 1.32.2: onclose is not called, and the process stays, without a client, until somebody ends it. The server has to
# listen for the end of its input by itself.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @modelcontextprotocol/sdk@1.32.2 zod@3.25.76 >/dev/null
cat > server.mjs <<'JS'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
const held = setInterval(() => {}, 1000);
const server = new McpServer({ name: 's', version: '1.0.0' });
server.server.onclose = () => {
	console.error('onclose');
	clearInterval(held);
};
await server.connect(new StdioServerTransport());
process.stdin.once('end', () => console.error('input ended'));
console.error('up');
JS
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
const server = spawn(process.execPath, ['server.mjs'], { stdio: ['pipe', 'ignore', 'pipe'] });
let said = '';
server.stderr.on('data', (data) => { said += data; });
const heard = async (what) => { while (!said.includes(what)) await setTimeout(50); };
await heard('up');
server.stdin.end();
await heard('input ended');
await setTimeout(2000);
console.log(`its input has ended: onclose was ${said.includes('onclose') ? 'called' : 'not called'}, the process ${server.exitCode === null ? 'is still there' : 'has ended'}`);
server.kill('SIGKILL');
JS
node look.mjs | tee seen
printf 'its input has ended: onclose was not called, the process is still there\n' | cmp - seen
