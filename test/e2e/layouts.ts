// The kinds of project that the end-to-end tests build: where files lie, who installs them, and what each test changes.
import { cpSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedFrom } from '../tools.ts';
import { addToTree, makeTree } from '../tree.ts';
import { flueProject, manifest } from './project.ts';
import { run } from './toolchain.ts';

export interface Layout {
	/** The whole tree: where the lockfile is. */
	top: string;
	/** The folder of the Flue project. */
	root: string;
	manager: 'npm' | 'pnpm';
	/** Where db.ts belongs. */
	entry: string;
}

/** A config module in the style of zod; the key of the database is what the command adds. */
const CONFIG = `import { z } from 'zod';

const schema = z.object({
	PORT: z.coerce.number().default(3000),
});

export const config = schema.parse(process.env);
`;

/** What the real `flue init` of @flue/cli 2.0.3 writes, with exact versions and the agent that needs no provider. */
async function scaffold(base: string): Promise<Layout> {
	const root = join(makeTree({}), 'app');
	const init = ['init', root, '--target', 'node', '--deploy'];
	await run(join(base, 'node_modules/.bin/flue'), init, { cwd: base });
	const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	addToTree(root, {
		// Its ranges let in two runtimes today, and its agent needs a provider.
		'package.json': manifest(name),
		'src/agents/hello.ts': flueProject(name)['src/agents/hello.ts'] ?? '',
	});
	return { top: root, root, manager: 'npm', entry: 'src/db.ts' };
}

function dotFlue(): Layout {
	const root = makeTree({
		...flueProject('dot-flue', '.flue/'),
		'package.json': manifest('dot-flue', {
			dependencies: { ...JSON.parse(manifest('x')).dependencies, zod: '4.6.7' },
		}),
		'.flue/config.ts': CONFIG,
		'.flue/port.ts': "import { config } from './config.ts';\n\nexport const port = config.PORT;\n",
		'.env': 'PORT=3000\n',
	});
	return { top: root, root, manager: 'npm', entry: '.flue/db.ts' };
}

function workspaceMember(): Layout {
	const files = Object.entries(flueProject('api')).map(([path, text]) => [
		`apps/api/${path}`,
		text,
	]);
	const top = makeTree({
		...Object.fromEntries(files),
		'package.json': '{ "name": "top", "private": true }\n',
		'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
		'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
		'.gitignore': 'node_modules/\ndist/\n',
		'apps/api/.env.example': 'ANTHROPIC_API_KEY=\n',
	});
	return { top, root: join(top, 'apps/api'), manager: 'pnpm', entry: 'src/db.ts' };
}

function plainRoot(): Layout {
	const root = makeTree({ ...flueProject('plain', ''), '.env': 'ANTHROPIC_API_KEY=\n' });
	return { top: root, root, manager: 'npm', entry: 'db.ts' };
}

/** `base` is the folder that `makeBase` gives. */
export const LAYOUTS: Record<string, (base: string) => Layout | Promise<Layout>> = {
	'what flue init writes': scaffold,
	'a .flue folder with a zod config module': dotFlue,
	'a member of a pnpm workspace': workspaceMember,
	'sources in the root, with .env': plainRoot,
};

/** A folder of one's own with what the projects of npm have in common, which npm installs once. The caller removes the folder. */
export function makeBase(): string {
	const installed = installedFrom(manifest('base'));
	const base = mkdtempSync(join(tmpdir(), 'flue-base-'));
	for (const name of ['package.json', 'package-lock.json'])
		cpSync(join(installed, name), join(base, name));
	symlinkSync(join(installed, 'node_modules'), join(base, 'node_modules'));
	return base;
}

/** The packages that a package.json names. */
function asksFor(folder: string): string {
	const { dependencies, devDependencies } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	return JSON.stringify([dependencies, devDependencies]);
}

/** Gives a project what it has before our command is run: packages and a lockfile. */
export async function installLayout(
	{ top, manager }: Layout,
	base: string,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	if (manager === 'pnpm') {
		await run('pnpm', ['install', '--no-frozen-lockfile'], { cwd: top, env });
		return;
	}
	const packages = realpathSync(join(base, 'node_modules'));
	await run('cp', ['-a', packages, join(base, 'package-lock.json'), top], { cwd: top });
	if (asksFor(top) === asksFor(base)) return;
	await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: top, env });
}
