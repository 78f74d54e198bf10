// What the drill needs to know of a Flue adapter, whatever its line: the part of `@flue/runtime/adapter` that it calls. Types only.

export interface Adapter {
	migrate?(): void | Promise<void>;
	connect(): unknown;
	close?(): void | Promise<void>;
}

/** True for the default export of a db.ts. */
export function isAdapter(value: unknown): value is Adapter {
	return typeof (value as Adapter | null)?.connect === 'function';
}
