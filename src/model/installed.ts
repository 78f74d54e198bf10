// What is installed in a project.
import type { FlueError } from '../errors.ts';
import type { Blueprint } from './blueprint.ts';

/** Something that the command would write otherwise today. */
export interface Update {
	what: 'blueprint' | 'adapter';
	from: string;
	to: string;
}

/** A Flue project, and what of a blueprint is in it. */
export interface InstalledProject {
	/** Absolute real path. */
	root: string;
	/** Relative to the root; null when there is none. */
	dbEntry: string | null;
	/** What the marker of the db entry says; null without one. */
	blueprint: Pick<Blueprint, 'kind' | 'name' | 'version'> | null;
	/** `unknown`: written by another version of the blueprint, whose text is not known. */
	state: 'none' | 'starter' | 'unchanged' | 'edited' | 'unknown' | 'foreign' | 'unreadable';
	/** The variable that holds the address; null without a blueprint. */
	variable: string | null;
	adapter: { declared: string; installed: string | null } | null;
	updates: Update[];
	/** The file with the section for coding agents, such as `AGENTS.md`; null when none has it. */
	agentsFile: string | null;
	/** Why the project, or its db entry, could not be read. */
	error?: FlueError;
}
