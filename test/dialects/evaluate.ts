// Runs config modules in this process: what they export in an environment of their own. For tests that run thousands of them.
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';
import type { Access } from '../../src/model/key-plan.ts';

const load = createRequire(import.meta.url);

export type Environment = Record<string, string | undefined>;

class Exit extends Error {}

/** What the module at `main` exports. `files` are the texts of the project by path. */
export function evaluate(
	files: Record<string, string>,
	main: string,
	env: Environment,
): Record<string, unknown> {
	const loaded = new Map<string, { exports: Record<string, unknown> }>();
	const process = {
		env: { ...env },
		exit() {
			throw new Exit('process.exit');
		},
	};
	const run = (path: string): Record<string, unknown> => {
		const before = loaded.get(path);
		if (before) return before.exports;
		const module = { exports: {} as Record<string, unknown> };
		loaded.set(path, module);
		// Much quicker than TypeScript, which makes a type checker for each text.
		const { code } = transformSync(files[path] ?? '', {
			loader: 'ts',
			format: 'cjs',
			target: 'es2022',
		});
		const requires = (name: string): unknown => {
			if (/^(?:node:)?process$/.test(name)) return process;
			if (!name.startsWith('.')) return load(name);
			const target = posix.join(posix.dirname(path), name);
			return run(
				[target, `${target}.ts`, target.replace(/\.js$/, '.ts')].find((one) => one in files) ?? '',
			);
		};
		compileFunction(code, ['exports', 'require', 'process', 'console', 'module'])(
			module.exports,
			requires,
			process,
			{ error() {}, log() {}, warn() {} },
			module,
		);
		return module.exports;
	};
	return run(main);
}

/** What db.ts reads by `access`. */
export function readBy(access: Access, exports: Record<string, unknown>): unknown {
	if (access.import === null) return null;
	const { kind, name } = access.import;
	const whole = { named: exports[name], default: exports.default, namespace: exports }[kind];
	return compileFunction(`return ${access.expression};`, [name, 'process'])(whole, { env: {} });
}
