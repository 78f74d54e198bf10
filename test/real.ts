// Which test files need more than this checkout: told by what they import, so that nobody keeps a list.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Whoever reaches one of these starts servers, package managers, shells, another Node, or the built program. */
const GATES = [
	'adapter/test/servers.ts',
	'test/managers.ts',
	'test/node22.ts',
	'test/program.ts',
	'@lydell/node-pty',
];

/** The test files that the quick run leaves out, as paths from the root of the repository. */
export function realTests(root: string): string[] {
	const known = new Map<string, boolean>();
	const reaches = (path: string): boolean => {
		if (GATES.includes(path)) return true;
		// Said before its imports are followed, which may lead back here.
		if (!known.has(path)) {
			known.set(path, false);
			known.set(path, importsOf(root, path).some(reaches));
		}
		return known.get(path) ?? false;
	};
	return testFiles(root).filter(reaches);
}

/** Every test file, as a path from the root of the repository. */
export function testFiles(root: string): string[] {
	const names = readdirSync(`${root}/test`, { recursive: true, encoding: 'utf8' });
	const paths = names.map((name) => `test/${name.replaceAll('\\', '/')}`);
	return paths.filter((path) => path.endsWith('.test.ts')).sort();
}

function importsOf(root: string, path: string): string[] {
	if (!path.endsWith('.ts') || !existsSync(`${root}/${path}`)) return [];
	const text = readFileSync(`${root}/${path}`, 'utf8');
	return [...text.matchAll(/^(?:import|export)\s(?:[^;]*?\sfrom\s)?'([^']+)'/gm)].map(
		([, name = '']) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name),
	);
}
