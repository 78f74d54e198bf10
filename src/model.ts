// The nouns of the program. Types only: nothing here runs.

/** A fact and what it rests on, so that a report can say "pnpm, because of pnpm-lock.yaml". */
export interface Found<T> {
	value: T;
	from: string;
}

/** A fact that the files leave open. `options` are the candidates, each with its own evidence. */
export interface Undecided<T> {
	options: Found<T>[];
	from: string;
}

export interface Warning {
	/** Upper snake case and stable, e.g. `ENV_NOT_IGNORED`. */
	code: string;
	message: string;
}

/** What a detector returns: the fact, and what the user should know beside it. */
export interface Detection<T> {
	fact: T;
	warnings: Warning[];
}

/** A text file as read: `path` relative to the project root, with `/`; `text` with BOM and line ends untouched. */
export interface TextFile {
	path: string;
	text: string;
}

// ---------------------------------------------------------------- blueprints

export type DatabaseName = 'redis' | 'valkey';

/** Everything that distinguishes one blueprint from another. Data only; a blueprint has no functions. */
export interface Blueprint {
	kind: 'database';
	name: DatabaseName;
	/** Bumped when the text of the template changes; written into the marker. */
	version: number;
	title: string;
	description: string;
	/** The canonical name of the variable that holds the server's address. */
	variable: string;
	/** Module below `templates/`. */
	template: string;
	adapter: { name: string; export: string };
	/** `range` is what we add; `accepts` is what may already be declared, per Flue line. */
	client: { name: string; range: string; accepts: Record<FlueLine, string> };
}

// ------------------------------------------------------------------- request

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';
export type SecretConvention = 'env' | 'dev-vars' | 'config-module' | 'none';

/** The options of `add`, as typed. `undefined` means "not said". */
export interface AddOptions {
	cwd: string;
	yes: boolean;
	dryRun: boolean;
	json: boolean;
	print: boolean;
	install: boolean;
	inspectServer: boolean;
	format: boolean;
	replace: boolean;
	reconnect: boolean | undefined;
	packageManager: PackageManager | undefined;
	secrets: SecretConvention | undefined;
	envVar: string | undefined;
	keyPrefix: string | undefined;
	/** A package spec, or `vendored` for the copy that this program brings along. */
	adapter: string | undefined;
	target: 'node' | undefined;
	verify: boolean;
}

export interface AddRequest {
	kind: string | undefined;
	name: string | undefined;
	options: AddOptions;
}

/** The options of `verify`, as typed. */
export interface VerifyOptions {
	cwd: string;
	yes: boolean;
	json: boolean;
	strict: boolean;
	server: boolean;
	envVar: string | undefined;
	drill: boolean;
	/** A server for the drill; it will be written to. */
	drillUrl: string | undefined;
	/** The acknowledgement of that. */
	drillMayWrite: boolean;
}

export interface VerifyRequest {
	kind: string | undefined;
	name: string | undefined;
	options: VerifyOptions;
}

// --------------------------------------------------------------------- facts

export type FlueLine = '2.x' | '1.0-beta';
export type Target = 'node' | 'cloudflare';

/** A package as the project declares it and as Node resolves it. */
export interface PackageFact {
	name: string;
	declared: {
		range: string;
		field: 'dependencies' | 'devDependencies' | 'peerDependencies' | 'optionalDependencies';
	} | null;
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
}

/** What the name of the package manager does not tell. */
export interface ManagerTraits {
	/** Yarn 2 or later; null when the files do not say. */
	yarnIsBerry: boolean | null;
	/** The project lies below a pnpm workspace that does not list it: pnpm must be told to look away. */
	ignoresWorkspace: boolean;
}

/** Project style for generated TypeScript. */
export interface Style {
	/** One level of indentation: a tab or some spaces. */
	indent: string;
	quote: "'" | '"';
	semicolons: boolean;
	lineEnding: '\n' | '\r\n';
}

export interface EnvFile extends TextFile {
	/** `example` is committed and holds no secret; `private` holds values and is edited only by adding an empty key. */
	role: 'example' | 'private' | 'dev-vars' | 'dev-vars-example';
	/** Whether git ignores it; null outside a git work tree. */
	ignored: boolean | null;
}

export interface EnvFacts {
	/** Files that may receive a key: examples and the one private file. */
	files: EnvFile[];
	/** Variable name -> files (also those never written to) in which it is present, set, exported or commented out. */
	present: Record<string, string[]>;
}

/** A central module that reads process.env and exports values, written in a style that a dialect knows. */
export interface ConfigModule extends TextFile {
	dialect: string;
	from: string;
}

export interface SecretFacts {
	convention: Found<SecretConvention>;
	env: EnvFacts;
	/** The module to use; null when there is none, or none that can be used. */
	configModule: ConfigModule | null;
	/** A module that reads process.env in a style that no dialect knows, where there is none to use. */
	unknownModule: string | null;
}

/** The adapter that this program brings along, as a packed package. */
export interface BundledAdapter {
	/** File name, e.g. `flue-redis-2.0.3.tgz`. */
	file: string;
	bytes: Uint8Array;
}

/** The place in the project where the bundled adapter belongs. */
export interface VendorPlace {
	/** Relative to the project root, e.g. `vendor/flue-redis-2.0.3.tgz`. */
	path: string;
	/** What is there now: nothing, the very same bytes, or something else. */
	state: 'absent' | 'same' | 'other';
	/** Whether git ignores it; null outside a git work tree. */
	ignored: boolean | null;
	adapter: BundledAdapter;
}

export interface Facts {
	/** Absolute real path of the folder with the nearest package.json. */
	root: string;
	/** Absolute real path of the outermost folder that may be written to: the workspace root, else `root`. */
	boundary: string;
	manifest: TextFile;
	line: Found<FlueLine>;
	runtime: Found<string> | null;
	target: Found<Target> | Undecided<Target>;
	packageManager: Found<PackageManager> | Undecided<PackageManager>;
	managerTraits: ManagerTraits;
	sourceRoot: Found<string>;
	dbEntry: Found<DbEntry>;
	/** null unless replacing the entry is in question. */
	entryUse: EntryUse | null;
	/** Whether the data file of the scaffold's SQLite database exists. */
	scaffoldData: boolean;
	packages: { adapter: PackageFact; client: PackageFact };
	secrets: SecretFacts;
	style: Found<Style>;
	/** How the project writes the end of a relative import, e.g. `.ts`, `.js` or nothing. */
	importExtension: Found<'.ts' | '.js' | ''>;
	warnings: Warning[];
}

// ------------------------------------------------------- questions and choices

export type QuestionId = 'target' | 'package-manager' | 'replace' | 'reconnect' | 'adapter';
export type Answers = Partial<Record<QuestionId, string | boolean>>;

/** One row drives the prompt, the flag, the help and the unattended refusal alike. */
export interface Question {
	id: QuestionId;
	message: string;
	/** What settles it on the command line, e.g. `--replace`. */
	flag: string;
	/** Values for a choice; empty for a yes-or-no question. */
	options: { value: string; label: string; hint?: string }[];
	/** A no leaves nothing else to ask. */
	noEnds?: true;
	/** What a terminal proposes. */
	initial: string | boolean;
	/** What an unattended run takes; null when nobody may decide it but the user. */
	unattended: string | boolean | null;
}

/** Everything settled. From here to the end of the run nobody is asked anything. */
export interface Choices {
	blueprint: Blueprint;
	packageManager: Found<PackageManager>;
	target: Found<Target>;
	replaceDb: boolean;
	reconnect: boolean;
	/** Where the adapter comes from, as in `AddOptions`; undefined: the registry, at the version that fits. */
	adapter: string | undefined;
}

// ---------------------------------------------------------- plan and outcome

export interface InstallStep {
	kind: 'install';
	command: PackageManager;
	args: string[];
	/** The folder to run it in, relative to the project root; absent: the project root. */
	folder?: string;
}

/** A file that this program brings along. It never takes the place of another: there must be none of that name. */
export interface CopyStep {
	kind: 'copy';
	/** Relative to the project root, with `/`. */
	path: string;
	bytes: Uint8Array;
}

/**
 * `before` and `after` give the preview (a diff), the precondition (the disk must still say `before`),
 * the undo (write `before` back) and idempotence (equal: no step).
 */
export interface WriteStep {
	kind: 'write';
	/** Relative to the project root, with `/`. */
	path: string;
	/** null: the file must not exist. */
	before: string | null;
	after: string;
	/**
	 * What a report may show of it: the changed lines; of a file whose text may hold secrets, what is added; of a copy
	 * of such a text, nothing.
	 */
	shown: 'changes' | 'additions' | 'nothing';
}

export type Step = InstallStep | CopyStep | WriteStep;

export interface Plan {
	root: string;
	boundary: string;
	/** In the order in which they are applied. */
	steps: Step[];
	/** Files that a package manager may change, relative to `root`: restored when anything fails. */
	installTouches: string[];
	warnings: Warning[];
	nextSteps: string[];
}

export type Status = 'applied' | 'unchanged' | 'previewed' | 'declined';

export interface Outcome {
	status: Status;
	plan: Plan;
	warnings: Warning[];
}

// ---------------------------------------------------------------------- checks

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skipped';

/** One thing that was looked at. `skipped`: it could not be looked at, and the message says why. */
export interface Check {
	/** Stable, kebab-case, in the namespace of its level: `project.entry`, `server.eviction`, `drill.restart`. */
	id: string;
	status: CheckStatus;
	message: string;
	/** The next action; null when there is none. */
	hint: string | null;
}

/** What the text of a db entry shows without running it. */
export interface EntryShape {
	/** Modules that it imports. */
	imports: string[];
	hasDefault: boolean;
	namedExports: string[];
	/** Where the client's error listener stands, seen from `connect()`. */
	listener: 'after' | 'before' | 'none';
	/** The environment variable that it reads for the address; null when it reads none. */
	variable: string | null;
}

/** An address without who connects: nothing in it is a secret. */
export interface ShownAddress {
	host: string;
	port: number;
	database: number;
	tls: boolean;
}

/** The address with its password. Only a child process gets it, in its environment; it has no property to be printed. */
export interface SecretAddress {
	environment(): { FLUE_PROBE_ADDRESS: string };
}

/** What one command of Flue takes the address from. */
export interface SettingFact {
	/** E.g. `flue run`. */
	command: string;
	/** `the environment` or the file, e.g. `.env`; null when nothing sets it. */
	from: string | null;
	/** null when nothing sets it, it is empty, or it is no address; `problem` says which of the latter. */
	address: ShownAddress | null;
	problem: string | null;
	secret: SecretAddress | null;
}

/** Everything that the checks of the project level look at. */
export interface ProjectFacts {
	facts: Facts;
	/** The blueprint by which the project is judged. */
	blueprint: Blueprint;
	/** The name on the command line. */
	asked: DatabaseName | null;
	/** null when there is no db entry. */
	shape: EntryShape | null;
	/** What its first line says of who wrote it; null without a marker. */
	marker: { name: DatabaseName; version: number } | null;
	/** What `add` would write with the settings of the entry; null when nothing can be compared. */
	canonical: string | null;
	state: 'absent' | 'scaffold' | 'same' | 'other';
	variable: string;
	settings: SettingFact[];
	/** Private files that set the variable, and what git does with them; null: no repository. */
	privateFiles: { path: string; git: 'ignored' | 'open' | 'tracked' | null }[];
	runtimes: { path: string; version: string }[];
	/** The make of the installed adapter, by how it takes the runtime: as a peer (this project's own), or pinned. */
	adapterMake: 'peer' | 'pinned' | null;
	/** The version of the node on PATH, which would run Flue; null when there is none. */
	node: string | null;
}

/** Why the probe of a server went no further, and where. */
export interface ProbeStop {
	stage: 'client' | 'dns' | 'tcp' | 'tls' | 'answer' | 'auth' | 'database' | 'commands';
	/** The system's or the server's own code, e.g. `ECONNREFUSED`, `WRONGPASS`; `TIMEOUT` is ours. */
	code: string;
	message: string;
}

/** Which keys are there under the prefix. */
export interface NamespaceFacts {
	prefix: string;
	/** The hash with which this project's own adapter marks a namespace; null when absent. */
	stamp: Record<string, string> | null;
	/** The hash with which other makes of @flue/redis do. */
	meta: Record<string, string> | null;
	/** Keys found under the prefix, without those of marked namespaces nested in it. */
	keys: number;
	/** False when the search stopped at its bound. */
	complete: boolean;
	/** The first few names. */
	examples: string[];
}

/** What a server said, as it said it. A value that it denied is absent. */
export interface ServerFacts {
	client: string;
	/** null: everything was asked. */
	stop: ProbeStop | null;
	info: Record<string, string> | null;
	config: Record<string, string>;
	/** The reply of HELLO, which is allowed where INFO and CONFIG are denied. */
	hello: Record<string, string>;
	/** Commands, or keys, that the server would refuse to this user. */
	refused: { command: string; key: string; message: string }[] | null;
	/** What the server would answer to any write, e.g. `OOM …`; null when it takes writes. */
	writeFault: string | null;
	namespace: NamespaceFacts | null;
}

/** What the drill gets: the project's own db.ts, and a server that may be written to. */
export interface DrillRequest {
	/** Absolute path of the project. */
	root: string;
	/** Path of db.ts, relative to `root`. */
	entry: string;
	/** The variable that holds the address, e.g. `REDIS_URL`. */
	variable: string;
	server: DatabaseName;
	/** The address of a server to write to, which the user has agreed to; null for a throwaway one. */
	url: string | null;
	/** Of the shell: db.ts gets it, with the drill's address in the place of every other. */
	environment: Record<string, string | undefined>;
	signal: AbortSignal;
	/** Receives a line whenever something that takes time begins. */
	say(line: string): void;
}

// -------------------------------------------------------------------- dialects

/** Text to put at `at`, an offset into the original text. Nothing is ever removed. */
export interface Insertion {
	at: number;
	text: string;
}

/** How another module reads the value: what to import, and the expression to write. */
export interface Access {
	import: { kind: 'named' | 'default' | 'namespace'; name: string };
	/** E.g. `env.REDIS_URL`, `config.redis.url`, `loadConfig().redisUrl`, `config.get('redis.url')`. */
	expression: string;
}

/** What a dialect says of a module that is written in its style. */
export type KeyPlan =
	/** `insertions` is empty when the key is already there. */
	| { kind: 'ready'; access: Access; insertions: Insertion[] }
	/** The style is ours but this shape is not: nothing is touched. `reason` ends a sentence; `snippet` is to be pasted by the user. */
	| { kind: 'unclear'; reason: string; snippet: string };
