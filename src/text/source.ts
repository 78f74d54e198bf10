// Text -> syntax tree. The only owner of ts-morph, which is loaded when the first text is parsed and not before.
import { createRequire } from 'node:module';
import type * as Morph from 'ts-morph';

export type { Morph };

let loaded: typeof Morph | undefined;

/** The ts-morph module: `Node` type guards and `SyntaxKind`. Loading costs about 0.1 s, so call it only when parsing. */
export function morph(): typeof Morph {
	// The build makes dist/vendor from the npm package: same code, minified, without the lib.d.ts texts.
	loaded ??= createRequire(import.meta.filename)('#ts-morph') as typeof Morph;
	return loaded;
}

/** The tree of the text that was parsed last under each path: several questions are asked of the same text. */
const trees = new Map<string, { text: string; file: Morph.SourceFile }>();

/**
 * Parses one text, in memory: no file is read, nothing is resolved, nothing is executed. The tree is for reading alone:
 * whoever asks for the same text has the same one.
 * The result is never null: syntax errors are kept in the tree, see `syntaxErrors`. Offsets count from behind a byte
 * order mark, which is cut off.
 * @param path decides only the language (`.ts`, `.tsx`, `.js` …).
 */
export function parse(path: string, text: string): Morph.SourceFile {
	const known = trees.get(path);
	if (known?.text === text) return known.file;
	const file = parseAnew(path, text);
	trees.set(path, { text, file });
	return file;
}

function parseAnew(path: string, text: string): Morph.SourceFile {
	// A project of its own for each text: parsing the same path again would invalidate the nodes of the first tree.
	const project = new (morph().Project)({
		useInMemoryFileSystem: true,
		skipLoadingLibFiles: true,
		skipFileDependencyResolution: true,
		compilerOptions: { noLib: true, allowJs: true },
	});
	return project.createSourceFile(path.replaceAll(/[^\w.-]/g, '_'), text.replace(/^\uFEFF/, ''));
}

interface Diagnostic {
	messageText: string | { messageText: string };
	start: number;
}

function diagnosticsOf(file: Morph.SourceFile): Diagnostic[] {
	// `parseDiagnostics` is what the parser itself found; ts-morph has no public way to it without a whole program.
	const tree = file.compilerNode as unknown as { parseDiagnostics?: Diagnostic[] };
	return tree.parseDiagnostics ?? [];
}

/** The messages of the parser; empty when the text is valid. Types are not checked. */
export function syntaxErrors(file: Morph.SourceFile): string[] {
	return diagnosticsOf(file).map(({ messageText }) =>
		typeof messageText === 'string' ? messageText : messageText.messageText,
	);
}

/** The first message of the parser, and its 1-based line; null when the text is valid. */
export function firstSyntaxError(file: Morph.SourceFile): { line: number; message: string } | null {
	const [message] = syntaxErrors(file);
	const [first] = diagnosticsOf(file);
	if (message === undefined || first === undefined) return null;
	return { line: file.getFullText().slice(0, first.start).split('\n').length, message };
}

/**
 * The nodes below one, in order, that `isMeant` picks by the parser's own node: to make a node of ts-morph of every part of a
 * long module takes longer than to parse it.
 */
export function nodesBelow(
	node: Morph.Node,
	isMeant: (plain: Morph.ts.Node) => boolean,
): Morph.Node[] {
	return plainBelow(node.compilerNode, isMeant).map((plain) => wrapped(node, plain));
}

/** The parser's own nodes below one, in order, that `isMeant` picks. */
export function plainBelow(
	node: Morph.ts.Node,
	isMeant: (plain: Morph.ts.Node) => boolean,
): Morph.ts.Node[] {
	const found: Morph.ts.Node[] = [];
	const visit = (plain: Morph.ts.Node): void => {
		if (isMeant(plain)) found.push(plain);
		plain.forEachChild(visit);
	};
	node.forEachChild(visit);
	return found;
}

/** Whether a tree has more levels than that. Goes through it in a loop: what calls itself for each level ends on a deep one. */
export function isDeeperThan(file: Morph.SourceFile, levels: number): boolean {
	let level: Morph.ts.Node[] = [file.compilerNode];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > levels) return true;
		const below: Morph.ts.Node[] = [];
		for (const plain of level)
			plain.forEachChild((child) => {
				below.push(child);
			});
		level = below;
	}
	return false;
}

/** The nodes around one, nearest first, that `isMeant` picks. */
export function nodesAround(
	node: Morph.Node,
	isMeant: (plain: Morph.ts.Node) => boolean,
): Morph.Node[] {
	const found: Morph.ts.Node[] = [];
	for (let plain = node.compilerNode.parent; plain; plain = plain.parent)
		if (isMeant(plain)) found.push(plain);
	return found.map((one) => wrapped(node, one));
}

/** A node of ts-morph for one of the parser's own, which it has no public way to. */
export function wrapped(beside: Morph.Node, plain: Morph.ts.Node): Morph.Node {
	const maker = beside as unknown as {
		_getNodeFromCompilerNode(plain: Morph.ts.Node): Morph.Node;
	};
	return maker._getNodeFromCompilerNode(plain);
}

/** 1-based line of a node, for evidence such as `vite.config.ts:12`. */
export function lineOf(node: Morph.Node): number {
	return node.getStartLineNumber();
}
