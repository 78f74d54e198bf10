import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTools } from '../../../src/commands/add/tools.ts';
import type { ShowProgress } from '../../../src/commands/tools.ts';
import type { Warning } from '../../../src/model/found.ts';
import { fakeManager, INSTALLS } from '../../fake-manager.ts';
import { PROJECT } from '../../project.ts';
import { refusalOf } from '../../refusal.ts';
import { makeTree } from '../../tree.ts';
import { makeFacts, makeSettled } from '../../values.ts';

/** A display that writes down what it is told. */
function recorder() {
	const told: string[] = [];
	const show: ShowProgress = (label) => {
		told.push(`start ${label}`);
		return { output: (chunk) => told.push(chunk.trim()), stop: () => told.push('stop') };
	};
	return { told, show };
}

/** The seams of an install in a project, with a manager that does what the script says. */
function seamsWith(script: string, environment: Record<string, string> = {}) {
	const root = makeTree(PROJECT);
	const folder = makeTree({});
	const PATH = fakeManager(folder, 'npm', script);
	const { told, show } = recorder();
	const warnings: Warning[] = [];
	const project = { facts: makeFacts({ root, boundary: root }), choices: makeSettled() };
	const tools = makeTools({ PATH, ...environment }, show);
	const seams = tools.applySeams(project, new AbortController().signal, warnings);
	return { root, folder, told, warnings, seams };
}

const STEP = { kind: 'install', command: 'npm', args: ['install', '--no-audit'] } as const;
const INSTALL = { ...STEP, args: [...STEP.args] };

describe('makeTools', () => {
	it('tells whether a variable is there, an empty one too, and one that every object has not', () => {
		const tools = makeTools({ A: 'x', EMPTY: '', UNSET: undefined }, null);
		const names = ['A', 'EMPTY', 'UNSET', 'MISSING', 'constructor'];
		expect(names.map((name) => tools.isSet(name))).toEqual([true, true, false, false, false]);
	});

	it('passes on who started the program', () => {
		const tools = makeTools({ npm_config_user_agent: 'pnpm/10.0.0' }, null);
		expect(tools.userAgent).toBe('pnpm/10.0.0');
		expect(makeTools({}, null).userAgent).toBeUndefined();
	});

	it('refuses a manager that is not on PATH', () => {
		const tools = makeTools({ PATH: makeTree({}) }, null);
		const error = refusalOf(() => tools.requireManager('bun'));
		expect(error).toMatchObject({ code: 'MANAGER_MISSING', status: 1 });
		expect(error.hint).toContain('--no-install');
		expect(() =>
			makeTools({ PATH: fakeManager(makeTree({}), 'bun', '') }, null).requireManager('bun'),
		).not.toThrow();
	});

	it('asks git, and knows nothing without it or when it fails', async () => {
		const folder = makeTree({});
		const PATH = fakeManager(
			makeTree({}),
			'git',
			'if (process.argv[2] === "no") process.exit(1); console.log(process.cwd());',
		);
		const tools = makeTools({ PATH }, null);
		expect(await tools.askGit(['status'], folder)).toBe(`${folder}\n`);
		expect(await tools.askGit(['no'], folder)).toBeNull();
		expect(await makeTools({ PATH: makeTree({}) }, null).askGit(['status'], folder)).toBeNull();
	});
});

describe('the seams of an install', () => {
	it('run the manager in the project, with what it prints on the display', async () => {
		const { root, folder, told, seams } = seamsWith(`${INSTALLS}console.log('fetching');`);
		const result = await seams.install(INSTALL);
		expect(result.exitCode).toBe(0);
		expect(told).toEqual(['start npm install --no-audit', 'fetching', 'stop']);
		expect(readFileSync(join(folder, 'calls.txt'), 'utf8')).toBe('["install","--no-audit"]\n');
		expect(readFileSync(join(root, 'node_modules/redis/package.json'), 'utf8')).toContain('5.12.1');
		expect(() => seams.checkInstalled(INSTALL, result)).not.toThrow();
	});

	it('put the display away when there is no such manager', async () => {
		const { told, seams } = seamsWith('', { PATH: makeTree({}) });
		await expect(seams.install(INSTALL)).rejects.toMatchObject({ code: 'MANAGER_MISSING' });
		expect(told.at(-1)).toBe('stop');
	});

	it('turn a failure of the manager into an error', async () => {
		const { seams } = seamsWith("console.error('on fire'); process.exit(7);");
		const result = await seams.install(INSTALL);
		const error = refusalOf(() => seams.checkInstalled(INSTALL, result));
		expect(error.code).toBe('INSTALL_FAILED');
		expect(error.message).toContain('npm ended with status 7:\non fire');
	});

	it('refuse a success that installed nothing', async () => {
		const { seams } = seamsWith('');
		const result = await seams.install(INSTALL);
		expect(refusalOf(() => seams.checkInstalled(INSTALL, result)).code).toBe('INSTALL_FAILED');
	});

	it('collect what the check after the install has to say', async () => {
		const second = `
			mkdirSync('node_modules/@flue/redis/node_modules/@flue/runtime', { recursive: true });
			writeFileSync('node_modules/@flue/redis/node_modules/@flue/runtime/package.json', JSON.stringify({ name: '@flue/runtime', version: '2.1.0' }));`;
		const { seams, warnings } = seamsWith(INSTALLS + second);
		const result = await seams.install(INSTALL);
		seams.checkInstalled(INSTALL, result);
		expect(warnings.map(({ code }) => code)).toEqual(['RUNTIME_DUPLICATED']);
	});
});
