#!/bin/sh
# A key is added to or removed from a file with comments, by a library that keeps them. Guess: a comment stays with the key that it is about, and goes with it.
# Seen with jsonc-parser 3.3.1: the comment behind the last key is behind the new key afterwards; when a key is removed, the key before it loses its comment
# and gets that of the removed one. Seen with magicast 0.5.5: what stood at the end of the object (a key that is commented out) stands above the last key,
# and what stood behind a key above it. The files are valid, and what a person reads in them is wrong.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . jsonc-parser@3.3.1 magicast@0.5.5 >/dev/null
cat > look.mjs <<'JS'
import { applyEdits, modify } from 'jsonc-parser';
import { generateCode, parseModule } from 'magicast';
const tell = (name, text) => console.log(`${name}: ${text.trim().split('\n').map((line) => line.trim()).filter(Boolean).join(' | ')}`);
const layout = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };
const json = '{\n  "a": 1, // of a\n  "b": 2, // of b\n  "c": 3 // of c\n}\n';
tell('jsonc-parser, d added', applyEdits(json, modify(json, ['d'], 4, layout)));
tell('jsonc-parser, b removed', applyEdits(json, modify(json, ['b'], undefined, layout)));
const code = "export default {\n  a: 1, // of a\n  b: 2, // of b\n  c: 3,\n  // d: 'later',\n};\n";
const added = parseModule(code);
added.exports.default.e = 5;
tell('magicast, e added', generateCode(added).code);
JS
node look.mjs | tee seen
cat >expected <<'TEXT'
jsonc-parser, d added: { | "a": 1, // of a | "b": 2, // of b | "c": 3, | "d": 4 // of c | }
jsonc-parser, b removed: { | "a": 1, // of b | "c": 3 // of c | }
magicast, e added: export default { | // of a | a: 1, | // of b | b: 2, | // d: 'later', | c: 3, | e: 5, | };
TEXT
cmp expected seen
