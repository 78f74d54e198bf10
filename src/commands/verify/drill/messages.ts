// What the drill, its keeper and the process that runs db.ts say to each other. Types only.
import type { StoreContract } from '../../../model/verification.ts';
import type { Survival } from './survival.ts';

/** An error as it may leave the process of db.ts: no secret is in it. */
export interface SafeError {
	/** E.g. `ERR_MODULE_NOT_FOUND`; empty when it has none. */
	code: string;
	message: string;
}

/** What the process of db.ts has to do with its stores. */
export interface Job {
	nonce: string;
	/** Rounds to read back. */
	read: number[];
	/** Whether what must change nothing when it is repeated, such as sending a submission, is repeated before. */
	replay: boolean;
	/** The round to write; null for none. */
	write: number | null;
}

export type Stage = 'load' | 'shape' | 'migrate' | 'stores' | 'read' | 'write' | 'done';

export type FromWorker =
	/** A connection to the server of the drill, by the port at this end. */
	| { event: 'connected'; port: number }
	/** A connection to something else was asked for, and not made. */
	| { event: 'refused'; target: string }
	| { event: 'loaded' }
	| { event: 'opened' }
	| { event: 'done'; survivals: Survival[] }
	| { event: 'failed'; stage: Stage; error: SafeError };

export type ToWorker =
	| { order: 'load'; entry: string }
	/** Migrate, and get the stores. */
	| { order: 'open'; contract: StoreContract }
	| { order: 'work'; job: Job }
	/** Close the adapter and end. */
	| { order: 'close' };

export interface Program {
	/** Chosen by who asks. */
	id: number;
	file: string;
	args: string[];
	cwd: string;
	environment: Record<string, string | undefined>;
	/** Whether messages can be exchanged with it. */
	talks: boolean;
	/** A file to be written in the drill's folder before, and the folder that must exist. */
	config?: { folder: string; text: string };
}

export type ToKeeper =
	| { order: 'start'; program: Program }
	| { order: 'tell'; id: number; message: ToWorker }
	| { order: 'kill'; id: number }
	| { order: 'end' };

export type FromKeeper =
	| { event: 'ready' }
	| { event: 'started'; id: number; pid: number }
	| { event: 'said'; id: number; message: FromWorker }
	/** `tail`: the end of what it printed, of a program that does not talk. */
	| { event: 'ended'; id: number; status: number | string; tail: string };
