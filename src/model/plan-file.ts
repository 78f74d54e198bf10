// A plan that is kept in a file: what will be done, and what it was made from. No text of a file that is there is in it.
import type { DatabaseName } from './blueprint.ts';
import type { InstallStep, WriteStep } from './plan.ts';

/** In a text, `length` UTF-16 units from `start` on become `text`. */
export interface Edit {
	start: number;
	length: number;
	text: string;
}

/** Paths are relative to the project root, with `/`; digests are those of `fileDigest`. */
export interface DigestedFile {
	path: string;
	sha256: string;
}

/** The text that edits are made in: none, that of a file of the project, or that of a file in the last commit. */
export type Base = { from: 'nothing' } | ({ from: 'file' | 'commit' } & DigestedFile);

/** `isLocal`: git ignores the file; where it is missing, the step is left out. */
export interface KeptWrite extends Pick<WriteStep, 'kind' | 'path' | 'shown'> {
	isNew: boolean;
	isLocal: boolean;
	base: Base;
	edits: Edit[];
	/** The digest of what comes out. */
	after: string;
}

export type KeptStep = KeptWrite | ({ kind: 'copy' | 'remove' } & DigestedFile) | InstallStep;

export interface PlanFile {
	kind: 'flue-blueprints/plan';
	/** Of this form of document. */
	version: number;
	/** The version of the program that made it. */
	program: string;
	command: 'add' | 'remove' | 'update';
	blueprint: { kind: 'database'; name: DatabaseName; version: number };
	/** `place`: the folder in the workspace, empty for its root. */
	project: { name: string | null; place: string };
	/** Random; of the digests of files of secrets. */
	salt: string;
	/** What the install is held to: one copy of the runtime, and whether the adapter is the copy of this program. */
	promised: { oneRuntime: boolean | null; isVendored: boolean };
	steps: KeptStep[];
	installCommand: string | null;
	warnings: { code: string; message: string }[];
	nextSteps: string[];
	/** The files that the plan was made from. */
	files: DigestedFile[];
	/** Files that there must not be. */
	absent: string[];
	/** Of all that stands above, as JSON without blanks. */
	digest: string;
}
