// What holds of the repository as a whole: what stands at its root, and what its tests may not do.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { realTests, testFiles } from './real.ts';
import { makeTree } from './tree.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What the tests are made of, this file left out. */
const SOURCES = ['test', 'adapter/test', 'adapter/bench'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && name !== 'repository.test.ts')
		.map((name) => join(folder, name)),
);

/** Everything else has a folder: whoever opens the repository reads this list first. */
const AT_THE_ROOT = [
	'.ci/',
	'.editorconfig',
	'.gitattributes',
	'.github/',
	'.gitignore',
	'.npmrc',
	'AGENTS.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'LICENSE',
	'README.md',
	'adapter/',
	'bin/',
	'biome.json',
	'build/',
	'docs/',
	'esbuild.config.js',
	'findings/',
	'fixtures/',
	'knip.json',
	'package-lock.json',
	'package.json',
	'skills/',
	'src/',
	'templates/',
	'test/',
	'tsconfig.json',
	'vitest.config.ts',
];

it('has at its root what is listed here, and nothing that was left behind', () => {
	const paths = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
	const names = paths.split('\0').map((path) => path.replace(/\/.*/, '/'));
	expect([...new Set(names)].filter(Boolean).sort()).toEqual(AT_THE_ROOT);
});

it('lets no test name a folder of one machine', () => {
	const folders =
		/(?<![\w.$}\]*])\/(?:tmp|root|work|opt|Users|usr\/(?:local\/)?bin(?!\/env\b)|home\/(?!(?:you|me|x|canary)\b))\b/;
	const named = SOURCES.flatMap((path) =>
		readFileSync(join(ROOT, path), 'utf8')
			.split('\n')
			.filter((line) => folders.test(line) && !line.startsWith('#!'))
			.map((line) => `${path}: ${line.trim()}`),
	);
	expect(named).toEqual([]);
});

it('leaves out of the quick run what starts servers, managers, shells or the program, however far away', () => {
	const root = makeTree({
		'test/thinks.test.ts':
			"import { expect } from 'vitest';\nimport { value } from './values.ts';\n",
		'test/values.ts': "import { back } from './round.ts';\n// import './managers.ts'\n",
		'test/round.ts': "export { value } from './values.ts';\n",
		'test/a/starts.test.ts': "import { one } from '../through.ts';\n",
		'test/through.ts': "import {\n\ttwo,\n} from './further.ts';\nexport const one = two;\n",
		'test/further.ts': "export * from '../adapter/test/servers.ts';\n",
		'test/types.test.ts': "import '@lydell/node-pty';\n",
	});
	expect(realTests(root)).toEqual(['test/a/starts.test.ts', 'test/types.test.ts']);
	expect(testFiles(root)).toHaveLength(3);
});

it('says in the closing lines why a test was skipped, and nothing of those that were not asked for', () => {
	const root = makeTree({
		'package.json': '{ "type": "module" }\n',
		'vitest.config.ts': `import { SkipReporter } from ${JSON.stringify(join(ROOT, 'test/reporter.ts'))};
export default { test: { reporters: [new SkipReporter()] } };
`,
		'a.test.ts': `import { describe, it } from 'vitest';
describe('here', () => {
	it('needs a moon', ({ skip }) => skip(true, 'there is none'));
	it('needs a sun', ({ skip }) => skip(false, 'there is none'));
});
it('is not asked for', () => {});
`,
	});
	symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
	const program = join(ROOT, 'node_modules/vitest/vitest.mjs');
	const args = ['run', '--root', root, '-t', 'here'];
	const told = execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' });
	expect(told).toBe('skipped: here > needs a moon: there is none\n');
});

it('has its limits of time in one place', () => {
	const own = /\btimeout: [\d_]+\b(?! ms)|^\t*\}, \d[\d_]{3,}\);$/m;
	const limits = SOURCES.filter((path) => own.test(readFileSync(join(ROOT, path), 'utf8')));
	expect(limits).toEqual([]);
});

it('skips no test without a reason', () => {
	const without = /\b(?:it|test|describe)\.(?:skip|todo|runIf|skipIf)\b|\bskip\(\)/;
	const skips = SOURCES.filter((path) => without.test(readFileSync(join(ROOT, path), 'utf8')));
	expect(skips).toEqual([]);
});
