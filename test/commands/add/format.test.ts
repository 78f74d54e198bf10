// `--format` with the real Prettier and the real Biome, as a project has them installed.
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { flue } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { makeTree, readTree } from '../../tree.ts';

const BINARIES = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url));
const ADD = ['add', 'database', 'redis', '--no-install', '--format', '--json'];

function projectWith(formatter: string, files: Record<string, string>): string {
	const root = makeTree({ ...PROJECT, ...files });
	mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
	symlinkSync(join(BINARIES, formatter), join(root, 'node_modules/.bin', formatter));
	return root;
}

it.each([
	['prettier', { '.prettierrc': '{ "semi": false, "printWidth": 60 }\n' }],
	[
		'biome',
		{
			'biome.json':
				'{ "formatter": { "lineWidth": 60 }, "javascript": { "formatter": { "semicolons": "asNeeded" } } }\n',
		},
	],
])(
	'writes db.ts as the %s of the project would, and previews just that',
	async (formatter, files) => {
		const cwd = projectWith(formatter, files);
		const preview = JSON.parse((await flue([...ADD, '--dry-run'], { cwd })).stdout);
		const applied = JSON.parse((await flue(ADD, { cwd })).stdout);
		expect(applied.status).toBe('applied');
		const planned = applied.steps.map((step: object) => ({ ...step, state: 'planned' }));
		expect(preview.steps).toEqual(planned);
		const text = readFileSync(join(cwd, 'src/db.ts'), 'utf8');
		expect(text).toMatch(/^\/\/ flue-blueprint: database\/redis@1\n/);
		expect(text).toContain('from "@flue/redis"\n');
		// The canonical loop is longer than 60 columns.
		expect(text).not.toContain('of commands) multi.addCommand');
		expect(JSON.parse((await flue(ADD, { cwd })).stdout).status).toBe('unchanged');
	},
);

it('refuses before anything changes when there is no formatter', async () => {
	const cwd = makeTree(PROJECT);
	const ran = await flue(ADD, { cwd });
	expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'FORMATTER_FAILED' });
	expect(ran.status).toBe(1);
	expect(readTree(cwd)).toEqual(PROJECT);
});

it('repeats what a failing formatter says and changes nothing', async () => {
	const cwd = projectWith('prettier', { '.prettierrc': '{ "parser": "nonsense" }\n' });
	const before = readTree(cwd);
	const { error } = JSON.parse((await flue(ADD, { cwd })).stdout);
	expect(error).toMatchObject({ code: 'FORMATTER_FAILED' });
	expect(error.message).toContain('nonsense');
	expect(readTree(cwd)).toEqual(before);
	expect(existsSync(join(cwd, 'src/db.ts'))).toBe(false);
});
