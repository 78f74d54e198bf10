// docs/stores.md says what is kept where: its keys are those of the adapter's layout, and the tests that it names exist.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const PAGE = readFileSync('docs/stores.md', 'utf8');
const ROWS = PAGE.split('\n').filter((line) => /^\| (?!noun)/.test(line));

/** The cells of a row: noun, a cell for each line of Flue, and what shows it. */
const cells = ROWS.map((row) => row.split('|').slice(1, -1));

const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

it('says of every noun what shows it', () => {
	expect(cells.length).toBeGreaterThan(15);
	for (const row of cells) {
		expect(row).toHaveLength(5);
		expect(codeIn(row[4] ?? ''), row[0]).not.toEqual([]);
	}
});

it('names the keys of the layout, and all of them', () => {
	const layout = readFileSync('adapter/LAYOUT.md', 'utf8').split('## Keys')[1]?.split('\n## ')[0];
	const known = (layout ?? '')
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.flatMap((line) => codeIn(line.split('|')[1] ?? ''));
	const named = new Set(cells.flatMap((row) => row.slice(1, 4).flatMap(codeIn)));
	expect([...named].sort()).toEqual([...new Set(known)].sort());
});

it('names tests that exist', () => {
	const shown = cells.flatMap((row) => [...(row[4] ?? '').matchAll(/`([^`]+)`(?: “([^”]+)”)?/g)]);
	const places = shown.map(([, path = '', title = '']) => ({ path, title }));
	const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
	expect(places.filter(({ path, title }) => !text(path).includes(title) || !text(path))).toEqual(
		[],
	);
	const elsewhere = codeIn(PAGE).filter((code) => /\.ts$/.test(code));
	expect(elsewhere.filter((path) => !existsSync(path))).toEqual([]);
});
