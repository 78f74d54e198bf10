// Every blueprint there is: a file beside this one, and listed nowhere.
import type { Blueprint } from '../model/blueprint.ts';

declare global {
	interface ImportMeta {
		/** https://vite.dev/guide/features#glob-import, as much of it as is used. */
		glob<T>(patterns: string[], options: { eager: true; import: string }): Record<string, T>;
	}
}

/**
 * By name. Vitest, which runs the sources, puts imports in the place of the call; so that the program searches no disk
 * either, esbuild.config.js puts the same into the place of this module.
 */
export const BLUEPRINTS: readonly Blueprint[] = Object.values(
	import.meta.glob<Blueprint>(['./*.ts', '!./{index,found}.ts'], {
		eager: true,
		import: 'blueprint',
	}),
);
