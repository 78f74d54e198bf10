// The whole of TypeScript -> an ES module of its parser alone. What it expects of the text and does not find fails the build.
import { build } from 'esbuild';

/** What only a type checker, a printer or a program needs: called, each throws its name. */
const CUT = [
	'convertToJson',
	'createEmitHelperFactory',
	'createNodeConverters',
	'createParenthesizerRules',
	'createPrinter',
	'createProgram',
	'createTypeChecker',
	'formatDiagnosticsWithColorAndContext',
	'getFileMatcherPatterns',
	'getPreEmitDiagnostics',
	'matchFiles',
	'parseConfigFileTextToJson',
	'parseJsonConfigFileContent',
	'resolveModuleName',
	'transform',
	'transformNodes',
	'visitEachChild',
];

/** What is asked for without being used, as it is instead. */
const REPLACED = {
	// A project of ts-morph makes one at once, and asks it nothing.
	createLanguageService: `function createLanguageService() {
	return new Proxy({}, { get: (_, name) => cutAway('createLanguageService().' + String(name)) });
}`,
	// The disk and the terminal: `parse` gives texts from memory.
	sys: 'var sys = void 0;',
	tracing: 'var tracing = void 0;',
	// Nobody measures the parser with Node's own clock, which takes a while to load.
	tryGetPerformance: 'function tryGetPerformance() {}',
};

/** Statements that only register or prepare what is cut. */
const DROPPED = [
	/^registerCodeFix\(/,
	/^registerRefactor\(/,
	/^__export\(/,
	/^_AutoImportProviderProject\./,
	/^_ProjectService\./,
	/^_ScriptVersionCache\./,
	/^_TypingsInstallerAdapter\./,
	/^if \(sys && /,
	/^if \(typeof console/,
];

const START = '((module) => {';
const END = '// Annotate the CommonJS export names for ESM import in node:';

/** Puts texts into the places of ranges, of which none may overlap. */
function spliced(text, edits) {
	const parts = [];
	let at = 0;
	for (const [start, end, instead] of edits.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
		if (start < at) throw new Error(`Two cuts meet: ${text.slice(start, start + 80)}`);
		parts.push(text.slice(at, start), instead);
		at = end;
	}
	return parts.join('') + text.slice(at);
}

/** Bodies of functions, blank: they are most of the text, and nothing in them is looked at. */
function withoutBodies(text) {
	return text.replace(
		/^((?:async )?function\*? [\w$]+\([^\n]*\) \{\n)([\s\S]*?\n)\}$/gm,
		(_, head, body) => `${head}${' '.repeat(body.length)}}`,
	);
}

function parsed(ts, text) {
	const tree = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest);
	const [trouble] = tree.parseDiagnostics;
	if (trouble) throw new Error(`TypeScript reads otherwise than expected at ${trouble.start}.`);
	return tree;
}

/** Whether evaluating an expression may do something, for all that a bundler can tell. */
function mayAct(ts, node) {
	if (ts.isFunctionLike(node)) return false;
	const acts =
		ts.isCallExpression(node) ||
		ts.isNewExpression(node) ||
		ts.isTaggedTemplateExpression(node) ||
		ts.isPropertyAccessExpression(node) ||
		ts.isElementAccessExpression(node) ||
		ts.isSpreadElement(node) ||
		ts.isSpreadAssignment(node) ||
		ts.isTemplateExpression(node);
	return acts || Boolean(ts.forEachChild(node, (child) => mayAct(ts, child) || undefined));
}

/** The name in `((Name2) => { … })(Name || (Name = {}))`, as enums are filled. */
function filledName(ts, { expression }) {
	if (!ts.isCallExpression(expression) || expression.arguments.length !== 1) return null;
	const filler = ts.skipParentheses(expression.expression);
	const [target] = expression.arguments;
	if (!ts.isArrowFunction(filler) || !ts.isBlock(filler.body)) return null;
	if (!ts.isBinaryExpression(target) || !ts.isIdentifier(target.left)) return null;
	return { name: target.left.text, filler, target };
}

/** Makes each declaration of the top level one that a bundler drops where nobody names it. */
class Cutter {
	declared = new Set();
	edits = [];
	/** Declarations without a value, which a later statement fills. */
	bare = new Map();
	unused = new Set([...CUT, ...Object.keys(REPLACED), ...DROPPED]);

	constructor(ts, text) {
		this.ts = ts;
		this.text = text;
	}

	replace({ pos, end }, instead, tree) {
		this.edits.push([this.ts.skipTrivia(tree.text, pos), end, instead]);
	}

	declare(statement, name, tree) {
		this.declared.add(name);
		const instead = Object.hasOwn(REPLACED, name) ? REPLACED[name] : null;
		if (instead === null && !CUT.includes(name)) return false;
		this.unused.delete(name);
		this.replace(
			statement,
			instead ?? `function ${name}() { return cutAway(${JSON.stringify(name)}); }`,
			tree,
		);
		return true;
	}

	variables(statement, tree) {
		const { declarations } = statement.declarationList;
		for (const { name, initializer } of declarations) {
			if (!this.ts.isIdentifier(name)) throw new Error(`A pattern at the top: ${name.getText()}`);
			if (this.declare(statement, name.text, tree)) {
				if (declarations.length > 1) throw new Error(`${name.text} is not declared alone.`);
			} else if (!initializer) {
				if (declarations.length === 1) this.bare.set(name.text, statement);
			} else if (mayAct(this.ts, initializer)) {
				const start = initializer.getStart(tree);
				this.edits.push([start, start, '/* @__PURE__ */ pure(() => (']);
				this.edits.push([initializer.end, initializer.end, '))']);
			}
		}
	}

	/** `var X; ((X2) => { … })(X || (X = {}));` becomes `var X = ((X2) => { …; return X2; })({});`. */
	fill(statement, tree) {
		const found = filledName(this.ts, statement);
		const bare = found && this.bare.get(found.name);
		if (!bare) return;
		const { name, filler, target } = found;
		this.replace(bare, '', tree);
		const start = statement.getStart(tree);
		this.edits.push([start, start, `var ${name} = /* @__PURE__ */ `]);
		const last = filler.body.end - 1;
		this.edits.push([last, last, `;return ${filler.parameters[0].name.text};`]);
		this.edits.push([target.getStart(tree), target.end, '{}']);
	}

	visit(statement, tree) {
		const { ts } = this;
		if (ts.isFunctionDeclaration(statement))
			return this.declare(statement, statement.name.text, tree);
		if (ts.isClassDeclaration(statement)) return this.declared.add(statement.name.text);
		if (ts.isVariableStatement(statement)) return this.variables(statement, tree);
		const start = statement.getStart(tree);
		const pattern = DROPPED.find((one) => one.test(tree.text.slice(start, start + 40)));
		if (pattern) {
			this.unused.delete(pattern);
			return this.replace(statement, '', tree);
		}
		return ts.isExpressionStatement(statement) ? this.fill(statement, tree) : undefined;
	}

	/** The module; it exports the names. */
	module(names) {
		const tree = parsed(this.ts, withoutBodies(this.text));
		for (const statement of tree.statements) this.visit(statement, tree);
		if (this.unused.size > 0)
			throw new Error(`TypeScript has no longer: ${[...this.unused].join(', ')}`);
		const missing = names.filter((name) => !this.declared.has(name));
		if (missing.length > 0) throw new Error(`TypeScript does not have: ${missing.join(', ')}`);
		return `function pure(make) { return make(); }
function cutAway(name) { throw new Error('cut from the parser: ' + name); }
${spliced(this.text, this.edits)}
export { ${names.join(', ')} };
`;
	}
}

/** The statements between the first and the last line of the file, which make of it a module for Node and for browsers. */
function bodyOf(text) {
	const [start, end] = [text.indexOf(START), text.indexOf(END)];
	if (start < 0 || end < start) throw new Error('TypeScript is wrapped otherwise than expected.');
	const body = text.slice(start + START.length, end);
	const exported = 'module.exports = __toCommonJS(typescript_exports);';
	if (!body.includes(exported)) throw new Error('TypeScript exports otherwise than expected.');
	return body.replace(exported, '').replace('"use strict";', '');
}

async function shaken(contents) {
	const result = await build({
		stdin: { contents, resolveDir: process.cwd(), loader: 'js' },
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20.12',
		charset: 'ascii',
		logLevel: 'warning',
		write: false,
	});
	return result.outputFiles[0].text;
}

/** The messages of TypeScript that a text names. */
function messagesNamed(text) {
	if (/(?<![\w$.])Diagnostics(?:\[|\)|,)/.test(text))
		throw new Error('A message of TypeScript is asked for by a name that is made at run time.');
	return new Set([...text.matchAll(/(?<![\w$.])Diagnostics\.(\w+)/g)].map(([, name]) => name));
}

/** Cuts out the messages that nobody names any more. */
function unnamedMessages(text, table) {
	const named = messagesNamed(text);
	return table.properties
		.filter((message) => !named.has(message.name.text))
		.map(({ pos, end }) => [pos, end + (text[end] === ',' ? 1 : 0), '']);
}

/** Takes the marks off again: what is left of them would keep a minifier from its work. */
function tidied(ts, text) {
	const tree = parsed(ts, text);
	const declarations = tree.statements
		.filter(ts.isVariableStatement)
		.flatMap((statement) => statement.declarationList.declarations);
	const edits = declarations.flatMap(({ name, initializer }) => {
		if (!initializer || !ts.isCallExpression(initializer)) return [];
		if (initializer.expression.getText(tree) !== 'pure') return [];
		const { body } = initializer.arguments[0];
		const unmarked = [
			[initializer.getStart(tree), body.getStart(tree), ''],
			[body.end, initializer.end, ''],
		];
		if (name.text !== 'Diagnostics') return unmarked;
		return [...unmarked, ...unnamedMessages(text, ts.skipParentheses(body))];
	});
	return spliced(text, edits);
}

/** The parser as an ES module that exports these names and nothing else. */
export async function cutToParser(ts, text, names) {
	const cutter = new Cutter(ts, bodyOf(text));
	return tidied(ts, await shaken(cutter.module(names)));
}
