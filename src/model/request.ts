// What the command line asks for.

export type PackageManager = 'npm' | 'nub' | 'pnpm' | 'yarn' | 'bun';

/** Managers that are known and not run: what they install is left to the user. */
export type ForeignManager = 'aube' | 'cnpm' | 'deno' | 'rush' | 'upm' | 'vlt';

/** The commands that do something to, or say something of, a project. */
export type CommandName = 'add' | 'verify' | 'list' | 'remove' | 'update' | 'apply';

/** The shells that a completion script can be made for. */
export type Shell = 'bash' | 'zsh' | 'fish';

export type SecretConvention = 'env' | 'dev-vars' | 'config-module' | 'none';

/** The options of every command, as typed. `undefined` means "not said". */
interface CommandOptions {
	cwd: string;
	json: boolean;
	/** Where a document with more of these comes from; nothing of it is left once that was read. */
	input?: string;
}

/** The options of a command that carries a plan out. */
interface ApplyingOptions extends CommandOptions {
	yes: boolean;
	dryRun: boolean;
}

/** The options of a command that makes a plan of its own. */
interface PlanningOptions extends ApplyingOptions {
	install: boolean;
	packageManager: PackageManager | undefined;
	envVar: string | undefined;
	/** The file in which to keep the plan, instead of doing it. */
	planOut: string | undefined;
}

/** The options of `add`. */
export interface AddOptions extends PlanningOptions {
	print: boolean;
	inspectServer: boolean;
	format: boolean;
	replace: boolean;
	reconnect: boolean | undefined;
	alignRuntime: boolean | undefined;
	secrets: SecretConvention | undefined;
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
}

export interface AddRequest {
	kind: string | undefined;
	name: string | undefined;
	options: AddOptions;
}

/** The options of `verify`. */
export interface VerifyOptions extends CommandOptions {
	yes: boolean;
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
}

export interface VerifyRequest {
	kind: string | undefined;
	name: string | undefined;
	options: VerifyOptions;
}

/** The options of `remove`. */
export interface RemoveOptions extends PlanningOptions {
	keepPackages: boolean;
	/** Remove a db entry that is not as this command writes it. */
	discard: boolean;
	/** Remove the key from the env files where it holds a value too. */
	removeValue: boolean;
}

export interface RemoveRequest {
	kind: string | undefined;
	name: string | undefined;
	options: RemoveOptions;
}

/** The options of `update`. */
export interface UpdateOptions extends PlanningOptions {
	/** Whose text it is where both changed the same place; at most one of the three. */
	ours: boolean;
	theirs: boolean;
	conflicts: boolean;
}

export interface UpdateRequest {
	kind: string | undefined;
	name: string | undefined;
	options: UpdateOptions;
}

export interface ApplyRequest {
	/** The plan file, as typed; empty where a document is to name it. */
	file: string;
	options: ApplyingOptions;
}

export interface ListRequest {
	options: CommandOptions;
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
