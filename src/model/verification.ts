// What `verify` looks at, and what it says of it.
import type { Blueprint, DatabaseName } from './blueprint.ts';
import type { CheckId } from './check-id.ts';
import type { AdapterCopy, Facts } from './facts.ts';
import type { Found } from './found.ts';
import type { StorageFacts } from './storage.ts';

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skipped';

/** One thing that was looked at. `skipped`: it could not be looked at, and the message says why. */
export interface Check {
	id: CheckId;
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
	/** It has more than one default export, which nothing can load. */
	hasDefaultTwice?: boolean;
	/** What the parser has against it first, and in which line; absent where it parses. */
	syntaxFault?: { line: number; message: string };
	namedExports: string[];
	/** Where the client's error listener stands, seen from `connect()`. */
	listener: 'after' | 'before' | 'none';
	/** It is the one that this command wrote before it looked at the connection too. */
	isListenerAlone?: boolean;
	/** The environment variable that it reads for the address; null when it reads none. */
	variable: string | null;
	/** The address of the client stands in it as a text, so that no variable counts. */
	holdsAddress?: boolean;
	/** The client is given a prefix of its own for the names of keys. */
	prefixesKeys?: boolean;
}

/** An address without who connects: nothing in it is a secret. */
export interface ShownAddress {
	host: string;
	port: number;
	database: number;
	tls: boolean;
	/** A socket of this machine in the place of host and port. */
	path?: string;
}

/** The address with its password. Only a child process gets it, in its environment; it has no property to be printed. */
export interface SecretAddress {
	environment(): { FLUE_PROBE_ADDRESS: string };
}

/** The commands that take the address from somewhere. */
export type SettingCommand = 'flue run' | 'flue dev' | 'vite dev' | 'node dist/server.mjs';

/** What one command of Flue takes the address from. */
export interface SettingFact {
	command: SettingCommand;
	/** `the environment` or the file, e.g. `.env`; null when nothing sets it. */
	from: string | null;
	/** null when nothing sets it, it is empty, or it is no address; `problem` says which of the latter. */
	address: ShownAddress | null;
	problem: string | null;
	/** Parts that the client reads past, e.g. `?db`: names alone. */
	ignored: string[];
	/** What becomes of a `$` in the value here; absent where there is none. */
	dollar?: 'expanded' | 'literal' | undefined;
	/** The program that puts the address in the place of what is written, e.g. `op run`; absent: it is the address. */
	managedBy?: string | undefined;
	secret: SecretAddress | null;
}

/** The adapter's file in vendor/, that package.json names. */
export interface VendoredFact {
	path: string;
	isThere: boolean;
	/** A lockfile that was made from other bytes under this name; null when there is none. */
	lockfile: string | null;
}

/** An import of the db entry that leads to no file, or names what that file does not give. */
export interface EmptyImport {
	specifier: string;
	/** null where there is none. */
	path: string | null;
	/** What is asked for and not there; `isKey`: it is a key of what is imported, so that the entry loads without it. */
	missing?: { name: string; isKey: boolean };
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
	/** What its marker says of who wrote it; null without one. */
	marker: { name: DatabaseName; version: number } | null;
	/** What `add` would write with the settings of the entry; null when nothing can be compared. */
	canonical: string | null;
	state: 'absent' | 'scaffold' | 'same' | 'other';
	variable: string;
	settings: SettingFact[];
	/** Files of the project that import names from the db entry which it does not export. */
	brokenImports?: { path: string; names: string[] }[];
	/** What the db entry imports from files of the project and does not get there. */
	emptyImports?: EmptyImport[];
	/** The program of a script that sets variables which no file shows, e.g. `doppler run`, and the script. */
	runner?: Found<string> | null;
	/** Private files that set the variable, and what git does with them; null: no repository. */
	privateFiles: { path: string; git: 'ignored' | 'open' | 'tracked' | null }[];
	/** The make of the installed adapter, by how it takes the runtime: as a peer (this project's own), or pinned. */
	adapterMake: 'peer' | 'pinned' | null;
	/** null when the adapter does not come from vendor/. */
	vendored: VendoredFact | null;
	/** The adapter in vendor/, where it is one of this program's for another line of Flue; null where it is not. */
	unfit?: AdapterCopy | null;
	/** This program brings no adapter along for the project's runtime. */
	hasNoCopy?: boolean;
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
	/** Whether Node was told to take any certificate. */
	trustsAll?: boolean;
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
	/** Null where the namespace is not marked. */
	storage: StorageFacts | null;
}

/** What Flue asks of an adapter, by the first version that asks for it so; beta.9 is as beta.8, and beta.7 as beta.5. */
export type StoreContract = '2.x' | '1.0.0-beta.8' | '1.0.0-beta.5';

/** What the drill gets: the project's own db.ts, and a server that may be written to. */
export interface DrillRequest {
	/** Absolute path of the project. */
	root: string;
	/** Path of db.ts, relative to `root`. */
	entry: string;
	/** Of the project's Flue. */
	contract: StoreContract;
	/** The variable that holds the address, e.g. `REDIS_URL`. */
	variable: string;
	/** The project's; any of `databases` can stand in for it. */
	database: Blueprint;
	databases: readonly Blueprint[];
	/** The address of a server to write to, which the user has agreed to; null for a throwaway one. */
	url: string | null;
	/** Of the shell: db.ts gets it, with the drill's address in the place of every other. */
	environment: Record<string, string | undefined>;
	signal: AbortSignal;
	/** Receives a line whenever something that takes time begins. */
	say(line: string): void;
}
