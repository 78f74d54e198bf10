// Every warning: its code, and when it is given. A code stays what it is; `docs/public-surface.md` lists them.

export type WarningCode =
	/** The exact version of Flue's runtime is not known, so the adapter is asked for at a range. */
	| 'ADAPTER_VERSION_UNKNOWN'
	/** The package manager ran no build scripts of some packages, and ends every install with 1 until that is decided. */
	| 'BUILDS_BLOCKED'
	/** The client is written with a range of its own, beside the version of it in a catalog of the workspace. */
	| 'CLIENT_BESIDE_CATALOG'
	/** The Flue code imports several config modules; one of them is used. */
	| 'CONFIG_MODULE_AMBIGUOUS'
	/** A config module is left alone, for its style or its shape; the message says what to paste. */
	| 'CONFIG_MODULE_NOT_UNDERSTOOD'
	/** A config module is not used: db.ts cannot import it, browsers are given what it holds, it is for one other service, or it cannot be read. */
	| 'CONFIG_MODULE_UNUSABLE'
	/** What is stored in the database of before, the scaffold's or another blueprint's, or under the key prefix of before, is not moved. */
	| 'DATA_LEFT_BEHIND'
	/** TypeScript refuses the top-level await of db.ts under the project's compiler options. */
	| 'DB_AWAIT_REFUSED'
	/** A db entry without a marker that is not the text of any version; `update` leaves it as it is. */
	| 'ENTRY_FOREIGN'
	/** What `update --conflicts` has written holds both texts between marks, to be settled by hand. */
	| 'MERGE_MARKED'
	/** The db entry that is replaced exports names, which other files import. */
	| 'DB_EXPORTS_LOST'
	/** A file looks like a db entry and stands where Flue does not look. */
	| 'DB_ELSEWHERE'
	/** A program of the project starts Flue with start(), which loads no db entry, and does not pass this one. */
	| 'DB_NOT_LOADED'
	/** The secrets stand in .dev.vars, which Flue does not read on Node. */
	| 'DEV_VARS_NOT_READ'
	/** An env file is kept encrypted and is not edited. */
	| 'ENV_ENCRYPTED'
	/** Git does not ignore an env file that holds values. */
	| 'ENV_NOT_IGNORED'
	/** An env file is left alone, because a new line could change its other keys. */
	| 'ENV_NOT_UNDERSTOOD'
	/** An env file is a link that leads out of the project. */
	| 'ENV_OUTSIDE'
	/** An env file is no readable UTF-8 text of an ordinary size. */
	| 'ENV_UNREADABLE'
	/** A lockfile above the project is not used: no workspace there lists the project. */
	| 'FOREIGN_LOCKFILE'
	/** The key prefix has characters that a server reads as a pattern. */
	| 'KEY_PREFIX_PATTERN'
	/** No file tells the line of Flue, 2.x or a 1.0 beta: one is assumed. */
	| 'LINE_ASSUMED'
	/** package.json names one package manager, and the lockfile is that of another. */
	| 'LOCKFILE_DISAGREES'
	/** The package manager of the project is known and not run by this command: the install is left to the user. */
	| 'MANAGER_NOT_RUN'
	/** What --align-runtime wrote stands in package.json, which asked for the entry of a catalog before. */
	| 'RUNTIME_CATALOG_LEFT'
	/** There is more than one copy of Flue's runtime: as before the run, or the install brought it. */
	| 'RUNTIME_DUPLICATED'
	/** Nothing is installed, so that --align-runtime sees no copies of the runtime. */
	| 'RUNTIME_NOT_SEEN'
	/** The project is also built for Cloudflare, and that build refuses a db.ts. */
	| 'SECOND_CLOUDFLARE_BUILD'
	/** The folder in which files were staged could not be removed. */
	| 'STAGING_LEFT'
	/** A plan file changes a file that git ignores and that is not here; that step is left out. */
	| 'STEP_LEFT_OUT'
	/** What stays where it is: others use it, it is not as it was written, or it is a value of yours; of AGENTS.md, marks that are damaged. */
	| 'KEPT'
	/** Git ignores the copy of the adapter that was put into the project. */
	| 'VENDORED_IGNORED'
	/** Beside the copy of the adapter lies a file of such a name that this command did not write so; it is kept. */
	| 'VENDORED_KEPT';
