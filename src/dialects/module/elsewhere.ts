// Other files around a module: those that it imports from (a name here -> the file and the name there, re-exports followed), and its users.
import { type Morph, morph } from '../../text/source.ts';
import { importsOf } from './imports.ts';

/** What is known of a file among several. */
interface Linked {
	/** Relative to the project root; null for the module that was asked for. */
	path: string | null;
	/** Import specifier -> the file behind it. */
	targets: Map<string, Morph.SourceFile>;
}

const linked = new WeakMap<Morph.SourceFile, Linked>();

/** Makes the files behind a file's imports known. Only what reads files can know them. */
export function linkFiles(source: Morph.SourceFile, files: Linked): void {
	linked.set(source, files);
}

const users = new WeakMap<Morph.SourceFile, string[]>();

/** Makes the texts known that import a module. */
export function linkUsers(source: Morph.SourceFile, texts: string[]): void {
	users.set(source, texts);
}

/** The texts that import a module, as far as they are known. */
export function usersOf(source: Morph.SourceFile): string[] {
	return users.get(source) ?? [];
}

/** A file that imports another one, and by which specifiers. */
export interface Importer {
	path: string;
	text: string;
	/** Parsed when somebody asks. */
	tree: () => Morph.SourceFile | null;
	specifiers: string[];
}

const importers = new WeakMap<Morph.SourceFile, Importer[]>();

/** Makes known which files import a file. */
export function linkImporters(source: Morph.SourceFile, files: Importer[]): void {
	importers.set(source, files);
}

/** The files that import a file, as far as they are known. */
export function importersOf(source: Morph.SourceFile): Importer[] {
	return importers.get(source) ?? [];
}

/** The file that a node stands in, where that is not the module that was asked for. */
export function fileOf(node: Morph.Node): { path?: string } {
	const path = linked.get(node.getSourceFile())?.path ?? null;
	return path === null ? {} : { path };
}

export interface Elsewhere {
	source: Morph.SourceFile;
	/** Its name there; `default` for the default export. */
	name: string;
}

/** Files may give each other's names on in a circle. */
const STEPS = 5;

/** Where an imported name is declared; null for packages and files that are not known. */
export function declaredElsewhere(source: Morph.SourceFile, local: string): Elsewhere | null {
	const imported = importsOf(source).find((one) => one.local === local);
	const target = imported && linked.get(source)?.targets.get(imported.from);
	if (!imported || !target) return null;
	const isDefault = imported.declaration.getDefaultImport()?.getText() === local;
	const name = imported.name === '' && isDefault ? 'default' : imported.name;
	return name === '' ? null : givenOn({ source: target, name }, STEPS);
}

/** `export { schema } from './schema'` and `export * from './schema'`. */
function givenOn(found: Elsewhere, steps: number): Elsewhere | null {
	const { source, name } = found;
	if (steps === 0) return null;
	const own = ownName(source, name);
	if (own !== null) return { source, name: own };
	for (const declaration of source.getExportDeclarations()) {
		const specifier = declaration.getModuleSpecifierValue();
		const target = specifier === undefined ? undefined : linked.get(source)?.targets.get(specifier);
		const one = declaration
			.getNamedExports()
			.find((each) => (each.getAliasNode()?.getText() ?? each.getName()) === name);
		const isWhole = declaration.getNamedExports().length === 0;
		if (!target || !(one || isWhole)) continue;
		const next = givenOn({ source: target, name: one?.getName() ?? name }, steps - 1);
		if (next) return next;
	}
	return null;
}

/** The name in the file itself of what it exports under `name`; null where it declares none. */
function ownName(source: Morph.SourceFile, name: string): string | null {
	const { Node } = morph();
	if (name === 'default') {
		const value = source
			.getExportAssignments()
			.find((one) => !one.isExportEquals())
			?.getExpression();
		return Node.isIdentifier(value) ? value.getText() : null;
	}
	const lists = source
		.getExportDeclarations()
		.filter((one) => !one.hasModuleSpecifier())
		.flatMap((one) => one.getNamedExports());
	const listed = lists.find((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
	const own = listed?.getName() ?? name;
	const isDeclared =
		source.getVariableDeclaration(own) ??
		source.getFunction(own) ??
		source.getClass(own) ??
		source.getInterface(own) ??
		source.getTypeAlias(own);
	if (isDeclared) return own;
	return listed ? (declaredElsewhere(source, own)?.name ?? null) : null;
}

/** The value of an imported constant. */
export function valueElsewhere(name: Morph.Identifier): Morph.Expression | null {
	const found = declaredElsewhere(name.getSourceFile(), name.getText());
	const declared = found?.source.getVariableDeclaration(found.name);
	return declared?.getVariableStatement()?.getDeclarationKind() === 'const'
		? (declared.getInitializer() ?? null)
		: null;
}
