// The story of `list`: find the projects of the workspace, read each, say what of a blueprint is in it. Changes nothing.
import { FlueError } from '../../errors.ts';
import { readAgentsFiles } from '../../inspect/agents-files.ts';
import { memberFolders } from '../../inspect/packages/members.ts';
import { findWorkspace } from '../../inspect/packages/workspace.ts';
import { findProject } from '../../inspect/project.ts';
import { requireFlue } from '../../inspect/require-flue.ts';
import type { InstalledProject, Update } from '../../model/installed.ts';
import { markedFile } from '../../plan/agents-section.ts';
import type { EntryUpdate } from '../../plan/update/index.ts';
import type { CommonTools } from '../tools.ts';
import { mergeFor, vendorPlaceFor } from '../update/draft.ts';
import { type Judged, judgeProject } from '../verify/project.ts';

/** The copy of the adapter in vendor/, where this program brings another one along for the project. */
async function adapterUpdates(judged: Judged, tools: CommonTools): Promise<Update[]> {
	const place = await vendorPlaceFor(judged, tools);
	const declared = judged.known.facts.packages.adapter.declared?.range;
	if (place === null || declared === undefined) return [];
	const to = `file:${place.path}`;
	return to === declared.replace('file:./', 'file:')
		? []
		: [{ what: 'adapter', from: declared, to }];
}

/** What an update would make of the entry, or why nothing: its version is not known, or it does not parse. */
function entryUpdate(judged: Judged): EntryUpdate | FlueError {
	try {
		return mergeFor(judged, null);
	} catch (error) {
		if (error instanceof FlueError) return error;
		throw error;
	}
}

function blueprintUpdates({ known }: Judged, entry: EntryUpdate | null): Update[] {
	if (entry?.kind !== 'merged') return [];
	const written = entry.from === entry.to ? `${entry.from}, an older listener` : String(entry.from);
	const from = known.marker === null ? 'no marker' : written;
	return [{ what: 'blueprint', from, to: String(entry.to) }];
}

function stateOf(
	{ known: { state, marker, blueprint } }: Judged,
	entry: EntryUpdate | null,
): InstalledProject['state'] {
	if (state === 'absent') return 'none';
	if (state === 'scaffold') return 'starter';
	if (state === 'same') return 'unchanged';
	if (marker === null) return 'foreign';
	if (entry?.kind === 'merged') return entry.isPristine ? 'unchanged' : 'edited';
	return marker.version === blueprint.version ? 'edited' : 'unknown';
}

async function readInstalled(cwd: string, tools: CommonTools): Promise<InstalledProject> {
	const judged = await judgeProject({ cwd, name: undefined, envVar: undefined }, tools);
	const { facts, marker, blueprint, variable, state } = judged.known;
	const { declared, installed } = facts.packages.adapter;
	const { path, text } = facts.dbEntry.value;
	const made = state === 'scaffold' ? null : entryUpdate(judged);
	const entry = made instanceof FlueError ? null : made;
	const error = made instanceof FlueError && made.code === 'UNREADABLE_PROJECT' ? made : null;
	return {
		root: facts.root,
		dbEntry: text === null ? null : path,
		blueprint: marker && { kind: blueprint.kind, ...marker },
		state: error ? 'unreadable' : stateOf(judged, entry),
		variable: marker && variable,
		adapter: declared && { declared: declared.range, installed },
		updates: [
			...blueprintUpdates(judged, entry),
			...(marker ? await adapterUpdates(judged, tools) : []),
		],
		agentsFile: markedFile(readAgentsFiles(facts, false)),
		...(error ? { error } : {}),
	};
}

/** One project that cannot be read keeps nobody from the others. */
async function readMember(root: string, tools: CommonTools): Promise<InstalledProject> {
	try {
		return await readInstalled(root, tools);
	} catch (error) {
		if (!(error instanceof FlueError)) throw error;
		const nothing = {
			dbEntry: null,
			blueprint: null,
			variable: null,
			adapter: null,
			updates: [],
			agentsFile: null,
		};
		return { root, ...nothing, state: 'unreadable', error };
	}
}

async function isFlue(root: string): Promise<boolean> {
	try {
		await requireFlue(findProject(root));
		return true;
	} catch (error) {
		// What cannot be read is told when it is.
		return error instanceof FlueError && error.code === 'UNREADABLE_PROJECT';
	}
}

/**
 * What is installed in the project of a folder, and in the other Flue projects of its workspace.
 * @throws NOT_A_PROJECT or NOT_FLUE where there is none; what makes the one project that there is unreadable
 */
export async function list(cwd: string, tools: CommonTools): Promise<InstalledProject[]> {
	const project = findProject(cwd);
	const workspace = await findWorkspace(project.root);
	const members = await memberFolders(workspace.root);
	const found = [...new Set([project.root, workspace.root, ...members])];
	const areFlue = await Promise.all(found.map(isFlue));
	const roots = found.filter((_, index) => areFlue[index]);
	if (roots.length === 0) await requireFlue(project);
	if (roots.length <= 1) return [await readInstalled(roots[0] ?? project.root, tools)];
	return Promise.all(roots.sort().map((root) => readMember(root, tools)));
}
