import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';

const { cache } = createRequire(import.meta.url);

function loadedParser(): string[] {
	return Object.keys(cache).filter((path) => /ts-morph|typescript\.cjs/.test(path));
}

describe('recogniseDialect', () => {
	it('does not even load the parser for modules in which no dialect finds its words', async () => {
		// An earlier test file of this process may have parsed something.
		for (const path of loadedParser()) delete cache[path];
		vi.resetModules();
		const { recogniseDialect } = await import('../../src/dialects/index.ts');
		const texts = [
			'export default { darkMode: "class", content: ["./src"] }; // tailwind config',
			'export const environment = { production: true };',
			"import { defineConfig } from 'vite';\nexport default defineConfig({ plugins: [] });",
			'const env = process.env;',
		];
		expect(texts.map((text) => recogniseDialect('config.ts', text))).toEqual(texts.map(() => null));
		expect(loadedParser()).toEqual([]);
		recogniseDialect('config.ts', 'export const env = { A: process.env.A };');
		expect(loadedParser()).not.toEqual([]);
	});
});
