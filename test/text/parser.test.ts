// The parser that the build cuts out of TypeScript, against the whole: the same trees, the same complaints, and no program.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exportsOf } from '../../src/inspect/code/declarations.ts';
import { namedExports } from '../../src/inspect/flue/entry-use.ts';
import { type Morph, parse } from '../../src/text/source.ts';

const ROOT = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const whole = require('ts-morph') as typeof Morph;

/** As `parse` does it, with what npm has. */
function parseWhole(path: string, text: string): Morph.SourceFile {
	const project = new whole.Project({
		useInMemoryFileSystem: true,
		skipLoadingLibFiles: true,
		skipFileDependencyResolution: true,
		compilerOptions: { noLib: true, allowJs: true },
	});
	return project.createSourceFile(path.replaceAll(/[^\w.-]/g, '_'), text.replace(/^\uFEFF/, ''));
}

/** What a tree says of itself that somebody may ask for. */
function told({ compilerNode: tree }: Morph.SourceFile): unknown[] {
	const said: unknown[] = [];
	const visit = (node: Morph.ts.Node): void => {
		const { text, jsDoc } = node as { text?: string; jsDoc?: Morph.ts.Node[] };
		said.push(node.kind, node.pos, node.end, node.flags, text?.length, jsDoc?.length);
		for (const comment of jsDoc ?? []) visit(comment);
		node.forEachChild(visit);
	};
	visit(tree);
	const { parseDiagnostics, identifierCount, languageVariant } = tree as unknown as {
		parseDiagnostics: Morph.ts.Diagnostic[];
		identifierCount: number;
		languageVariant: number;
	};
	const complaints = parseDiagnostics.map(({ code, start, length, category, messageText }) => ({
		code,
		start,
		length,
		category,
		messageText,
	}));
	return [...said, identifierCount, languageVariant, tree.isDeclarationFile, complaints];
}

/** The same text with a piece torn out of it. */
function damaged(text: string): string {
	const [from, to] = [0.6, 0.7].map((share) => Math.floor(text.length * share));
	return `${text.slice(0, from)} }; (${text.slice(to)}`;
}

const SOURCE = /\.[cm]?[jt]sx?$/;

function sources(folder: string): string[] {
	const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	return names
		.map((name) => join(ROOT, folder, name))
		.filter((path) => SOURCE.test(path))
		.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
		.sort();
}

/** Packages with TypeScript, JSX, declarations, and JavaScript old and new; a few files of each. */
const PACKAGES = ['zod/src', 'yaml/dist', 'commander', 'redis', 'rxjs/src', '@nestjs/config/dist'];

function sample(name: string): string[] {
	const paths = sources(`node_modules/${name}`).filter((path) => statSync(path).size < 30_000);
	const step = Math.ceil(paths.length / 8);
	return paths.filter((_, index) => index % step === 0);
}

describe('the parser of the build', () => {
	it.each([
		['the fixtures', () => sources('fixtures')],
		['files of others', () => PACKAGES.flatMap(sample)],
	])('reads %s as the whole of TypeScript does, whole and damaged', (_, list) => {
		const paths = list();
		expect(paths.length).toBeGreaterThan(40);
		const seen = new Set<string>();
		const differing = paths.filter((path) => {
			const text = readFileSync(path, 'utf8');
			// Many fixtures have the same files.
			if (seen.has(text)) return false;
			seen.add(text);
			return [text, damaged(text)].some(
				(one) =>
					JSON.stringify(told(parse(path, one))) !== JSON.stringify(told(parseWhole(path, one))),
			);
		});
		expect(differing).toEqual([]);
	});

	it('has no program and no checker, nothing that asks them, and nothing that writes from structures', () => {
		const text = readFileSync('dist/vendor/ts-morph.cjs', 'utf8');
		expect(text).toMatch(/\w+\("createProgram"\)/);
		const file = parse('a.ts', 'export const one = 1;\n');
		const declared = file.getVariableDeclaration('one') ?? file;
		for (const name of ['getType', 'getSymbol', 'getStructure', 'set'])
			expect(name in declared, name).toBe(false);
		for (const name of ['organizeImports', 'addFunctions']) expect(name in file, name).toBe(false);
		expect(declared.getText()).toBe('one = 1');
	});

	it('is not asked for one where a name is looked for that is exported elsewhere, or not at all', () => {
		const text =
			'const one = 1;\nfunction two() {}\nclass Three {}\nexport { one as four };\nexport default two;\n';
		const file = parse('a.ts', text);
		expect(exportsOf(file, 'one')).toEqual([]);
		expect(exportsOf(file, 'two')).toEqual([]);
		expect(exportsOf(file, 'four').map((node) => node.getText())).toEqual(['one']);
		expect(exportsOf(file, 'default').map((node) => node.getText())).toEqual(['two']);
		expect(namedExports('a.ts', text)).toEqual(['four']);
	});
});

describe('the cut', () => {
	const cut = async (text: string, names: string[]): Promise<string> => {
		const path = pathToFileURL(join(ROOT, 'build/cut.js')).href;
		const { cutToParser } = (await import(path)) as {
			cutToParser(ts: unknown, text: string, names: string[]): Promise<string>;
		};
		return cutToParser(whole.ts, text, names);
	};

	it('fails where TypeScript is not what it was made for', async () => {
		const text = (body: string) =>
			`((module) => {\nmodule.exports = __toCommonJS(typescript_exports);\n${body}\n// Annotate the CommonJS export names for ESM import in node:\n`;
		await expect(cut('', [])).rejects.toThrow('wrapped otherwise');
		await expect(cut(text('var one = ;'), [])).rejects.toThrow('reads otherwise than expected');
		await expect(cut(text('var one = 1;'), ['one'])).rejects.toThrow(/no longer: .*createProgram/);
	});
});
