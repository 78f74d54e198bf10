// How a config module gets one more key.

/** Text to put at `at`, an offset into the original text. Nothing is ever removed. */
export interface Insertion {
	at: number;
	text: string;
	/** The file, where that is another one than the module; relative to the project root. */
	path?: string;
}

/** The files of the project around a module: those that it imports from, directly or by way of each other, and its users. */
export interface Neighbours {
	files: { path: string; text: string }[];
	/** Importing file -> import specifier -> file. */
	links: Record<string, Record<string, string>>;
	/** The texts of the Flue code that imports the module, without comments. */
	users: string[];
	/** Files anywhere in the project that import the module or one of `files`, and may hand values on or make objects like it. */
	importers: { path: string; text: string }[];
}

/** How a module is imported. */
export type Import = NonNullable<Access['import']>;

/** How another module reads the value: what to import, and the expression to write. */
export interface Access {
	/** null where the value is read from process.env itself. */
	import: { kind: 'named' | 'default' | 'namespace'; name: string } | null;
	/** E.g. `env.REDIS_URL`, `config.redis.url`, `loadConfig().redisUrl`, `config.get('redis.url')`. */
	expression: string;
}

/** How another module reads the value by an import. */
export interface ImportedAccess extends Access {
	import: Import;
}

/** What a dialect says of a module that is written in its style. */
export type KeyPlan =
	/** `insertions` is empty when the key is already there. */
	| {
			kind: 'ready';
			access: Access;
			insertions: Insertion[];
			/** The module may go without the variable, but does not load with an empty one. */
			refusesEmpty?: boolean;
			/** The module ends with an error where the variable has no value. */
			isRequired?: boolean;
	  }
	/** The style is ours but this shape is not: nothing is touched. `reason` ends a sentence; `snippet` is to be pasted by the user, '' for nothing. */
	| { kind: 'unclear'; reason: string; snippet: string };
