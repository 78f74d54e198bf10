// Flue's runtime in a project: the copies that there are, and who asks for which.
import type { Found } from './found.ts';

/** How a package.json asks for a package. */
export interface Declared {
	/** As it is written. */
	range: string;
	/** What that stands for, where it names an entry of a catalog. */
	catalog?: Found<string>;
	field: 'dependencies' | 'devDependencies' | 'peerDependencies' | 'optionalDependencies';
}

/** One copy: where it lies, relative to the project (or its name in a lockfile), and its version. */
export interface RuntimeCopy {
	path: string;
	version: string;
}

/** A file that may be there; `path` relative to the project root, with `/`. */
interface PerhapsFile {
	path: string;
	text: string | null;
}

export interface RuntimeFacts {
	/**
	 * Those that the project and Flue's own packages load, or would load by the lockfile: the project's own first. Empty
	 * when neither is there. More than one is a fault.
	 */
	copies: RuntimeCopy[];
	/** Packages of the project that take one version of it alone. */
	pins: { by: string; version: string }[];
	/** Packages that need one and find none from where the manager put them, though the project has one. */
	cutOff: string[];
	declared: Declared | null;
	/** Other members of the workspace that declare it; `by` is the folder, relative to the workspace root. */
	others: { by: string; range: string }[];
	/** Where a manager is told about all packages at once: at the workspace root. Read only where there are copies. */
	settings: { manifest: PerhapsFile; pnpm: PerhapsFile } | null;
}
