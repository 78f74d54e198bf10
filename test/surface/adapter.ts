// A packed package of the adapter -> the TypeScript that its users see: every exported name, and what those names rest on.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The whole of it: the parser of the build has no types.
import {
	type ExportedDeclarations,
	Node,
	Project,
	type SourceFile,
	SyntaxKind,
	ts,
} from 'ts-morph';

/** What a path of `exports` stands for: a file, or by condition. */
type Target = string | { [condition: string]: Target };

interface Manifest {
	name: string;
	version: string;
	engines: Record<string, string>;
	peerDependencies?: Record<string, string>;
	exports: Record<string, Target>;
}

export interface PackedAdapter {
	manifest: Manifest;
	/** For each entry that has types, its import path and the lines of its declarations. */
	entries: { specifier: string; lines: string[] }[];
}

/** Declarations that are named in one file, whatever else they are. */
type Declaration = ExportedDeclarations;

function unpack(tarball: string): Record<string, string> {
	const folder = mkdtempSync(join(tmpdir(), 'flue-surface-'));
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', folder]);
		const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
		const wanted = names
			.map((name) => name.replaceAll('\\', '/'))
			.filter((name) => /(\.d\.ts|^package\/package\.json)$/.test(name));
		return Object.fromEntries(
			wanted.map((name) => [
				name.replace(/^package\//, ''),
				readFileSync(join(folder, name), 'utf8'),
			]),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** All types of the package in memory; nothing outside of it is resolved. */
function load(files: Record<string, string>): Project {
	const project = new Project({
		useInMemoryFileSystem: true,
		skipLoadingLibFiles: true,
		compilerOptions: {
			noLib: true,
			module: ts.ModuleKind.ESNext,
			moduleResolution: ts.ModuleResolutionKind.Bundler,
			allowImportingTsExtensions: true,
		},
	});
	for (const [path, text] of Object.entries(files))
		if (path.endsWith('.d.ts')) project.createSourceFile(`/${path}`, text);
	return project;
}

/** The declaration as the compiler prints it, without comments and without the words before what it declares. */
function textOf(declaration: Node): string {
	const whole = Node.isVariableDeclaration(declaration)
		? declaration.getVariableStatementOrThrow()
		: declaration;
	const printed = ts
		.createPrinter({ removeComments: true })
		.printNode(ts.EmitHint.Unspecified, whole.compilerNode, whole.getSourceFile().compilerNode);
	return printed
		.replace(/^(?:export |default |declare )*/, '')
		.replaceAll(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4));
}

/** `name`: the one by which it can be imported. */
function exportLine(name: string, declaration: Node): string {
	const own = Node.hasName(declaration) ? declaration.getName() : undefined;
	const text = textOf(declaration);
	return own === name ? `export ${text}` : `export { ${own ?? 'this'} as ${name} }; ${text}`;
}

/** What a declaration names: declarations of the same package, and imports from others. */
function namedIn(declaration: Node): { own: Declaration[]; foreign: string[] } {
	const named = declaration
		.getDescendantsOfKind(SyntaxKind.Identifier)
		.flatMap((one) => one.getSymbol() ?? []);
	const imports = named
		.flatMap((symbol) => symbol.getDeclarations())
		.filter((one) => Node.isImportSpecifier(one));
	const foreign = imports
		.filter((one) => !one.getImportDeclaration().getModuleSpecifierSourceFile())
		.map(
			(one) =>
				`import type { ${one.getText().replace(/^type /, '')} } from '${one.getImportDeclaration().getModuleSpecifierValue()}'`,
		);
	const own = named
		.flatMap((symbol) => (symbol.getAliasedSymbol() ?? symbol).getDeclarations())
		.filter(
			(one): one is Declaration =>
				one.getParent()?.getKind() === SyntaxKind.SourceFile && one !== declaration,
		);
	return { own, foreign };
}

/** The exported names in their order in the alphabet, then what they need and nobody can import, then whence the rest comes. */
function linesOf(file: SourceFile): string[] {
	const exported = [...file.getExportedDeclarations()].sort(([one], [other]) =>
		one < other ? -1 : 1,
	);
	const lines = exported.flatMap(([name, declarations]) =>
		declarations.map((one) => exportLine(name, one)),
	);
	const seen = new Set(exported.flatMap(([, declarations]) => declarations));
	const foreign = new Set<string>();
	const internal: string[] = [];
	for (const declaration of seen) {
		const found = namedIn(declaration);
		for (const one of found.foreign) foreign.add(one);
		for (const one of found.own.filter((own) => !seen.has(own))) {
			seen.add(one);
			internal.push(`/* cannot be imported */ ${textOf(one)}`);
		}
	}
	return [...lines, ...internal, ...[...foreign].sort()];
}

/** The file of types of an entry, under whatever conditions it stands. */
function typesOf(target: Target): string | undefined {
	if (typeof target === 'string') return target.endsWith('.d.ts') ? target : undefined;
	return Object.values(target).map(typesOf).find(Boolean);
}

/** Reads a package from its tarball. The entries are those of its own `exports`. */
export function readPackedAdapter(tarball: string): PackedAdapter {
	const files = unpack(tarball);
	const manifest = JSON.parse(files['package.json'] ?? '') as Manifest;
	const project = load(files);
	const entries = Object.entries(manifest.exports).flatMap(([path, target]) => {
		const types = typesOf(target);
		if (types === undefined) return [];
		const specifier = path.replace(/^\./, manifest.name);
		return [{ specifier, lines: linesOf(project.getSourceFileOrThrow(types.replace(/^\./, ''))) }];
	});
	return { manifest, entries };
}
