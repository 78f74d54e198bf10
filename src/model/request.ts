// What the command line asks for.

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** Managers that are known and not run: what they install is left to the user. */
export type ForeignManager = 'aube' | 'cnpm' | 'deno' | 'nub' | 'rush' | 'upm' | 'vlt';

/** The commands that do something to, or say something of, a project. */
export type CommandName = 'add' | 'verify' | 'list' | 'remove' | 'update' | 'apply';

/** The shells that a completion script can be made for. */
export type Shell = 'bash' | 'zsh' | 'fish';

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
	alignRuntime: boolean | undefined;
	packageManager: PackageManager | undefined;
	secrets: SecretConvention | undefined;
	envVar: string | undefined;
	keyPrefix: string | undefined;
	/** How long settled submissions stay, such as `30d`, or `never` for that they never expire. */
	retain: string | undefined;
	/** A package spec, or `vendored` for the copy that this program brings along. */
	adapter: string | undefined;
	target: 'node' | undefined;
	/** The module for `start({ db })`, relative to the project. */
	entry: string | undefined;
	/** Keep a section about it in AGENTS.md; one that is there is kept up to date in any case. */
	agentsMd: boolean;
	verify: boolean;
	/** The file in which to keep the plan, instead of doing it. */
	planOut: string | undefined;
	/** Where a document with more of these comes from; nothing of it is left once that was read. */
	input?: string;
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
	/** Show what passed too. */
	all: boolean;
	strict: boolean;
	server: boolean;
	/** The stamp of an earlier run, to tell the growth since. */
	since: string | undefined;
	envVar: string | undefined;
	drill: boolean;
	/** A server for the drill; it will be written to. */
	drillUrl: string | undefined;
	/** The acknowledgement of that. */
	drillMayWrite: boolean;
	/** As in `AddOptions`. */
	input?: string;
}

export interface VerifyRequest {
	kind: string | undefined;
	name: string | undefined;
	options: VerifyOptions;
}

/** The options of `remove`, as typed. */
export interface RemoveOptions {
	cwd: string;
	yes: boolean;
	dryRun: boolean;
	json: boolean;
	install: boolean;
	packageManager: PackageManager | undefined;
	envVar: string | undefined;
	keepPackages: boolean;
	/** Remove a db entry that is not as this command writes it. */
	discard: boolean;
	/** Remove the key from the env files where it holds a value too. */
	removeValue: boolean;
	/** The file in which to keep the plan, instead of doing it. */
	planOut: string | undefined;
	/** As in `AddOptions`. */
	input?: string;
}

export interface RemoveRequest {
	kind: string | undefined;
	name: string | undefined;
	options: RemoveOptions;
}

/** The options of `update`, as typed. */
export interface UpdateOptions {
	cwd: string;
	yes: boolean;
	dryRun: boolean;
	json: boolean;
	install: boolean;
	packageManager: PackageManager | undefined;
	envVar: string | undefined;
	/** Whose text it is where both changed the same place; at most one of the three. */
	ours: boolean;
	theirs: boolean;
	conflicts: boolean;
	/** Where a document with more of these comes from; nothing of it is left once that was read. */
	input?: string;
	/** The file in which to keep the plan, instead of doing it. */
	planOut: string | undefined;
}

export interface UpdateRequest {
	kind: string | undefined;
	name: string | undefined;
	options: UpdateOptions;
}

/** The options of `apply`, as typed. */
export interface ApplyOptions {
	cwd: string;
	yes: boolean;
	dryRun: boolean;
	json: boolean;
	/** As in `AddOptions`. */
	input?: string;
}

export interface ApplyRequest {
	/** The plan file, as typed; empty where a document is to name it. */
	file: string;
	options: ApplyOptions;
}

export interface ListRequest {
	options: { cwd: string; json: boolean; input?: string };
}

/** A command as the parser knows it. */
export interface Described {
	name: string;
	summary: string;
	/** `flags` in the notation of the help, e.g. `--cwd <dir>`. */
	options: readonly { flags: string; description: string; argChoices?: readonly string[] }[];
	/** The arguments, in their order. */
	places: readonly { name(): string; argChoices?: readonly string[] }[];
	commands: readonly Described[];
}

/** The whole command line, with what `help` knows beside the commands: topic -> what it is about. */
export interface DescribedProgram extends Described {
	topics: Readonly<Record<string, string>>;
}
