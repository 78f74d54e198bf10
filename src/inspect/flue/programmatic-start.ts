// Finds a program that starts Flue itself, with start() of @flue/runtime/node: it never loads db.ts.
import { join, posix } from 'node:path';
import { lineOf, type Morph, morph, parse } from '../../text/source.ts';
import { declarationOf, importOf } from '../code/declarations.ts';
import { readText } from '../files.ts';
import type { Manifest } from '../project.ts';
import { scriptCommands } from './scripts.ts';

const MODULE = '@flue/runtime/node';
const NAMES = ['index', 'server', 'main', 'app', 'start'];
const ENDINGS = ['ts', 'mts', 'js', 'mjs'];
const SCRIPTED_FILES = 10;

/** Source files that scripts run, e.g. `src/main.ts` of `tsx src/main.ts`; built files are left out. */
function scriptedFiles(manifest: Manifest): string[] {
	const words = scriptCommands(manifest).flatMap(({ text }) => text.split(/[\s"'=]+/));
	const files = words.filter((word) => /\.[cm]?[jt]s$/.test(word) && !/^(?:\/|-)|\.\./.test(word));
	const sources = files.filter((file) => !/(?:^|\/)(?:dist|build|out|node_modules)\//.test(file));
	return sources.map((file) => posix.normalize(file)).slice(0, SCRIPTED_FILES);
}

/** Whether a call is one of `start` from the module, under whatever name it was imported. */
function isStart(call: Morph.CallExpression): boolean {
	const { Node } = morph();
	const callee = call.getExpression();
	const isMember = Node.isPropertyAccessExpression(callee);
	const name = isMember ? callee.getExpression() : callee;
	const declaration = Node.isIdentifier(name) ? declarationOf(name) : null;
	const origin = declaration && importOf(declaration);
	if (origin?.module !== MODULE) return false;
	return isMember ? origin.name === '*' && callee.getName() === 'start' : origin.name === 'start';
}

function startIn(root: string, path: string): string | null {
	const text = readText(join(root, path));
	if (!text?.includes('start') || !text.includes(MODULE)) return null;
	const calls = parse(path, text).getDescendantsOfKind(morph().SyntaxKind.CallExpression);
	const call = calls.find(isStart);
	return call ? `${path}:${lineOf(call)}` : null;
}

/** Where a program of the project calls start(), e.g. `src/main.ts:12`; null when none of the usual entry files does. */
export function findProgrammaticStart(project: {
	root: string;
	sourceRoot: string;
	manifest: Manifest;
}): string | null {
	const { root, sourceRoot, manifest } = project;
	const usual = ['', sourceRoot].flatMap((folder) =>
		NAMES.flatMap((name) => ENDINGS.map((ending) => posix.join(folder, `${name}.${ending}`))),
	);
	for (const path of new Set([...scriptedFiles(manifest), ...usual])) {
		const place = startIn(root, path);
		if (place !== null) return place;
	}
	return null;
}
