// Names, arguments and foreign output hold what a terminal would obey: the program shows it as text.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fakeManager } from './fake-manager.ts';
import { cleanEnvironment, flue } from './program.ts';
import { PROJECT } from './project.ts';
import { addToTree, makeTree } from './tree.ts';

/** Clears the screen, is taken back, rings, and ends in a C1 that begins an escape of its own. */
const EVIL = '\u001b[2J\r\u0008\u0007\u007f\u009b31m';
const ADD = ['add', 'database', 'redis'];
const RUNS = `process.stderr.write('npm error ' + JSON.parse(${JSON.stringify(JSON.stringify(`${EVIL}x`))}) + '\\n'); process.exit(1);`;

interface Case {
	args?: string[];
	files?: Record<string, string>;
	folder?: string;
	script?: string;
	/** How it is told then. */
	text: string;
}

const CASES: [string, Case][] = [
	['a command', { args: [`ad${EVIL}d`], text: 'BAD_USAGE' }],
	['a topic of help', { args: ['help', `x${EVIL}`], text: 'There is no help about' }],
	['an option', { args: [...ADD, `--x${EVIL}`], text: 'BAD_USAGE' }],
	['a kind', { args: ['add', `data${EVIL}base`], text: 'There is no blueprint kind' }],
	['a name', { args: ['add', 'database', `red${EVIL}`], text: 'There is no database blueprint' }],
	['a kind to verify', { args: ['verify', `data${EVIL}`], text: 'There is no blueprint kind' }],
	['the value of an option', { args: [...ADD, '--adapter', `./${EVIL}`], text: '--adapter' }],
	[
		'the folder of the project',
		{ folder: `in${EVIL}`, text: 'in\\u001b[2J\\r\\u0008\\u0007\\u007f\\u009b31m' },
	],
	[
		'the target',
		{
			files: { 'flue.config.ts': `export default { target: ${JSON.stringify(EVIL)} };\n` },
			text: 'flue.config.ts',
		},
	],
	[
		'the place of db.ts',
		{
			files: {
				'flue.config.ts': `export default { target: 'node', db: ${JSON.stringify(`./${EVIL}.ts`)} };\n`,
			},
			text: 'flue.config.ts',
		},
	],
	[
		'an importer of the entry',
		{
			files: {
				'src/db.ts': 'export const x = 1;\nexport default x;\n',
				[`src/a${EVIL}.ts`]: "import { x } from './db.ts';\nx;\n",
			},
			text: 'it also exports x',
		},
	],
	['what the manager prints', { script: RUNS, text: 'INSTALL_FAILED' }],
];

it.each(CASES)('shows control characters in %s as text', async (_, one) => {
	const base = makeTree({});
	const cwd = join(base, one.folder ?? 'app');
	addToTree(cwd, { ...PROJECT, ...one.files });
	const PATH = fakeManager(makeTree({}), 'npm', one.script ?? '');
	const args = one.args ?? [...ADD, ...(one.script ? [] : ['--no-install', '--dry-run'])];
	for (const environment of [{}, { FORCE_COLOR: '0', DEBUG: '1' }]) {
		const ran = await flue(args, { cwd, env: cleanEnvironment({ PATH, ...environment }) });
		const output = ran.stdout + ran.stderr;
		expect(output).toContain(one.text);
		expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
	}
});
