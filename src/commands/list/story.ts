// The story of `list`: find the projects of the workspace, read each, say what of a blueprint is in it. Changes nothing.
import { FlueError } from '../../errors.ts';
import { inspectVendor } from '../../inspect/index.ts';
import { workspaceMembers } from '../../inspect/packages/members.ts';
import { findWorkspace } from '../../inspect/packages/workspace.ts';
import { findProject } from '../../inspect/project.ts';
import { requireFlue } from '../../inspect/require-flue.ts';
import type { InstalledProject, Update } from '../../model/installed.ts';
import { listAdapterCopies, readAdapterCopy } from '../../package/bundled-adapter.ts';
import { fittingCopy, isVendored } from '../../plan/vendor.ts';
import type { CommonTools } from '../tools.ts';
import { type Judged, judgeProject } from '../verify/project.ts';

/** The copy of the adapter in vendor/, where this program brings another one along for the project. */
async function adapterUpdates(
	{ known: { facts }, build }: Judged,
	{ askGit }: CommonTools,
): Promise<Update[]> {
	const declared = facts.packages.adapter.declared?.range;
	const copy = fittingCopy(listAdapterCopies(), facts);
	if (declared === undefined || copy === null || !isVendored(facts.packages, undefined)) return [];
	const place = { root: facts.root, gitRoot: build.workspace.gitRoot, declared };
	const { path } = await inspectVendor(place, readAdapterCopy(copy), askGit);
	const to = `file:${path}`;
	return to === declared.replace('file:./', 'file:')
		? []
		: [{ what: 'adapter', from: declared, to }];
}

function blueprintUpdates({ known: { marker, blueprint } }: Judged): Update[] {
	if (marker === null || marker.version >= blueprint.version) return [];
	return [{ what: 'blueprint', from: String(marker.version), to: String(blueprint.version) }];
}

function stateOf({ known: { state, marker, blueprint } }: Judged): InstalledProject['state'] {
	if (state === 'absent') return 'none';
	if (state === 'scaffold') return 'starter';
	if (state === 'same') return 'unchanged';
	if (marker === null) return 'foreign';
	return marker.version === blueprint.version ? 'edited' : 'unknown';
}

async function readInstalled(cwd: string, tools: CommonTools): Promise<InstalledProject> {
	const judged = await judgeProject({ cwd, name: undefined, envVar: undefined }, tools);
	const { facts, marker, blueprint, variable } = judged.known;
	const { declared, installed } = facts.packages.adapter;
	const { path, text } = facts.dbEntry.value;
	return {
		root: facts.root,
		dbEntry: text === null ? null : path,
		blueprint: marker && { kind: blueprint.kind, ...marker },
		state: stateOf(judged),
		variable: marker && variable,
		adapter: declared && { declared: declared.range, installed },
		updates: marker ? [...blueprintUpdates(judged), ...(await adapterUpdates(judged, tools))] : [],
	};
}

/** One project that cannot be read keeps nobody from the others. */
async function readMember(root: string, tools: CommonTools): Promise<InstalledProject> {
	try {
		return await readInstalled(root, tools);
	} catch (error) {
		if (!(error instanceof FlueError)) throw error;
		const nothing = { dbEntry: null, blueprint: null, variable: null, adapter: null, updates: [] };
		return { root, ...nothing, state: 'unreadable', error };
	}
}

function isFlue(root: string): boolean {
	try {
		requireFlue(findProject(root));
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
	const members = await workspaceMembers({ ...workspace, isMember: true });
	const roots = [...new Set([project.root, workspace.root, ...members])].filter(isFlue);
	if (roots.length === 0) requireFlue(project);
	if (roots.length <= 1) return [await readInstalled(roots[0] ?? project.root, tools)];
	return Promise.all(roots.sort().map((root) => readMember(root, tools)));
}
