// Looks at the place in the project where the bundled adapter belongs, and at the copy that stands there for another build.
import { join } from 'node:path';
import type { BundledAdapter, VendorPlace } from '../../model/facts.ts';
import { sha256 } from '../../text/digest.ts';
import { readBytes } from '../files.ts';
import { type AskGit, isIgnoredByGit } from '../git-ignore.ts';

/** How much of the digest the name holds; more only where somebody's own file has the shorter name. */
const LENGTHS = [8, 16, 64];

/**
 * The names for a packed adapter, the usual one first. They hold its digest: a lockfile holds one too, and other bytes
 * under a name that it knows make every clean install fail, while no install notices that there is something to do.
 */
function namesFor({ file, bytes }: BundledAdapter): string[] {
	const digest = sha256(bytes);
	return LENGTHS.map((length) => file.replace(/\.tgz$/, `-${digest.slice(0, length)}.tgz`));
}

/** Whether a file of ours still is what its name says. */
function isUnchanged(path: string, bytes: Uint8Array): boolean {
	const said = /-([0-9a-f]{8,64})\.tgz$/.exec(path)?.[1];
	return said !== undefined && sha256(bytes).startsWith(said);
}

/** What package.json takes the adapter from now, where that is a file in vendor/ other than the one to come. */
function previousIn(root: string, declared: string | undefined, path: string) {
	const old = /^file:(?:\.\/)?(vendor\/flue-redis-[^/]+\.tgz)$/.exec(declared ?? '')?.[1];
	const bytes = old === undefined || old === path ? null : readBytes(join(root, old));
	return old !== undefined && bytes ? { path: old, bytes } : null;
}

/** The copy of the adapter in vendor/ that package.json depends on, where it is as this program wrote it. */
export function readOwnCopy(
	root: string,
	declared: string | undefined,
): { path: string; bytes: Uint8Array } | null {
	const copy = previousIn(root, declared, '');
	return copy && isUnchanged(copy.path, copy.bytes) ? copy : null;
}

/** The copy of the adapter that package.json depends on, or is to, where git does not hold it; null where it does. */
export async function uncommittedCopy(
	{ root, declared }: { root: string; declared: string | undefined },
	taken: string | null,
	askGit: AskGit,
): Promise<string | null> {
	const path = taken ?? readOwnCopy(root, declared)?.path ?? null;
	if (path === null) return null;
	const held = await askGit(['ls-files', '--', path], root);
	return held?.trim() ? null : path;
}

/**
 * Looks at `vendor/` below the project root.
 * @param declared how package.json declares the adapter
 */
export async function inspectVendor(
	place: { root: string; gitRoot: string | null; declared: string | undefined },
	adapter: BundledAdapter,
	askGit: AskGit,
): Promise<VendorPlace> {
	const { root } = place;
	const candidates = namesFor(adapter).map((name) => {
		const path = `vendor/${name}`;
		const present = readBytes(join(root, path));
		const isSame = present !== null && Buffer.compare(present, adapter.bytes) === 0;
		const state: 'same' | 'absent' = isSame ? 'same' : 'absent';
		return { path, state, isTaken: present !== null && !isSame };
	});
	const free = candidates.find(({ isTaken }) => !isTaken);
	const { path, state } = free ?? { path: `vendor/${adapter.file}`, state: 'absent' };
	const previous = previousIn(root, place.declared, path);
	const isOld = previous !== null && isUnchanged(previous.path, previous.bytes);
	const taken = candidates.filter(({ isTaken }) => isTaken).map((one) => one.path);
	const others = isOld || !previous ? taken : [...new Set([...taken, previous.path])];
	return {
		path,
		state,
		ignored: await isIgnoredByGit(place.gitRoot, join(root, path), askGit),
		adapter,
		previous: isOld ? previous : null,
		others,
	};
}
