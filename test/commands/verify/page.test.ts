// docs/verify.md tells of every check what it looks at and what it cannot know, once and in the order of the levels.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const CHECK = /'((?:project|server|drill)\.[a-z.-]+)'/g;

it('names every check, each once', () => {
	const page = readFileSync('docs/verify.md', 'utf8').split('## What each check looks at')[1] ?? '';
	const rows = [...page.matchAll(/^\| `([a-z.-]+)` \| (.+) \| (.+) \|$/gm)];
	const ids = [...readFileSync('src/model/check-id.ts', 'utf8').matchAll(CHECK)].map(
		([, id]) => id,
	);
	const named = rows.map(([, id]) => id).filter((id) => /^(project|server|drill)\./.test(id ?? ''));
	expect(ids.length).toBeGreaterThan(40);
	expect([...named].sort()).toEqual([...ids].sort());
	const levels = named.map((id) => id?.split('.')[0]);
	expect(levels).toEqual([...levels].sort((a, b) => order(a) - order(b)));
});

function order(level = ''): number {
	return ['project', 'server', 'drill'].indexOf(level);
}
