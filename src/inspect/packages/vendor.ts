// Looks at the place in the project where the bundled adapter belongs.
import { join } from 'node:path';
import type { BundledAdapter, VendorPlace } from '../../model/facts.ts';
import { readBytes } from '../files.ts';
import { isIgnored } from '../git-ignore.ts';

/** Looks at `vendor/<file>` below the project root. */
export function inspectVendor(
	place: { root: string; gitRoot: string | null },
	adapter: BundledAdapter,
): VendorPlace {
	const path = `vendor/${adapter.file}`;
	const full = join(place.root, path);
	const present = readBytes(full);
	const isSame = present !== null && Buffer.compare(present, adapter.bytes) === 0;
	const other = isSame ? 'same' : 'other';
	return {
		path,
		state: present === null ? 'absent' : other,
		ignored: isIgnored(place.gitRoot, full),
		adapter,
	};
}
