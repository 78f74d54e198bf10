// The project as it is.
import type { Found, TextFile, Undecided, Warning } from './found.ts';
import type { ForeignManager, PackageManager } from './request.ts';
import type { Declared, RuntimeFacts } from './runtime.ts';
import type { SecretFacts } from './secrets.ts';

export type FlueLine = '2.x' | '1.0-beta';

export type Target = 'node' | 'cloudflare';

/** A package as the project declares it and as Node resolves it. */
export interface PackageFact {
	name: string;
	declared: Declared | null;
	/** The version in the package.json that Node resolves from the project, or null. */
	installed: string | null;
}

/** The database entry that the framework would load, or the place where it would look for one. */
export interface DbEntry {
	/** Relative to the project root, e.g. `src/db.ts`. */
	path: string;
	/** The text that is there now; null when the file does not exist. */
	text: string | null;
}

/** A program of the project's own that starts Flue, with start() of @flue/runtime/node. */
export interface Host {
	/** Where it calls start(), e.g. `src/main.ts:12`. */
	from: string;
	/** Its file, relative to the project root. */
	path: string;
	/** The module whose default export it passes as `db`, relative to the root; null when it passes none. */
	db: string | null;
	/** Nothing in the project loads a db entry: neither Flue's command line nor its Vite plugin is used. */
	isAlone: boolean;
}

/** What would be lost with an existing db entry. */
export interface EntryUse {
	/** Its named exports. */
	exports: string[];
	/** Files that import it, relative to the project root. */
	importedBy: string[];
	/** Whether the last commit holds exactly this text, so that git can give it back. */
	inGit: boolean;
	/** Names of the files in its folder. */
	beside: string[];
	/** Whether a `.bak` in its folder holds exactly this text, as a run leaves it that was killed in the middle. */
	hasCopy: boolean;
}

/** Versions for a whole workspace, which a package.json takes by `catalog:` and the name of the catalog. */
export interface Catalog {
	/** `default` for the one without a name. */
	name: string;
	/** The file that holds it, relative to the project root. */
	from: string;
	/** Package -> spec. */
	specs: Record<string, string>;
}

/** What the name of the package manager does not tell. */
export interface ManagerTraits {
	/** Yarn 2 or later; null when the files do not say. */
	yarnIsBerry: boolean | null;
	/** The project lies below a pnpm workspace that does not list it: pnpm must be told to look away. */
	ignoresWorkspace: boolean;
	/** The major version of the pnpm that a field names or that has installed; null where nothing says. */
	pnpmMajor: number | null;
	/** The package.json of each other member of the workspace, relative to the project; Yarn writes them anew. */
	manifests?: string[];
}

/** Project style for generated TypeScript. */
export interface Style {
	/** One level of indentation: a tab or some spaces. */
	indent: string;
	quote: "'" | '"';
	semicolons: boolean;
	lineEnding: '\n' | '\r\n';
	/** So many columns a line may have; absent: nothing says so, and lines stay as they are documented. */
	lineWidth?: number | undefined;
	/** The columns that a tab counts for. */
	tabWidth?: number | undefined;
	/** Where a list that is broken into lines ends without a comma: in calls, or everywhere. Absent: nowhere. */
	trailingCommas?: 'es5' | 'none' | undefined;
	/** `{a}` instead of `{ a }`. */
	isTight?: true | undefined;
	/** `error =>` instead of `(error) =>`. */
	hasBareParameters?: true | undefined;
	/** Braces around every body of `if` and `for`. */
	hasBlocks?: true | undefined;
	/** The members of an object in order of their names. */
	hasSortedKeys?: true | undefined;
	/** A blank line between the imports of packages and those of own files. */
	separatesImports?: true | undefined;
	/** The comment that stands above a `process.env` where a linter forbids it. */
	silence?: string | undefined;
}

/** What the project's compiler options ask of a db.ts beyond what the documented text gives. */
export interface TypeChecks {
	/** `process.env['NAME']`: noPropertyAccessFromIndexSignature. */
	bracketAccess: boolean;
	/** An option is left out rather than undefined: exactOptionalPropertyTypes. */
	exactOptional: boolean;
	/** What is exported has its type beside it: isolatedDeclarations. */
	typedExports: boolean;
	/** Why the compiler refuses the top-level await of db.ts, e.g. `module is commonjs`; null when it does not. */
	refusesAwait: string | null;
	/** The files that say so, for the report; empty when they ask for nothing. */
	from: string[];
}

/** One of the adapters that this program brings along: a packed package for each line of the runtime. */
export interface AdapterCopy {
	/** Its place among them, e.g. `lines/flue-redis-1.0.0-beta.9.tgz`. */
	file: string;
	version: string;
	/** The versions of @flue/runtime that it is for. */
	runtime: string;
}

/** The adapter that is put into a project, as a packed package. */
export interface BundledAdapter {
	/** File name, e.g. `flue-redis-2.0.3.tgz`. */
	file: string;
	bytes: Uint8Array;
}

/** The place in the project where the bundled adapter belongs. */
export interface VendorPlace {
	/** Relative to the project root, e.g. `vendor/flue-redis-2.0.3-1b3f9a20.tgz`. */
	path: string;
	/** What is there now: nothing, or the very same bytes. */
	state: 'absent' | 'same';
	/** Whether git ignores it; null outside a git work tree. */
	ignored: boolean | null;
	adapter: BundledAdapter;
	/** The copy of another build that package.json depends on, as this program once wrote it; null when there is none. */
	previous: { path: string; bytes: Uint8Array } | null;
	/** Files of such a name that are not known to be this program's, and are kept. */
	others: string[];
}

export interface Facts {
	/** Absolute real path of the folder with the nearest package.json. */
	root: string;
	/** Absolute real path of the outermost folder that may be written to: the workspace root, else `root`. */
	boundary: string;
	/** Absolute folders of the packages that the workspace lists. */
	members: string[];
	manifest: TextFile;
	line: Found<FlueLine>;
	runtime: Found<string> | null;
	runtimes: RuntimeFacts;
	target: Found<Target> | Undecided<Target>;
	packageManager: Found<PackageManager> | Undecided<PackageManager>;
	/** A manager that this program does not run, where the project is one's; the words are npm's then. */
	foreignManager: Found<ForeignManager> | null;
	managerTraits: ManagerTraits;
	catalogs: Catalog[];
	sourceRoot: Found<string>;
	dbEntry: Found<DbEntry>;
	/** Absent: no program of the project starts Flue itself. */
	host?: Host | undefined;
	/** null unless replacing the entry is in question. */
	entryUse: EntryUse | null;
	/** Whether the data file of the scaffold's SQLite database exists. */
	scaffoldData: boolean;
	packages: { adapter: PackageFact; client: PackageFact };
	secrets: SecretFacts;
	style: Found<Style>;
	typeChecks: TypeChecks;
	/** How the project writes the end of a relative import, e.g. `.ts`, `.js` or nothing. */
	importExtension: Found<'.ts' | '.js' | ''>;
	warnings: Warning[];
}
