// Whether the adapter in vendor/ is there, and is the file that the lockfile was made from.
import { join } from 'node:path';
import type { VendoredFact } from '../../model/verification.ts';
import { digest } from '../../text/digest.ts';
import { objectOf, parseJson, valueAt } from '../../text/jsonc.ts';
import { readBytes, readIfPossible } from '../files.ts';
import { fromRoot, type Place } from '../paths.ts';

/** A digest as a lockfile writes it: `sha512-…` in base64, or the (first) digits of one in hexadecimal. */
type Digest = { algorithm: string; text: string; encoding: 'base64' | 'hex' };

/** Gives what a lockfile recorded of a tarball: `path` is `vendor/<file>`, which it may write relative to itself. */
type Reader = (text: string, path: string) => Digest[];

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Of several in one value the strongest stands last, as managers write them. */
function integrityOf(value: string | undefined): Digest[] {
	const [, algorithm = '', text = ''] =
		/\b(sha(?:1|256|384|512))-([\w+/]+=*)$/.exec(value ?? '') ?? [];
	return algorithm === '' ? [] : [{ algorithm, text, encoding: 'base64' }];
}

function allOf(text: string, pattern: string): string[] {
	return [...text.matchAll(new RegExp(pattern, 'g'))].flatMap(([, found]) => found ?? []);
}

const fromNpm: Reader = (text, path) =>
	Object.values(objectOf(valueAt(parseJson(text), 'packages')) ?? {})
		.filter((entry) => new RegExp(`[:/]${escaped(path)}$`).test(String(valueAt(entry, 'resolved'))))
		.flatMap((entry) => integrityOf(String(valueAt(entry, 'integrity'))));

/** Yarn 1 writes the digest behind the address, 2 and later its first digits beside who asks. */
const fromYarn: Reader = (text, path) => [
	...allOf(text, `resolved "file:[^"\\n]*${escaped(path)}#([0-9a-f]{40})"`).map(
		(found): Digest => ({ algorithm: 'sha1', text: found, encoding: 'hex' }),
	),
	...allOf(text, `#[^"\\n]*${escaped(path)}::hash=([0-9a-f]+)`).map(
		(found): Digest => ({ algorithm: 'sha512', text: found, encoding: 'hex' }),
	),
];

const READERS: Record<string, Reader> = {
	'package-lock.json': fromNpm,
	'npm-shrinkwrap.json': fromNpm,
	'pnpm-lock.yaml': (text, path) =>
		allOf(text, `integrity: (\\S+?), tarball: file:\\S*${escaped(path)}\\b`).flatMap(integrityOf),
	'yarn.lock': fromYarn,
	'bun.lock': (text, path) =>
		allOf(text, `@[^"\\n]*${escaped(path)}",.*"(sha\\d+-[^"]+)"\\]`).flatMap(integrityOf),
};

function isOf(bytes: Uint8Array, { algorithm, text, encoding }: Digest): boolean {
	return digest(algorithm, bytes, encoding).startsWith(text);
}

/** The lockfile that knows the file with other bytes; null when there is none. */
function disagreeing({ root, boundary }: Place, path: string, bytes: Uint8Array): string | null {
	for (const folder of new Set([root, boundary])) {
		for (const [name, read] of Object.entries(READERS)) {
			const found = read(readIfPossible(join(folder, name)) ?? '', path);
			// Another member may have a file of the same name.
			if (found.length > 0 && !found.some((digest) => isOf(bytes, digest)))
				return fromRoot(root, join(folder, name));
		}
	}
	return null;
}

/** What is known of the file that a declaration takes from vendor/; null when it takes none. */
export function readVendored(place: Place, declared: string | undefined): VendoredFact | null {
	const path = /^file:(?:\.\/)?(vendor\/[^/]+\.tgz)$/.exec(declared ?? '')?.[1];
	if (path === undefined) return null;
	const bytes = readBytes(join(place.root, path));
	return { path, isThere: bytes !== null, lockfile: bytes && disagreeing(place, path, bytes) };
}
