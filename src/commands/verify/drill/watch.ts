// What is known of a process that runs db.ts, and a way to wait until something is. Pure but for its clock.
import type { FromWorker, SafeError, Stage } from './messages.ts';
import type { Survival } from './survival.ts';

/** What is known of the process. */
export interface State {
	ports: number[];
	refused: Set<string>;
	loaded: boolean;
	opened: boolean;
	survivals: Survival[] | null;
	failure: { stage: Stage; error: SafeError } | null;
	ended: { status: number | string } | null;
}

export interface Watch {
	state: State;
	/** Waits until something is so, but not longer. */
	until(isSo: (state: State) => boolean, milliseconds: number): Promise<void>;
	hear(message: FromWorker): void;
	end(ended: { status: number | string }): void;
}

function take(state: State, message: FromWorker): void {
	if (message.event === 'connected') state.ports.push(message.port);
	if (message.event === 'refused') state.refused.add(message.target);
	if (message.event === 'loaded') state.loaded = true;
	if (message.event === 'opened') state.opened = true;
	if (message.event === 'done') state.survivals = message.survivals;
	if (message.event === 'failed') state.failure ??= message;
}

/** Nothing is known yet. */
export function watch(): Watch {
	const nothing = { loaded: false, opened: false, survivals: null, failure: null, ended: null };
	const state: State = { ports: [], refused: new Set(), ...nothing };
	const waiting = new Set<() => void>();
	const changed = () => {
		for (const look of waiting) look();
	};
	return {
		state,
		until: (isSo, milliseconds) =>
			new Promise((resolve) => {
				const finish = () => {
					waiting.delete(look);
					clearTimeout(timer);
					resolve();
				};
				const look = () => isSo(state) && finish();
				const timer = setTimeout(finish, milliseconds);
				waiting.add(look);
				look();
			}),
		hear(message) {
			take(state, message);
			changed();
		},
		end(ended) {
			state.ended = ended;
			changed();
		},
	};
}
