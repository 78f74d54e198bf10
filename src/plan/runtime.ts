// Decides about Flue's runtime where there are several copies of it: what to ask, what to write, what to warn of. Pure.
import { FlueError } from '../errors.ts';
import {
	copiesText,
	isSplit,
	needOf,
	overrideFor,
	RUNTIME,
	verbFor,
} from '../managers/one-runtime.ts';
import type { Choices, Question } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { WriteStep } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import type { RuntimeFacts } from '../model/runtime.ts';
import { askedFor, exactVersion, isIn, overlap, rangeOf } from '../text/versions.ts';
import { type Dependency, setInSection } from './manifest.ts';
import { addOverride } from './workspace-yaml.ts';

const FLAG = '--align-runtime';

/** What several copies do, whatever they are (measured with 2.0.3 beside 2.1.0). */
const HARM = 'With several, `flue run` can fail, and errors of the store lose their type';

/** Who takes which version, for a sentence. */
function askers({ pins, declared }: RuntimeFacts): string {
	const pinned = pins.map(({ by, version }) => `${by} takes ${version} alone`);
	const own = declared ? [`package.json asks for ${declared.range}`] : [];
	return [...own, ...pinned].join(', ');
}

/** What to ask where the runtime was split before this run, and can be made one. */
export function runtimeQuestion(
	{ runtimes }: Pick<Facts, 'runtimes'>,
	options: AddOptions,
): Question[] {
	if (!isSplit(runtimes) || options.alignRuntime !== undefined) return [];
	const { version, obstacle } = needOf(runtimes);
	if (obstacle) return [];
	const range = runtimes.declared && rangeOf(askedFor(runtimes.declared));
	return [
		{
			id: 'align-runtime',
			message: `Make ${RUNTIME} one copy, ${version}? There are ${runtimes.copies.length}: ${askers(runtimes)}. ${HARM}.`,
			flag: FLAG,
			options: [],
			// Who asks for a newer one may need it.
			initial: range === null || isIn(version, range),
			unattended: false,
		},
	];
}

/** The runtime that there will be when the run has ended: made one, or as it is. */
export function runtimeAfter(
	{ runtimes, runtime }: Pick<Facts, 'runtimes' | 'runtime'>,
	isAligned: boolean,
): Facts['runtime'] {
	if (!isAligned || !isSplit(runtimes)) return runtime;
	return { value: needOf(runtimes).version, from: FLAG };
}

export interface RuntimePlan {
	/** For the project's own package.json. */
	dependencies: Dependency[];
	/** What else goes into the project's own package.json, after the dependencies. */
	finish: (manifest: string) => string;
	/** Files of the workspace. */
	steps: WriteStep[];
	/** What makes the manager obey. */
	verb: 'install' | 'dedupe';
	warnings: Warning[];
}

const NOTHING: RuntimePlan = {
	dependencies: [],
	finish: (manifest) => manifest,
	steps: [],
	verb: 'install',
	warnings: [],
};

/** That the runtime was split before, and is left so. */
function leftAlone(runtimes: RuntimeFacts): Warning[] {
	const { version, obstacle } = needOf(runtimes);
	const way = obstacle
		? `They cannot be made one from here: ${obstacle}.`
		: `${FLAG} makes it one, ${version}.`;
	const message = `There are ${runtimes.copies.length} copies of ${RUNTIME}: ${copiesText(runtimes)}. It was so before this run, and is left so. ${HARM}. ${way}`;
	return [{ code: 'RUNTIME_DUPLICATED', message }];
}

function unalignable(obstacle: string): FlueError {
	return new FlueError('RUNTIME_SPLIT', `${FLAG} cannot make ${RUNTIME} one copy: ${obstacle}.`, {
		path: 'package.json',
		flag: '--no-align-runtime',
		hint: 'Make it one by hand, or leave the copies as they are with --no-align-runtime.',
	});
}

/** Writes what holds for all packages, into the file of the workspace that this manager reads. */
function planOverride(
	{ runtimes, manifest }: Pick<Facts, 'runtimes' | 'manifest'>,
	override: NonNullable<ReturnType<typeof overrideFor>>,
	version: string,
): Pick<RuntimePlan, 'steps' | 'finish'> {
	const { file, keys } = override;
	const setting = runtimes.settings?.[file] ?? { path: manifest.path, text: manifest.text };
	const entry = { name: RUNTIME, spec: version };
	const set = (text: string): string => setInSection(text, keys, entry);
	if (setting.path === manifest.path) return { steps: [], finish: set };
	const { path, text: before } = setting;
	const after = file === 'pnpm' ? addOverride(before ?? '', entry) : set(before ?? '{}\n');
	if (after === null)
		throw unalignable(`${path} holds its overrides in a way that is not understood`);
	const step: WriteStep = { kind: 'write', path, before, after, shown: 'changes' };
	return { steps: after === before ? [] : [step], finish: NOTHING.finish };
}

/**
 * What is done about the runtime: nothing where there is one copy.
 * @throws RUNTIME_SPLIT when the copies are to be made one and cannot be
 */
export function planRuntime(
	facts: Pick<Facts, 'runtimes' | 'manifest' | 'managerTraits'>,
	choices: Pick<Choices, 'alignRuntime' | 'packageManager'>,
): RuntimePlan {
	const { runtimes } = facts;
	if (!isSplit(runtimes)) return NOTHING;
	if (choices.alignRuntime !== true) return { ...NOTHING, warnings: leftAlone(runtimes) };
	const need = needOf(runtimes);
	if (need.obstacle) throw unalignable(need.obstacle);
	const manager = choices.packageManager.value;
	const override = overrideFor(need, manager, facts.managerTraits);
	return {
		...NOTHING,
		dependencies: [{ name: RUNTIME, spec: need.version, field: need.field }],
		...(override ? planOverride(facts, override, need.version) : {}),
		verb: verbFor(runtimes, manager, override),
	};
}

/** What `--align-runtime` could not do, or did where one may not look for it. */
export function alignmentWarnings(
	{ runtimes }: Pick<Facts, 'runtimes'>,
	{ alignRuntime }: Pick<Choices, 'alignRuntime'>,
	{ install }: Pick<AddOptions, 'install'>,
): Warning[] {
	if (alignRuntime !== true) return [];
	const { copies, declared } = runtimes;
	if (copies.length === 0 && !install) {
		const message = `${FLAG} did nothing: no packages are installed, so that it cannot be told how many copies of ${RUNTIME} there are. Run this again after the install.`;
		return [{ code: 'RUNTIME_NOT_SEEN', message }];
	}
	if (!isSplit(runtimes) || !declared?.range.startsWith('catalog:')) return [];
	const message = `package.json asked for ${RUNTIME} by ${declared.range} and holds ${needOf(runtimes).version} itself now: the entry of the catalog is as it was, for the other members. Write the version there, and ${declared.range} back, where all are to follow.`;
	return [{ code: 'RUNTIME_CATALOG_LEFT', message }];
}

/** That the line of Flue is a guess: nothing is installed, and package.json asks in a way that lets in both, or tells neither. */
export function lineWarnings({
	runtime,
	runtimes: { declared },
	line,
}: Pick<Facts, 'runtime' | 'runtimes' | 'line'>): Warning[] {
	if (!declared || (runtime && exactVersion(runtime.value))) return [];
	const asked = askedFor(declared);
	const range = rangeOf(asked);
	const isOpen = range === null || (overlap(range, '>=2.0.0-0') && overlap(range, '<2.0.0-0'));
	// Another package of Flue's may tell it.
	if (!isOpen || (runtime === null && line.from.startsWith('@flue/'))) return [];
	const message = `Flue ${line.value} is assumed: package.json asks for ${RUNTIME} as ${asked}, which does not tell the line, and none is installed or in a lockfile. Run the install of your package manager first, or write the version, where it is another line.`;
	return [{ code: 'LINE_ASSUMED', message }];
}
