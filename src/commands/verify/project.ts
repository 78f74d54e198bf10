// Level 1 of `verify`: inspects a project, compares its db entry with what `add` would write, and checks. No network.
import { BLUEPRINTS, findBlueprint, ORIGIN } from '../../blueprints/index.ts';
import { inspectBuild, inspectProject } from '../../inspect/index.ts';
import { findProject, type Project } from '../../inspect/project.ts';
import { requireFlue } from '../../inspect/require-flue.ts';
import { inspectShape, inspectVerification } from '../../inspect/verification.ts';
import type { Blueprint, DatabaseName } from '../../model/blueprint.ts';
import type { Facts } from '../../model/facts.ts';
import type { AddOptions, PackageManager } from '../../model/request.ts';
import type { Check, EntryShape, ProjectFacts } from '../../model/verification.ts';
import { listAdapterCopies } from '../../package/bundled-adapter.ts';
import { readTemplate } from '../../package/template.ts';
import { draftEntry } from '../../plan/entry.ts';
import { readAdapterSettings, readGenerated } from '../../plan/generated.ts';
import { type Lesson, learnEntry } from '../../plan/lesson.ts';
import { fittingCopy, unfitCopy } from '../../plan/vendor.ts';
import type { CommonTools } from '../tools.ts';
import { projectChecks } from './checks/project.ts';
import type { VerifyTools } from './tools.ts';

/** What level 1 was asked about. */
interface Subject {
	cwd: string;
	envVar: string | undefined;
	/** The name on the command line. */
	name: string | undefined;
}

/** A project as level 1 saw it, and what the levels behind it need. */
export interface Verified {
	project: ProjectFacts;
	checks: Check[];
	/** null: an expression that only the program itself knows. */
	prefix: string | null;
	inspects: boolean;
	/** For how many replicas db.ts waits; null: an expression, undefined: for none. */
	waits: number | null | undefined;
}

const UNSAID: AddOptions = {
	cwd: '.',
	yes: true,
	dryRun: false,
	json: false,
	print: false,
	install: true,
	inspectServer: true,
	format: false,
	replace: false,
	reconnect: undefined,
	alignRuntime: undefined,
	packageManager: undefined,
	secrets: undefined,
	envVar: undefined,
	keyPrefix: undefined,
	retain: undefined,
	adapter: undefined,
	target: undefined,
	entry: undefined,
	agentsMd: false,
	verify: false,
	planOut: undefined,
};

function blueprintNamed(name: string): Blueprint {
	return findBlueprint('database', name, 'verify');
}

/** The blueprint that a db entry is judged by: its marker's, else the one asked for, else by the variable it reads. */
function blueprintOf(
	marked: DatabaseName | undefined,
	asked: string | undefined,
	variable: string | null,
): Blueprint {
	if (marked ?? asked) return blueprintNamed(marked ?? asked ?? '');
	const named = BLUEPRINTS.find(({ name }) => variable?.toLowerCase().includes(name));
	return named ?? ORIGIN;
}

type Known = Pick<
	ProjectFacts,
	'facts' | 'blueprint' | 'asked' | 'shape' | 'marker' | 'canonical' | 'state' | 'variable'
>;

/** The adapter's settings in the entry, with what it does without any. */
function settingsOf({ path, text }: Facts['dbEntry']['value']): {
	prefix: string | null;
	inspects: boolean;
	waits: number | null | undefined;
} {
	if (text === null) return { prefix: 'flue', inspects: true, waits: undefined };
	const { keyPrefix = 'flue', inspectServer, waits } = readAdapterSettings(path, text);
	const prefix = keyPrefix?.replace(/:+$/, '') ?? null;
	return { prefix, inspects: inspectServer, waits };
}

/** Compares the entry with what `add` would write for it. */
function judgeEntry(
	facts: Facts,
	shape: EntryShape | null,
	{ name, envVar }: Subject,
	isSet: VerifyTools['isSet'],
): Pick<Judged, 'known' | 'lesson'> {
	const { path, text } = facts.dbEntry.value;
	const marker = readGenerated({ path, text }, BLUEPRINTS);
	const blueprint = blueprintOf(marker?.name, name, shape?.variable ?? null);
	const settings = text === null ? null : readAdapterSettings(path, text);
	const options = {
		...UNSAID,
		envVar: envVar ?? shape?.variable ?? undefined,
		// An entry that reads the environment itself was told to leave a config module alone.
		secrets: shape?.variable ? ('env' as const) : undefined,
		keyPrefix: settings?.keyPrefix ?? undefined,
		inspectServer: settings?.inspectServer ?? true,
		retain: settings?.retain,
	};
	const lesson = learnEntry({ blueprint, facts, options, databases: BLUEPRINTS, isSet });
	const draft = draftEntry({ ...lesson, template: readTemplate(blueprint) });
	const known: Known = {
		facts,
		blueprint,
		asked: name === undefined ? null : blueprintNamed(name).name,
		shape,
		marker: marker && { name: marker.name, version: marker.version },
		canonical: text === null ? null : draft.render(shape?.listener !== 'none'),
		state: draft.state,
		variable: lesson.options.envVar ?? blueprint.variable,
	};
	return { known, lesson };
}

/** A project, and how its db entry compares with what `add` would write for it. */
export interface Judged {
	found: Project;
	build: Awaited<ReturnType<typeof inspectBuild>>;
	known: Known;
	/** What the entry was told, as far as it and the project show. */
	lesson: Lesson;
}

/**
 * Reads the project of a folder and compares its db entry with what `add` would write for it.
 * @throws as `add` does where there is no Flue project, or a file that decides something cannot be read
 */
export async function judgeProject(
	subject: Subject & { packageManager?: PackageManager | undefined },
	tools: CommonTools,
): Promise<Judged> {
	// Every blueprint of this kind takes the same packages.
	const named = blueprintNamed(subject.name ?? ORIGIN.name);
	const found = findProject(subject.cwd);
	await requireFlue(found);
	const build = await inspectBuild(found);
	const facts = await inspectProject(found, build, named, {
		userAgent: tools.userAgent,
		askGit: tools.askGit,
		said: subject.packageManager,
		isIdle: true,
	});
	return { found, build, ...judgeEntry(facts, inspectShape(facts), subject, tools.isSet) };
}

/**
 * Looks at the files of a project, and runs nothing of it.
 * @throws as `add` does where there is no Flue project, or a file that decides something cannot be read
 */
export async function verifyProject(subject: Subject, tools: VerifyTools): Promise<Verified> {
	const { found, build, known } = await judgeProject(subject, tools);
	const { facts } = known;
	const more = await inspectVerification({
		...known,
		project: found,
		gitRoot: build.workspace.gitRoot,
		folder: build.folder,
		environment: tools.environment,
		askGit: tools.askGit,
	});
	const node = await tools.nodeOnPath(found.root);
	const copies = listAdapterCopies();
	const hasNoCopy = fittingCopy(copies, facts) === null;
	const project = { ...known, ...more, node, unfit: unfitCopy(copies, facts), hasNoCopy };
	return { project, checks: projectChecks(project), ...settingsOf(facts.dbEntry.value) };
}
