import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvFacts } from '../../../src/inspect/secrets/env-files.ts';
import { addEnvKey, planEnvFiles } from '../../../src/plan/env-file.ts';
import { addToTree, makeTree } from '../../tree.ts';

const CANARY = 'canary-4f1d';

function read(root: string, boundary = root) {
	return readEnvFacts({ root, boundary, gitRoot: null });
}

/** `role path` of every file that may be edited. */
function editable(root: string, boundary = root): string[] {
	return read(root, boundary).fact.files.map(({ role, path }) => `${role} ${path}`);
}

function codes(root: string, boundary = root): string[] {
	return read(root, boundary).warnings.map(({ code }) => code);
}

describe('the files that may be edited', () => {
	it.each([
		'.env.example',
		'.env.sample',
		'.env.template',
		'.env.schema',
		'example.env',
		'env.example',
		'.env.production.example',
		'.env.local.example',
		'.env.example.local',
		'.env.dist',
		'.env-example',
		'.env_example',
		'sample.env',
		'env.template',
		'example.env.local',
		'docker.env.example',
		'environment.example',
		'.env.example.txt',
	])('are examples such as %s', (name) => {
		expect(editable(makeTree({ [name]: 'A=\n' }))).toEqual([`example ${name}`]);
	});

	it.each([
		['.env', 'private'],
		['.env.local', 'private'],
		['.dev.vars', 'dev-vars'],
		['.dev.vars.example', 'dev-vars-example'],
	])('include %s as %s', (name, role) => {
		expect(editable(makeTree({ [name]: 'A=1\n' }))).toEqual([`${role} ${name}`]);
	});

	it.each([
		'.env.production',
		'.env.development.local',
		'.envrc',
		'.envrc.example',
		'.dev.vars.production',
		'.env.bak',
		'.env.example.bak',
		'.env~',
		'.env.swp',
		'env.d.ts',
		'env.example.ts',
		'env.example.json',
		'env.sample.md',
		'.env.example.yml',
		'environment',
		'environments-sample.sh',
		'schema.prisma',
		'prevent.example',
	])('leave out %s', (name) => {
		expect(editable(makeTree({ [name]: 'A=1\n' }))).toEqual([]);
	});

	it.each(['Copy this file.\nA=1\n', '{ "A": 1 }\n', ''])(
		'leave out an odd name over %j',
		(text) => {
			expect(editable(makeTree({ 'env.template': text }))).toEqual([]);
		},
	);

	it('take an empty .env.example and an empty .env', () => {
		expect(editable(makeTree({ '.env.example': '', '.env': '' }))).toEqual([
			'example .env.example',
			'private .env',
		]);
	});

	it('are examples first, then one private file', () => {
		const files = {
			'.env': '',
			'.env.local': '',
			'.env.example': '',
			'.env.test.example': '',
			'.dev.vars': 'A=1\n',
		};
		expect(editable(makeTree(files))).toEqual([
			'example .env.example',
			'example .env.test.example',
			'private .env',
			'dev-vars .dev.vars',
		]);
	});

	it('take .env.local where .env is a folder, as Python makes it', () => {
		const root = makeTree({ '.env/bin/activate': 'A=1', '.env.local': 'B=1\n' });
		expect(editable(root)).toEqual(['private .env.local']);
		expect(read(root).fact.present).toEqual({ B: ['.env.local'] });
	});

	it('stand at the root of the project, not in its folders', () => {
		expect(editable(makeTree({ 'src/.env.example': 'A=', 'docker/.env': 'A=1' }))).toEqual([]);
	});

	it('have their text untouched', () => {
		const text = '\uFEFFA=1\r\nB="x"';
		expect(read(makeTree({ '.env': text })).fact.files[0]?.text).toBe(text);
	});
});

describe('a workspace', () => {
	it('lends its example to a project that has none, and nothing else', () => {
		const boundary = makeTree({
			'.env.example': 'A=\n',
			'.env': 'B=1\n',
			'.dev.vars': 'C=1\n',
			'apps/a/package.json': '{}',
		});
		const root = join(boundary, 'apps/a');
		expect(editable(root, boundary)).toEqual(['example ../../.env.example']);
		expect(read(root, boundary).fact.present).toEqual({ A: ['../../.env.example'] });
	});

	it('keeps its example where the project has its own', () => {
		const boundary = makeTree({
			'.env.example': 'A=\n',
			'apps/a/.env.sample': 'B=\n',
			'apps/a/.env': '',
		});
		expect(editable(join(boundary, 'apps/a'), boundary)).toEqual([
			'example .env.sample',
			'private .env',
		]);
	});
});

describe('the names that are present', () => {
	it('come from every env file, set, exported or commented out, and once a file', () => {
		const root = makeTree({
			'.env': `SET=${CANARY}\nexport EXPORTED=1\n# COMMENTED=${CANARY}\n#TIGHT=1\n  INDENTED = 1\nSET=2\n`,
			'.env.local': 'SET=3\n',
			'.env.production': "QUOTED='a\nINSIDE=1\n'\n",
			'.dev.vars': 'VARS="x"\n',
			'.envrc': 'dotenv\nexport DIRENV=$(pass x)\n',
			'.env.example': '\uFEFFFIRST=\r\nSET=\r\n',
		});
		const { present } = read(root).fact;
		expect(present).toEqual({
			SET: ['.env', '.env.example', '.env.local'],
			EXPORTED: ['.env'],
			COMMENTED: ['.env'],
			TIGHT: ['.env'],
			INDENTED: ['.env'],
			QUOTED: ['.env.production'],
			VARS: ['.dev.vars'],
			DIRENV: ['.envrc'],
			FIRST: ['.env.example'],
		});
		expect(JSON.stringify(present)).not.toContain(CANARY);
	});

	it('include an exported empty key, whose name Node 22 reports with its `export`', () => {
		expect(
			Object.keys(read(makeTree({ '.env': 'export REDIS_URL=\nA=1\n' })).fact.present),
		).toEqual(['REDIS_URL', 'A']);
	});

	it('do not include names in prose, in backups or in other syntaxes', () => {
		const root = makeTree({
			'.env': '# Set REDIS_URL=redis://… here\n# REDIS_URL is optional\n',
			'.env.bak': 'REDIS_URL=1\n',
			'env.json': '{"REDIS_URL": "x"}',
		});
		expect(read(root).fact.present).toEqual({});
	});
});

describe('files that are never edited', () => {
	it.each([
		['.env', 'DOTENV_PUBLIC_KEY="02"\nREDIS_URL="encrypted:BAb="\n'],
		['.env', 'REDIS_URL=ENC[AES256_GCM,data:x]\nsops_version=3.8.1\n'],
		['.env', '$ANSIBLE_VAULT;1.1;AES256\n6162\n'],
		['.env.vault', 'DOTENV_VAULT=x\n'],
		['.env.keys', 'DOTENV_PRIVATE_KEY=x\n'],
	])('are encrypted ones: %s with %j', (name, text) => {
		const root = makeTree({ [name]: text });
		expect(editable(root)).toEqual([]);
		expect(codes(root)).toEqual(['ENV_ENCRYPTED']);
	});

	it('are named in one warning, beside which a plain example is edited', () => {
		const root = makeTree({
			'.env': 'A=encrypted:x\n',
			'.env.vault': 'x',
			'.env.keys': 'x',
			'.env.example': 'A=\n',
			'.env.local': 'B=1\n',
		});
		expect(editable(root)).toEqual(['example .env.example']);
		expect(read(root).warnings[0]?.message).toMatch(/^\.env, \.env\.keys, \.env\.vault /);
		expect(Object.keys(read(root).fact.present)).toContain('A');
	});

	it('are links that lead out, whose names still count', () => {
		const outside = makeTree({ secret: `REDIS_URL=${CANARY}\n` });
		const root = makeTree({});
		symlinkSync(join(outside, 'secret'), join(root, '.env'));
		expect(editable(root)).toEqual([]);
		expect(codes(root)).toEqual(['ENV_OUTSIDE']);
		expect(read(root).fact.present).toEqual({ REDIS_URL: ['.env'] });
	});

	it('are not links that stay inside', () => {
		const boundary = makeTree({ 'shared.env': 'A=1\n', 'app/package.json': '{}' });
		symlinkSync('../shared.env', join(boundary, 'app/.env'));
		expect(editable(join(boundary, 'app'), boundary)).toEqual(['private .env']);
	});

	it('are second names of a file', () => {
		const root = makeTree({ '.env.example': 'A=\n' });
		symlinkSync('.env.example', join(root, '.env.sample'));
		symlinkSync('.env.example', join(root, '.env'));
		expect(editable(root)).toEqual(['example .env.example']);
	});

	it.each([
		['not UTF-8', Buffer.from([0x41, 0x3d, 0xff, 0xfe])],
		['UTF-16', Buffer.from('\uFEFFA=1\n', 'utf16le')],
		['binary', Buffer.from('A=\0\n')],
		['very large', Buffer.from('A=1\n'.repeat(60_000))],
	])('are %s ones', (_, bytes) => {
		const root = makeTree({ '.env.local': 'A=1\n' });
		writeFileSync(join(root, '.env'), bytes);
		expect(editable(root)).toEqual([]);
		expect(codes(root)).toEqual(['ENV_UNREADABLE']);
	});

	it.each(['.env', 'nowhere'])('are links that end in a circle or nowhere: %s', (target) => {
		const root = makeTree({ '.env.example': 'A=\n' });
		symlinkSync(target, join(root, '.env'));
		expect(editable(root)).toEqual(['example .env.example']);
		expect(codes(root)).toEqual(['ENV_UNREADABLE']);
	});
});

describe('ENV_NOT_IGNORED', () => {
	const files = {
		'.env': `A=${CANARY}\n`,
		'.env.example': 'A=\n',
		'.dev.vars': 'A=1\n',
		'.dev.vars.example': 'A=\n',
	};
	const at = (root: string) => readEnvFacts({ root, boundary: root, gitRoot: root });

	it('is for private files that git would take', () => {
		const { warnings, fact } = at(makeTree({ ...files, '.git/': '' }));
		expect(warnings.map(({ code, message }) => `${code} ${message.split(' ')[0]}`)).toEqual([
			'ENV_NOT_IGNORED .env',
			'ENV_NOT_IGNORED .dev.vars',
		]);
		expect(fact.files.map(({ ignored }) => ignored)).toEqual([false, false, false, false]);
		expect(JSON.stringify(warnings)).not.toContain(CANARY);
	});

	it('is not for ignored ones', () => {
		const root = makeTree({ ...files, '.gitignore': '.env\n.dev.vars\n' });
		expect(at(root).warnings).toEqual([]);
		addToTree(root, { '.gitignore': '.env\n' });
		expect(at(root).warnings.map(({ code }) => code)).toEqual(['ENV_NOT_IGNORED']);
	});

	it('is not known outside a repository', () => {
		const root = makeTree(files);
		expect(read(root).warnings).toEqual([]);
		expect(read(root).fact.files[0]?.ignored).toBeNull();
	});
});

describe('from the tree to the edit', () => {
	const plan = (root: string, boundary = root) =>
		planEnvFiles(read(root, boundary).fact, { variable: 'REDIS_URL', convention: 'env' });

	it('does what flue init leaves room for', () => {
		const root = makeTree({ '.env': 'ANTHROPIC_API_KEY=""\n' });
		expect(plan(root).steps.map(({ after }) => after)).toEqual([
			'ANTHROPIC_API_KEY=""\nREDIS_URL=""\n',
		]);
	});

	it('never hides an exported production address', () => {
		const root = makeTree({
			'.env': `export REDIS_URL=rediss://${CANARY}\n`,
			'.env.example': 'A=\n',
		});
		expect(plan(root).steps.map(({ path }) => path)).toEqual(['.env.example']);
	});

	it('does nothing on the second run', () => {
		const root = makeTree({
			'.env': 'A=1\r\n',
			'.env.example': '# A=\n',
			'.env.sample': 'export A=',
		});
		const { steps } = plan(root);
		expect(steps).toHaveLength(3);
		addToTree(root, Object.fromEntries(steps.map(({ path, after }) => [path, after])));
		expect(plan(root)).toEqual({ steps: [], warnings: [] });
	});

	it('creates nothing', () => {
		expect(plan(makeTree({ 'package.json': '{}' }))).toEqual({ steps: [], warnings: [] });
	});

	it('shows no value in a warning', () => {
		const root = makeTree({
			'.env': `\uFEFF=${CANARY}\n`,
			'.env.local': `A=encrypted:${CANARY}\n`,
		});
		const said = [...read(root).warnings, ...plan(root).warnings];
		expect(JSON.stringify(said)).not.toContain(CANARY);
		expect(addEnvKey('A=1', 'B')).toBe('A=1\nB=');
	});
});

it('takes the env files of the folder that Flue takes for the project before those beside it', () => {
	const root = makeTree({ '.env': 'A=1\n', '.env.example': 'A=\n', 'app/.env': 'B=1\n' });
	const { fact } = readEnvFacts({ root, boundary: root, gitRoot: null, folder: 'app' });
	expect(fact.files.map(({ path }) => path)).toEqual(['.env.example', 'app/.env']);
	expect(fact.present).toEqual({ A: ['.env', '.env.example'], B: ['app/.env'] });
});
