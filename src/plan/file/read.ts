// The text of a plan file -> the document, or a refusal: whatever stands there, nothing of it is believed before it was looked at. Pure.
import { FlueError } from '../../errors.ts';
import type { PlanFile } from '../../model/plan-file.ts';
import { objectOf, parseJson } from '../../text/jsonc.ts';
import { digestOf, PLAN_VERSION } from './keep.ts';

type Shape = ((value: unknown) => boolean) | readonly [Shape] | { readonly [key: string]: Shape };

const isText: Shape = (value) => typeof value === 'string';
const isTextOrNull: Shape = (value) => value === null || typeof value === 'string';
const isFlag: Shape = (value) => typeof value === 'boolean';
const isCount: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isDigest: Shape = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const oneOf =
	(...words: unknown[]): Shape =>
	(value) =>
		words.includes(value);
/** One of several forms, told apart by the word in one of their fields. */
const byWord =
	(field: string, forms: Record<string, Shape>): Shape =>
	(value) => {
		const word = objectOf(value)?.[field];
		const form = typeof word === 'string' && Object.hasOwn(forms, word) ? forms[word] : undefined;
		return form !== undefined && misfit(value, form, '') === null;
	};

const DIGESTED = { path: isText, sha256: isDigest };
const BASED = { from: isText, ...DIGESTED };
const FILE_STEP = { kind: isText, ...DIGESTED };
const INSTALL = { kind: isText, command: isText, args: [isText] } as const;
const WRITE: Shape = {
	kind: isText,
	path: isText,
	shown: oneOf('changes', 'additions', 'nothing'),
	isNew: isFlag,
	isLocal: isFlag,
	base: byWord('from', { nothing: { from: isText }, file: BASED, commit: BASED }),
	edits: [{ start: isCount, length: isCount, text: isText }],
	after: isDigest,
};
const STEP = byWord('kind', {
	write: WRITE,
	copy: FILE_STEP,
	remove: FILE_STEP,
	install: (value) =>
		[INSTALL, { ...INSTALL, folder: isText }].some((form) => misfit(value, form, '') === null),
});
const DOCUMENT: Shape = {
	kind: isText,
	version: isCount,
	program: isText,
	command: oneOf('add', 'remove', 'update'),
	blueprint: { kind: oneOf('database'), name: isText, version: isCount },
	project: { name: isTextOrNull, place: isText },
	salt: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
	promised: { oneRuntime: oneOf(true, false, null), isVendored: isFlag },
	steps: [STEP],
	installCommand: isTextOrNull,
	warnings: [{ code: isText, message: isText }],
	nextSteps: [isText],
	files: [DIGESTED],
	absent: [isText],
	digest: isDigest,
};

/** The first place at which a value is not of the shape; null when it is. */
function misfit(value: unknown, shape: Shape, place: string): string | null {
	if (typeof shape === 'function') return shape(value) ? null : place;
	if (Array.isArray(shape)) {
		if (!Array.isArray(value)) return place;
		const [inner] = shape as readonly [Shape];
		const places = value.map((one, index) => misfit(one, inner, `${place}[${index}]`));
		return places.find((one) => one !== null) ?? null;
	}
	const object = objectOf(value);
	if (!object || Object.keys(object).some((key) => !Object.hasOwn(shape, key))) return place;
	const places = Object.entries(shape).map(([key, inner]) =>
		misfit(object[key], inner, place === '' ? key : `${place}.${key}`),
	);
	return places.find((one) => one !== null) ?? null;
}

const AGAIN = 'Make the plan again, with --plan-out, and leave the file as it is.';

/** What is thrown of a file that cannot be taken for a plan. */
export function unreadablePlan(reason: string, hint = AGAIN): FlueError {
	return new FlueError('PLAN_UNREADABLE', `The plan file ${reason}.`, { hint });
}

/** Folders that no plan has business in: what lies there is run, or belongs to git and the package manager. */
const FORBIDDEN = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/i;

/** A path as this command writes it: relative, up at its start alone, and in no folder that runs what lies in it. */
function isOrderly(path: string): boolean {
	return (
		/^(?:\.\.\/)*(?!\.\.?(?:\/|$)|\w:)[^\\/\p{Cc}][^\\\p{Cc}]*$/u.test(path) &&
		!/\/(?:\.{0,2}(?:\/|$))/.test(path.replace(/^(?:\.\.\/)*/, '')) &&
		!FORBIDDEN.test(path)
	);
}

/** Every path that a document names. */
function pathsOf({ steps, files, absent }: PlanFile): string[] {
	const named = steps.flatMap((step) => {
		if (step.kind === 'install') return [];
		return step.kind === 'write' && step.base.from !== 'nothing'
			? [step.path, step.base.path]
			: [step.path];
	});
	return [...named, ...files.map(({ path }) => path), ...absent];
}

/**
 * Reads the text of a plan file.
 * @throws PLAN_UNREADABLE for another version, what was edited, or is no plan; UNSAFE_PATH for a path out of the project
 */
export function readPlanFile(text: string): PlanFile {
	const value = objectOf(parseJson(text));
	if (value?.kind !== 'flue-blueprints/plan')
		throw unreadablePlan(
			'is no plan of this command',
			'Make one with `flue add`, --plan-out and a name.',
		);
	if (value.version !== PLAN_VERSION)
		throw unreadablePlan(
			`is of version ${JSON.stringify(value.version) ?? 'unknown'}, and this command reads ${PLAN_VERSION}`,
			'Make the plan with the version of this command that applies it.',
		);
	const place = misfit(value, DOCUMENT, '');
	if (place !== null) throw unreadablePlan(`does not fit its form at ${place || 'its top'}`);
	const plan = value as unknown as PlanFile;
	if (digestOf(plan) !== plan.digest) throw unreadablePlan('was edited after it was made');
	const unsafe = pathsOf(plan).find((path) => !isOrderly(path));
	if (unsafe === undefined) return plan;
	throw new FlueError(
		'UNSAFE_PATH',
		`The plan file names ${JSON.stringify(unsafe)}, where no plan may write.`,
		{
			path: unsafe,
			hint: AGAIN,
		},
	);
}
