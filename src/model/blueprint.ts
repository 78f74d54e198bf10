// What distinguishes one database from another.
import type { FlueLine } from './facts.ts';

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
