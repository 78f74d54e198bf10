// Finds the programs that start Flue themselves, with start() of @flue/runtime/node: what they pass as `db` counts, no db.ts does.
import { join, posix } from 'node:path';
import { lineOf, type Morph, morph, parse } from '../../text/source.ts';
import { declarationOf, importOf } from '../code/declarations.ts';
import { makeImportResolver } from '../code/imports.ts';
import { unwrap } from '../code/nodes.ts';
import { readSource } from '../code/source-files.ts';
import { ifReadable, isDirectory, isFile, listNames, realPath } from '../files.ts';
import type { Place } from '../paths.ts';
import type { Manifest } from '../project.ts';
import { scriptCommands } from './scripts.ts';

/** A call of start(). */
export interface StartCall {
	/** E.g. `src/main.ts:12`. */
	from: string;
	/** Its file, relative to the project root. */
	path: string;
	/** The module of the project whose default export is passed as `db`, relative to the root; null when none is. */
	db: string | null;
}

interface Searched extends Place {
	sourceRoot: string;
	manifest: Manifest;
}

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

const NOT_SEARCHED =
	/^(?:\.(?!flue$).*|node_modules|dist|build|out|coverage|tests?|__tests__|fixtures)$/;
const SOURCE = /^(?!.*\.(?:d|test|spec|stories)\.)[^.].*\.m?[jt]sx?$/;
const MOST_FILES = 2000;
const MOST_FOLDERS = 500;

/** What is in a folder of the project's own package: files to search, and folders to go on with. */
function look(root: string, folder: string): { files: string[]; folders: string[] } {
	const names = ifReadable(() => listNames(join(root, folder))) ?? [];
	if (folder !== '' && names.includes('package.json')) return { files: [], folders: [] };
	const paths = names.map((name) => posix.join(folder, name));
	const isOwn = (path: string): boolean =>
		!SOURCE.test(posix.basename(path)) && !NOT_SEARCHED.test(posix.basename(path));
	return {
		files: paths.filter((path) => SOURCE.test(posix.basename(path))),
		folders: paths.filter((path) => isOwn(path) && isOwnFolder(join(root, path))),
	};
}

/** The source files of the project's own package, nearest first; links are not followed. */
function sourceFiles(root: string): string[] {
	const files: string[] = [];
	const folders = [''];
	for (let at = 0; at < folders.length && at < MOST_FOLDERS; at++) {
		const found = look(root, folders[at] ?? '');
		files.push(...found.files);
		folders.push(...found.folders);
		if (files.length > MOST_FILES) break;
	}
	return files.slice(0, MOST_FILES);
}

function isOwnFolder(path: string): boolean {
	return ifReadable(() => isDirectory(path) && realPath(path) === path) ?? false;
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

/** The object behind an argument that may be a constant. */
function objectOf(argument: Morph.Node | undefined): Morph.ObjectLiteralExpression | null {
	const { Node } = morph();
	const written = argument && unwrap(argument);
	const declaration = written && Node.isIdentifier(written) ? declarationOf(written) : undefined;
	const value =
		declaration && Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : written;
	const object = value && unwrap(value);
	return Node.isObjectLiteralExpression(object) ? object : null;
}

function dbOf(call: Morph.CallExpression): Morph.Node | undefined {
	const { Node } = morph();
	const property = objectOf(call.getArguments()[0])?.getProperty('db');
	if (Node.isShorthandPropertyAssignment(property)) return property.getNameNode();
	return Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
}

/** The expressions that a choice between several may come to, e.g. `isLive ? db : undefined`. */
function choicesIn(expression: Morph.Node | undefined): Morph.Node[] {
	const { Node } = morph();
	if (!expression) return [];
	const value = unwrap(expression);
	if (Node.isConditionalExpression(value))
		return [value.getWhenTrue(), value.getWhenFalse()].flatMap(choicesIn);
	if (Node.isBinaryExpression(value)) return [value.getLeft(), value.getRight()].flatMap(choicesIn);
	const declaration = (Node.isIdentifier(value) && declarationOf(value)) || undefined;
	const isConstant = Node.isVariableDeclaration(declaration) && importOf(declaration) === null;
	const initial = isConstant ? declaration.getInitializer() : undefined;
	return [initial ? unwrap(initial) : value];
}

/** The specifier of the module whose default export an expression is; null for any other. */
function defaultOf(value: Morph.Node): string | null {
	const { Node } = morph();
	const isMember = Node.isPropertyAccessExpression(value) && value.getName() === 'default';
	const whole = isMember ? unwrap(value.getExpression()) : value;
	const declaration = Node.isIdentifier(whole) ? declarationOf(whole) : whole;
	const origin = declaration && importOf(declaration);
	return origin?.name === (isMember ? '*' : 'default') ? origin.module : null;
}

type Resolve = (importer: string, specifier: string) => string | null;

/** The module of an import; of one that is not written yet, where it would be. */
function moduleOf(resolve: Resolve, importer: string, specifier: string): string | null {
	const unwritten = specifier.startsWith('.')
		? posix
				.join(posix.dirname(importer), specifier)
				.replace(/\.([cm]?)js$/, '.$1ts')
				.replace(/(?<!\.m?[jt]s)$/, '.ts')
		: null;
	const path = resolve(importer, specifier) ?? unwritten;
	return path === null || path.startsWith('..') ? null : path;
}

function startsIn(root: string, path: string, resolve: Resolve): StartCall[] {
	const text = readSource(join(root, path));
	if (!text?.includes('start') || !text.includes(MODULE)) return [];
	const calls = parse(path, text).getDescendantsOfKind(morph().SyntaxKind.CallExpression);
	return calls.filter(isStart).map((call) => {
		const specifiers = choicesIn(dbOf(call)).map(defaultOf);
		const modules = specifiers.map((one) => one && moduleOf(resolve, path, one));
		const db = modules.find((one) => one !== null) ?? null;
		return { from: `${path}:${lineOf(call)}`, path, db };
	});
}

/**
 * The calls of start() in the files that scripts run and in those of the usual names.
 * @param isWide every source file of the package is searched
 */
export function findStarts(project: Searched, isWide: boolean): StartCall[] {
	const { root, sourceRoot, manifest } = project;
	const usual = ['', sourceRoot].flatMap((folder) =>
		NAMES.flatMap((name) => ENDINGS.map((ending) => posix.join(folder, `${name}.${ending}`))),
	);
	const files = [...scriptedFiles(manifest), ...usual, ...(isWide ? sourceFiles(root) : [])];
	const resolve = makeImportResolver(project);
	return [...new Set(files)].flatMap((path) => startsIn(root, path, resolve));
}

/** Where a module for start({ db }) is proposed: where an adapter is already, else beside the call under a name that is free. */
export function proposedModule(root: string, { path }: StartCall, usual: string): string {
	const beside = (name: string): string => posix.join(posix.dirname(path), name);
	const isOurs = (one: string): boolean =>
		/from\s*['"]@flue\//.test(readSource(join(root, one)) ?? '');
	const places = [beside('db.ts'), beside('flue-db.ts')];
	const [, last = usual] = places;
	return (
		[usual, ...places].find((one) => one !== path && isOurs(one)) ??
		places.find((one) => !isFile(join(root, one))) ??
		last
	);
}
