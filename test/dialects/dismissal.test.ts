import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { recogniseDialect } from '../../src/dialects/index.ts';

function isParserLoaded(): boolean {
	const loaded = Object.keys(createRequire(import.meta.url).cache);
	return loaded.some((path) => /ts-morph|typescript\.cjs/.test(path));
}

// In a file of its own: once another test has parsed anything, the parser stays loaded.
describe('recogniseDialect', () => {
	it('does not even load the parser for modules in which no dialect finds its words', () => {
		const texts = [
			'export default { darkMode: "class", content: ["./src"] }; // tailwind config',
			'export const environment = { production: true };',
			"import { defineConfig } from 'vite';\nexport default defineConfig({ plugins: [] });",
			'const env = process.env;',
		];
		expect(texts.map((text) => recogniseDialect('config.ts', text))).toEqual(texts.map(() => null));
		expect(isParserLoaded()).toBe(false);
		recogniseDialect('config.ts', 'export const env = { A: process.env.A };');
		expect(isParserLoaded()).toBe(true);
	});
});
