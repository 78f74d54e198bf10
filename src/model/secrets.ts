// Where a project keeps its secrets.
import type { Found, TextFile } from './found.ts';
import type { Neighbours } from './key-plan.ts';
import type { SecretConvention } from './request.ts';

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

/** A module by which Flue code imports what another one declares. */
export interface Through {
	path: string;
	/** Where that is a package of the same repository: how it is imported. */
	specifier: string | null;
	/** The names that it gives on; null for all. */
	names: string[] | null;
}

/** A central module that reads process.env and exports values, written in a style that a dialect knows. */
export interface ConfigModule extends TextFile {
	dialect: string;
	from: string;
	/** The files that it imports from. */
	beside: Neighbours;
	/** Null where it is imported itself. */
	through: Through | null;
}

export interface SecretFacts {
	convention: Found<SecretConvention>;
	env: EnvFacts;
	/** The module to use; null when there is none, or none that can be used. */
	configModule: ConfigModule | null;
	/** A module that reads process.env in a style that no dialect knows, where there is none to use. */
	unknownModule: string | null;
}
