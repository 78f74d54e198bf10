// The refusals of one stage of a run: each waits for the others, so that a user is told all of them at once.
import { FlueError } from './errors.ts';

/** Several refusals as one: the first as it is, telling the others; null when there are none. */
function joined(refusals: readonly FlueError[]): FlueError | null {
	const [first] = refusals;
	if (first === undefined || refusals.length === 1) return first ?? null;
	const all = refusals.flatMap((one) => (one.reasons.length > 0 ? one.reasons : [one]));
	const reasons = all.filter(
		({ code, message }, index) =>
			all.findIndex((one) => one.code === code && one.message === message) === index,
	);
	const { hint, flag, path, cause } = first;
	return new FlueError(first.code, first.message, {
		reasons,
		...(hint === undefined ? {} : { hint }),
		...(flag === undefined ? {} : { flag }),
		...(path === undefined ? {} : { path }),
		cause,
	});
}

/** The refusals of one stage of a run: each waits for the others, so that a user is told all of them at once. */
export class Refusals {
	readonly #found: FlueError[] = [];

	/** Whether nothing was refused. */
	get isEmpty(): boolean {
		return this.#found.length === 0;
	}

	/** Takes a refusal; what is none is thrown on. */
	keep(error: unknown): undefined {
		const isRefusal = error instanceof FlueError && !/^(CANCELLED|INTERNAL)$/.test(error.code);
		if (!isRefusal) throw error;
		this.#found.push(error);
	}

	/** What `make` gives; undefined where it refuses. */
	attempt<T>(make: () => T): T | undefined {
		try {
			return make();
		} catch (error) {
			return this.keep(error);
		}
	}

	/** @throws the first refusal, telling all of them */
	end(): void {
		const refusal = joined(this.#found);
		if (refusal) throw refusal;
	}

	/**
	 * What was attempted, where nothing was refused.
	 * @throws the first refusal, telling all of them
	 */
	endWith<T>(made: T | undefined): T {
		this.end();
		if (made === undefined) throw new FlueError('INTERNAL', 'Nothing was made, nor refused.');
		return made;
	}
}

/** As `Promise.all`, but what is refused beside the first refusal is told with it. */
export async function together<T extends readonly unknown[]>(
	made: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
	const refusals = new Refusals();
	await Promise.all(made.map((one) => one.catch((error) => refusals.keep(error))));
	refusals.end();
	return Promise.all(made) as Promise<T>;
}
