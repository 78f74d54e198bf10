// What the documents name exists: paths, scripts, each other, and in the package what its README links.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const PLACES = readdirSync('.').filter((name) => name !== 'node_modules' && name !== '.git');
/** Words of a path in capitals stand for a name that the reader chooses. */
const PLACEHOLDER = /\b[A-Z]{4,}\b(?!\.md)/;

/** The words that begin with a file or folder of the repository. */
function pathsIn(text: string): string[] {
	const words = text.match(/[\w.-]+(?:\/[\w.-]*)*/g) ?? [];
	const named = words.map((word) => word.replace(/\.$/, ''));
	return named.filter((word) => {
		const [first = '', ...rest] = word.split('/');
		return (rest.length > 0 || /\.\w+$/.test(first)) && PLACES.includes(first);
	});
}

/** What stands in code marks and in code blocks. */
function codeOf(text: string): string {
	return [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([part]) => part).join('\n');
}

// The README speaks of the user's project too; its paths into this one are held by readme.test.ts.
it.each(['CONTRIBUTING.md', 'AGENTS.md'])('%s names only files and folders that exist', (name) => {
	const named = pathsIn(codeOf(readFileSync(name, 'utf8')));
	const paths = named.filter((path) => !PLACEHOLDER.test(path));
	expect(paths.length).toBeGreaterThan(10);
	expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

const PAGES = readdirSync('docs').map((name) => `docs/${name}`);

describe.each(['CONTRIBUTING.md', 'AGENTS.md', 'README.md', ...PAGES])('%s', (name) => {
	const text = readFileSync(name, 'utf8');

	it('names only scripts that exist', () => {
		const code = codeOf(text);
		const named = [...code.matchAll(/npm run ([a-z]+(?::[a-z]+)?)/g)].map(
			([, script = '']) => script,
		);
		expect(named.filter((script) => !(script in scripts))).toEqual([]);
	});

	it('links only to files that exist', () => {
		const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
		const places = links.map((path) => join(dirname(name), path));
		expect(places.filter((path) => !existsSync(path))).toEqual([]);
	});
});

it('maps every room of src', () => {
	const map = readFileSync('AGENTS.md', 'utf8');
	const rooms = readdirSync('src', { withFileTypes: true }).filter((one) => one.isDirectory());
	expect(rooms.filter(({ name }) => !map.includes(`\`src/${name}/\``))).toEqual([]);
});
