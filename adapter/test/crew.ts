// Eight processes that do the same thing at the same time.
import { type ChildProcess, fork } from 'node:child_process';

export interface Crew<Task> {
	/** Tells all of them at once; resolves to what each answered. */
	readonly tell: (task: Task) => Promise<string[][]>;
	readonly stop: () => void;
}

interface Program {
	/** What each of them runs. */
	readonly program: URL;
	/** The name of the copy that stands for @flue/runtime; without it the installed one. */
	readonly runtime?: string;
}

const WITH_RUNTIME = new URL('../bench/with-runtime.js', import.meta.url).href;

/** Starts the processes; each connects to each server. */
export async function startCrew<Task extends object>(
	urls: readonly string[],
	{ program, runtime }: Program,
): Promise<Crew<Task>> {
	const crew = Array.from({ length: 8 }, (_unused, index) =>
		fork(program, [String(index), ...urls], {
			env: { ...process.env, ...(runtime ? { FLUE_RUNTIME: runtime } : {}) },
			execArgv: [
				...(runtime ? ['--import', WITH_RUNTIME] : []),
				'--experimental-strip-types',
				'--no-warnings',
			],
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
