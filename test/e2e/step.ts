// What the stories of killed servers share: a step that says what it saw, and the names of the databases.
import type { ServerKind } from '../../adapter/test/servers.ts';

/** Does one step of a story; what the work resolves to is what it saw. */
export type Step = (label: string, work: () => Promise<string>) => Promise<void>;

export const DATABASES: Record<ServerKind, { title: string; variable: string }> = {
	redis: { title: 'Redis', variable: 'REDIS_URL' },
	valkey: { title: 'Valkey', variable: 'VALKEY_URL' },
};

/** @throws when two texts differ */
export function same(before: string, after: string): string {
	if (before !== after) throw new Error(`It is not the same:\n${before}\n${after}`);
	return `${Buffer.byteLength(after)} bytes, the same`;
}
