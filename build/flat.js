// ts-morph and what it stands on, CommonJS each -> ES modules, so that one file can be made of them in which all functions lie flat.

/** Replaces each text by another; one that is not there is an error. */
function replaced(text, pairs) {
	return pairs.reduce((whole, [one, other]) => {
		if (!whole.includes(one)) throw new Error(`ts-morph no longer has: ${one}`);
		return whole.replaceAll(one, () => other);
	}, text);
}

/**
 * The exports of a module that assigns them one by one, as it is written by a bundler.
 * @param pairs what stands in the places of its `require`s
 */
function asModule(text, pairs) {
	const exported = new Map();
	const note = (_, name, value) => {
		exported.set(name, value);
		return '';
	};
	let body = text
		.replace(/^'use strict';/, '')
		.replace(
			/^Object\.defineProperty\(exports, "(\w+)", \{\s*enumerable: true,\s*get: function \(\) \{ return ([\w.$]+); \}\s*\}\);$/gm,
			note,
		)
		.replace(/^exports\.(\w+) = ([\w$]+);$/gm, note);
	// Those that are filled in later, such as enums.
	const late = new Set([...body.matchAll(/^exports\.(\w+) = void 0;$/gm)].map(([, name]) => name));
	body = body
		.replace(/^exports\.(\w+) = void 0;$/gm, (_, name) => `var $late_${name};`)
		.replace(/(?<![\w.$])exports\.(\w+)/g, (use, name) => {
			if (!late.has(name)) throw new Error(`ts-morph exports otherwise than expected: ${use}`);
			return `$late_${name}`;
		});
	for (const name of late) exported.set(name, `$late_${name}`);
	return { body: replaced(body, pairs), exported };
}

/** A package that is only needed for searches on disk, which a parser in memory never makes. */
function absent(name) {
	return `new Proxy({}, { get() { throw new Error('cut from the parser: ${name}'); } })`;
}

/** `@ts-morph/common`. */
export function commonModule(text) {
	const { body, exported } = asModule(text, [
		["var ts = require('./typescript');", "import * as ts from 'typescript';"],
		['var ts__namespace = /*#__PURE__*/_interopNamespaceCompat(ts);', ''],
		['ts__namespace', 'ts'],
		["var minimatch = require('minimatch');", ''],
		['/*#__PURE__*/_interopNamespaceCompat(minimatch)', absent('minimatch')],
		["var path$1 = require('path-browserify');", "import path$1 from 'path-browserify';"],
		['/*#__PURE__*/_interopDefaultCompat(path$1)', '{ default: path$1 }'],
		["var fs$1 = require('node:fs');", ''],
		['/*#__PURE__*/_interopNamespaceCompat(fs$1)', absent('fs')],
		["var fsp = require('node:fs/promises');", ''],
		['/*#__PURE__*/_interopNamespaceCompat(fsp)', absent('fs')],
		["var os = require('node:os');", ''],
		[
			'var os__namespace = /*#__PURE__*/_interopNamespaceCompat(os);',
			"import * as os__namespace from 'node:os';",
		],
		["var path$2 = require('node:path');", ''],
		[
			'var path__namespace = /*#__PURE__*/_interopNamespaceCompat(path$2);',
			"import * as path__namespace from 'node:path';",
		],
		["var tinyglobby = require('tinyglobby');", `var tinyglobby = ${absent('tinyglobby')};`],
	]);
	exported.delete('ts');
	const lines = [...exported].map(([name, value]) => {
		const [, own] = /^ts\.(\w+)$/.exec(value) ?? [];
		return own
			? `var $of_${name} = ts.${own}; export { $of_${name} as ${name} };`
			: `export { ${value} as ${name} };`;
	});
	return `${body}\n${lines.join('\n')}`;
}

/** ts-morph, as far as `src/text/source.ts` gives it away; of TypeScript these names. */
export function morphModule(text, names) {
	const { body, exported } = asModule(text, [
		[
			"var common = require('@ts-morph/common');",
			"import * as common from '@ts-morph/common'; import * as ts from 'typescript';",
		],
		['common.ts.', 'ts.'],
		[
			"var CodeBlockWriter = require('code-block-writer');",
			"import CodeBlockWriter from 'code-block-writer';",
		],
		['/*#__PURE__*/_interopDefaultCompat(CodeBlockWriter)', '{ default: CodeBlockWriter }'],
		// It prints structures, of which nobody gives it one.
		['new StructurePrinterFactory(', '$absentPrinters('],
	]);
	const lines = ['Project', 'Node'].map((name) => `export { ${exported.get(name)} as ${name} };`);
	// Classes with decorators are made by functions, of which a bundler cannot tell that they do nothing else.
	const droppable = body.replaceAll(
		/^let (\w+) = \(\(\) => \{$/gm,
		'let $1 = /* @__PURE__ */ (() => {',
	);
	return `${droppable}
function $absentPrinters() { return ${absent('structures')}; }
${lines.join('\n')}
export { SyntaxKind } from 'typescript';
const own = { ${names.map((name) => `${name}: ts.${name}`).join(', ')} };
export { own as ts };
`;
}
