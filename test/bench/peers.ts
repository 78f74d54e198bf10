// The fastest published peers, installed into a cache, each with its job that is nearest to ours: an add without an install.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node22 } from '../node22.ts';
import type { Subject } from './program.ts';

const CACHE = fileURLToPath(new URL('../node_modules/.tools/peers', import.meta.url));

interface Peer {
	/** Exact, so that two runs measure the same. */
	packages: Record<string, string>;
	/** The program below node_modules, or in the project. */
	program: string;
	args: string[];
	/** The project that it is run in. */
	files: Record<string, string>;
	/** The project needs the peer's packages beside it. */
	isLinked?: true;
}

const PEERS: Record<string, Peer> = {
	'sv add prettier --no-install': {
		packages: { sv: '0.17.1' },
		program: 'sv/dist/bin.mjs',
		args: ['add', 'prettier', '--no-install', '--no-git-check'],
		files: {
			'package.json':
				'{ "name": "app", "private": true, "type": "module", "devDependencies": { "@sveltejs/kit": "^2.0.0", "svelte": "^5.0.0", "vite": "^8.0.0" } }\n',
			'svelte.config.js': 'export default {};\n',
			'vite.config.ts':
				"import { sveltekit } from '@sveltejs/kit/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [sveltekit()] });\n",
		},
	},
	'nuxi module add --skipInstall': {
		packages: { nuxi: '3.37.0' },
		program: 'nuxi/bin/nuxi.mjs',
		args: ['module', 'add', '@pinia/nuxt', '--skipInstall'],
		files: {
			'package.json':
				'{ "name": "app", "private": true, "type": "module", "dependencies": { "nuxt": "4.0.0" } }\n',
			'nuxt.config.ts':
				"export default defineNuxtConfig({\n  compatibilityDate: '2025-07-15',\n})\n",
		},
	},
	'node ace configure @adonisjs/redis': {
		packages: {
			'@adonisjs/assembler': '8.5.2',
			'@adonisjs/core': '7.5.2',
			'@adonisjs/redis': '*',
			'@adonisjs/tsconfig': '*',
			'reflect-metadata': '*',
			typescript: '5.9.3',
		},
		program: 'ace.js',
		args: ['configure', '@adonisjs/redis', '--force'],
		isLinked: true,
		files: {
			'package.json': '{ "name": "app", "private": true, "type": "module" }\n',
			'ace.js': `import 'reflect-metadata';
import { Ignitor, prettyPrintError } from '@adonisjs/core';

const root = new URL('./', import.meta.url);
const importer = (path) => import(path.startsWith('.') ? new URL(path, root).href : path);
new Ignitor(root, { importer })
	.ace()
	.handle(process.argv.slice(2))
	.catch((error) => {
		process.exitCode = 1;
		prettyPrintError(error);
	});
`,
			...Object.fromEntries(
				['adonisrc.js', 'adonisrc.ts'].map((path) => [
					path,
					`import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  commands: [() => import('@adonisjs/core/commands')],
  providers: [() => import('@adonisjs/core/providers/app_provider')],
  preloads: [],
})
`,
				]),
			),
			'start/env.ts':
				"import { Env } from '@adonisjs/core/env'\n\nexport default await Env.create(new URL('../', import.meta.url), {\n  PORT: Env.schema.number(),\n})\n",
			'.env': 'PORT=3333\n',
			'tsconfig.json': '{ "extends": "@adonisjs/tsconfig/tsconfig.app.json" }\n',
		},
	},
};

/** Installs a peer on first use, without its install scripts, and writes the project that it is run in. */
function prepare(name: string, peer: Peer): Subject {
	const home = join(CACHE, name.replace(/[^\w.-]+/g, '_'));
	const modules = join(home, 'node_modules');
	const project = join(home, 'project');
	if (!existsSync(modules)) {
		mkdirSync(home, { recursive: true });
		const manifest = { private: true, dependencies: peer.packages };
		writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
		const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
		const PATH = `${dirname(node22())}:${process.env.PATH}`;
		execFileSync('npm', args, { cwd: home, stdio: 'ignore', env: { ...process.env, PATH } });
	}
	rmSync(project, { recursive: true, force: true });
	for (const [path, text] of Object.entries(peer.files)) {
		mkdirSync(dirname(join(project, path)), { recursive: true });
		writeFileSync(join(project, path), text);
	}
	const program = peer.isLinked ? peer.program : join(modules, peer.program);
	return {
		name,
		args: [program, ...peer.args],
		project: { beside: 0, below: false, from: project, ...(peer.isLinked ? { modules } : {}) },
	};
}

/** The peers that can be had and run; of the others, why not. */
export function preparePeers(): { subjects: Subject[]; absent: string[] } {
	const subjects: Subject[] = [];
	const absent: string[] = [];
	for (const [name, peer] of Object.entries(PEERS)) {
		try {
			subjects.push(prepare(name, peer));
		} catch (error) {
			absent.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
		}
	}
	return { subjects, absent };
}
