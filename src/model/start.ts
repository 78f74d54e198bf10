// How this program was started, and the commands that its user can type. Types only, as all of `model/`.
import type { PackageManager } from './request.ts';

/** A package manager, as far as its words for running a program depend on it. */
export interface ManagerAtHand {
	name: PackageManager;
	/** Yarn 2 or later; null when nothing says. */
	yarnIsBerry: boolean | null;
}

export interface Start {
	/** The name it was called by. As `flue` it stands for the framework's command too. */
	name: 'flue' | 'flue-blueprints';
	/** From a project at or above the working directory, by a manager for this one run, or by a name or a path. */
	way: 'installed' | 'fetched' | 'direct';
	/**
	 * `direct`: the words that are typed, e.g. `flue-blueprints`, or `node` and `../flue-blueprints/bin/flue.js`. Else what
	 * a manager is told, e.g. `flue-blueprints` or `file:../flue-blueprints-0.1.0.tgz`. Not quoted for a shell.
	 */
	said: string[];
	/** The manager that started it; null when none says so. */
	manager: ManagerAtHand | null;
}

/** The next thing to do, exactly as it can be pasted. */
export interface NextCommand {
	command: string;
	/** What it is good for, in one sentence. */
	why: string;
}
