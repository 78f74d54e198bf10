// What an update would make of the project: the db entry, and the copy of the adapter. Asked by `list` too.
import { inspectVendor } from '../../inspect/index.ts';
import type { VendorPlace } from '../../model/facts.ts';
import { listAdapterCopies, readAdapterCopy } from '../../package/bundled-adapter.ts';
import { readTemplate } from '../../package/template.ts';
import { renderOptions } from '../../plan/entry.ts';
import { type EntryUpdate, updateEntry } from '../../plan/update/index.ts';
import type { Decision } from '../../plan/update/merge.ts';
import { fittingCopy, isVendored } from '../../plan/vendor.ts';
import type { CommonTools } from '../tools.ts';
import type { Judged } from '../verify/project.ts';

/** What the update makes of the entry that is there. */
export function mergeFor({ known, lesson }: Judged, decision: Decision | null): EntryUpdate {
	const { facts, blueprint, marker, shape } = known;
	const { path, text } = facts.dbEntry.value;
	if (text === null) return { kind: 'foreign' };
	return updateEntry({
		path,
		text,
		blueprint,
		template: readTemplate(blueprint),
		marked: marker?.version ?? null,
		suggested: renderOptions(lesson, shape?.listener !== 'none'),
		decision,
	});
}

/** Where the copy of the adapter of today belongs; null where the project does not have one of this program. */
export async function vendorPlaceFor(
	{ known: { facts }, build }: Judged,
	{ askGit }: Pick<CommonTools, 'askGit'>,
): Promise<VendorPlace | null> {
	const declared = facts.packages.adapter.declared?.range;
	const copy = fittingCopy(listAdapterCopies(), facts);
	if (declared === undefined || copy === null || !isVendored(facts.packages, undefined))
		return null;
	const place = { root: facts.root, gitRoot: build.workspace.gitRoot, declared };
	return inspectVendor(place, readAdapterCopy(copy), askGit);
}
