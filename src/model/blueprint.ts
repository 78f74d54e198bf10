// What distinguishes one database from another.
import type { FlueLine } from './facts.ts';

/** The name of a file in `src/blueprints/`, e.g. `redis`. */
export type DatabaseName = string;

/** What tells one server program from others. */
export interface ServerMake {
	title: string;
	/** As on PATH. Its `--version` says `v=`. */
	program: string;
	/** The line of INFO that tells its version, e.g. `valkey_version`. */
	versionLine: string;
	/** What it calls itself in the reply of HELLO. */
	helloName: string;
}

/** What a version of a blueprint changed in its template, as upstream's blueprints tell it. */
interface TemplateChange {
	/** The version that came of it. */
	version: number;
	/** Unified, from the text of the version before. */
	diff: string;
}

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
	/** What each version changed in the text of the one before it, the newest first: from these the older texts are made. */
	changes: readonly TemplateChange[];
	adapter: { name: string; export: string };
	/** `range` is what we add; `accepts` is what may already be declared, per Flue line. */
	client: { name: string; range: string; accepts: Record<FlueLine, string> };
	server: Omit<ServerMake, 'title'> & {
		/** How to get it: a sentence for a hint. */
		install: string;
		/** The least version that the adapter works with, e.g. `7.2`. */
		oldest: string;
		/** Others that speak the same protocol and have no blueprint of their own. */
		kin: readonly ServerMake[];
	};
}
