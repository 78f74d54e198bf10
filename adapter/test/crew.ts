// Eight processes that do the same thing at the same time.
import { type ChildProcess, fork } from 'node:child_process';
import type { Task } from './worker.ts';

export interface Crew {
	/** Tells all of them at once; resolves to what each answered. */
	readonly tell: (task: Task) => Promise<string[][]>;
	readonly stop: () => void;
}

/** Starts the processes; each connects to each server. */
export async function startCrew(urls: readonly string[]): Promise<Crew> {
	const crew = Array.from({ length: 8 }, (_unused, index) =>
		fork(new URL('./worker.ts', import.meta.url), [String(index), ...urls], {
			execArgv: ['--experimental-strip-types', '--no-warnings'],
		}),
	);
	const stop = () => {
		for (const child of crew) child.kill('SIGKILL');
	};
	process.once('exit', stop);
	await Promise.all(crew.map(nextAnswer));
	return {
		async tell(task) {
			const answers = crew.map(nextAnswer);
			for (const child of crew) child.send(task);
			return Promise.all(answers);
		},
		stop,
	};
}

function nextAnswer(child: ChildProcess): Promise<string[]> {
	return new Promise((resolve, reject) => {
		const fail = (code: number | null) => reject(new Error(`A process ended with ${code}.`));
		child.once('exit', fail);
		child.once('message', (answer) => {
			child.off('exit', fail);
			resolve(answer as string[]);
		});
	});
}
