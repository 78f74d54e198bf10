// Adds dependencies to the text of a package.json and leaves every other byte as it was. Pure.
import { FlueError } from '../errors.ts';
import { faultIn, type JsonNode, parseJson, parseJsonTree } from '../text/jsonc.ts';
import {
	endOf,
	insertProperty,
	keyOf,
	properties,
	readLayout,
	removeProperty,
	valueOfKey,
} from './json-text.ts';
import { spliceText } from './splice.ts';

export interface Dependency {
	name: string;
	spec: string;
	/** The section that holds it and keeps it; absent: `dependencies`. */
	field?: string;
}

// npm lets an optional entry win over a plain one, and a production install leaves the other out.
const MOVED_FROM = ['devDependencies', 'optionalDependencies'];

// `dependencies` conventionally stands before these; otherwise it goes to the end, where npm puts it.
const LATER_SECTIONS = [
	'devDependencies',
	'peerDependencies',
	'peerDependenciesMeta',
	'optionalDependencies',
	'bundleDependencies',
	'overrides',
	'resolutions',
];

function unreadable(reason: string): FlueError {
	return new FlueError('UNREADABLE_PROJECT', `package.json ${reason}.`, { path: 'package.json' });
}

function checkKeys(object: JsonNode, owner: string): void {
	const keys = properties(object).map(keyOf);
	const twice = keys.find((key, position) => keys.indexOf(key) !== position);
	if (twice !== undefined) throw unreadable(`has the key "${twice}" twice${owner}`);
}

function parseManifestText(text: string): JsonNode {
	const root = parseJsonTree(text);
	if (!root) throw unreadable('does not hold a JSON object');
	checkKeys(root, '');
	return root;
}

function findSection(root: JsonNode, name: string): JsonNode | undefined {
	const section = valueOfKey(root, name);
	if (!section) return undefined;
	if (section.type !== 'object') throw unreadable(`has a "${name}" that is not an object`);
	checkKeys(section, ` in "${name}"`);
	return section;
}

/** Where in the list a new name goes: in its place when the list is sorted, else last. */
function positionFor(names: string[], name: string): number {
	const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
	const byLanguage = (a: string, b: string): number => a.localeCompare(b, 'en');
	for (const compare of [byText, byLanguage]) {
		if ([...names].sort(compare).some((one, index) => one !== names[index])) continue;
		const next = names.findIndex((one) => compare(one, name) > 0);
		return next === -1 ? names.length : next;
	}
	return names.length;
}

/** The object that stands below these names, one in the other; nothing where one of them is not there. */
function sectionAt(text: string, path: readonly string[]): JsonNode | undefined {
	const root: JsonNode | undefined = parseManifestText(text);
	return path.reduce<JsonNode | undefined>(
		(object, name) => object && findSection(object, name),
		root,
	);
}

/** The text with an empty object in the place of the last name, where there is none. */
function withSection(text: string, path: readonly string[]): string {
	if (sectionAt(text, path)) return text;
	const [outer, section] = [path.slice(0, -1), path.at(-1) ?? ''];
	const around = outer.length > 0 ? withSection(text, outer) : text;
	const object = sectionAt(around, outer);
	if (!object) return text;
	const keys = properties(object).map(keyOf);
	const later = keys.findIndex((key) => LATER_SECTIONS.includes(key));
	const isLast = later === -1 || section !== 'dependencies';
	const position = isLast ? keys.length : later;
	const source = `${JSON.stringify(section)}${readLayout(around).colon}{}`;
	return insertProperty(around, object, { source, position, depth: path.length });
}

function withoutOtherSections(text: string, name: string): string {
	return MOVED_FROM.reduce((current, field) => {
		const section = findSection(parseManifestText(current), field);
		return section ? removeProperty(current, section, name) : current;
	}, text);
}

function addOne(text: string, dependency: Dependency): string {
	const { name, field = 'dependencies' } = dependency;
	const alone = field === 'dependencies' ? withoutOtherSections(text, name) : text;
	return setInSection(alone, [field], dependency);
}

/** Sets one entry of a section, such as `overrides` or `pnpm` and in it `overrides`; what is not there of the section is made. */
export function setInSection(
	original: string,
	path: readonly string[],
	{ name, spec }: Dependency,
): string {
	const text = withSection(original, path);
	const section = sectionAt(text, path);
	if (!section) return text;
	const value = JSON.stringify(spec);
	const present = valueOfKey(section, name);
	if (present) {
		if (present.value === spec) return text;
		return spliceText(text, [{ start: present.offset, end: endOf(present), text: value }]);
	}
	const source = `${JSON.stringify(name)}${readLayout(text).colon}${value}`;
	const position = positionFor(properties(section).map(keyOf), name);
	return insertProperty(text, section, { source, position, depth: path.length + 1 });
}

/** Takes packages out of `dependencies`; a section that held nothing else goes with them. */
export function removeDependencies(text: string, names: readonly string[]): string {
	const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
	const after = names.reduce((current, name) => {
		const section = findSection(parseManifestText(current), 'dependencies');
		return section ? removeProperty(current, section, name) : current;
	}, text.slice(mark.length));
	const root = parseManifestText(after);
	const rest = findSection(root, 'dependencies');
	const isEmpty = names.length > 0 && rest !== undefined && properties(rest).length === 0;
	return mark + (isEmpty ? removeProperty(after, root, 'dependencies') : after);
}

/**
 * Puts packages into `dependencies`, and takes them out of the sections that a production install may leave out.
 * Indentation, line ends, BOM and order stay as they are.
 * @throws UNREADABLE_PROJECT when the text is not a JSON object, or says something twice.
 */
export function addDependencies(text: string, packages: Dependency[]): string {
	if (packages.length === 0) return text;
	const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
	const plain = text.slice(mark.length);
	if (parseJson(plain) === undefined) throw unreadable(`is not valid JSON: see ${faultIn(plain)}`);
	return mark + packages.reduce(addOne, plain);
}
