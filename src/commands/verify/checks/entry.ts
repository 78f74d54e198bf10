// The db entry: whether the framework loads it, whose it is, and what is wrong in its text. Pure.
import type { Check, ProjectFacts } from '../../../model/verification.ts';
import type { WarningCode } from '../../../model/warning-code.ts';
import { partAtMarker } from '../../../text/marker.ts';
import { fail, pass, skipped, warn } from './check.ts';
import { exportChecks } from './exports.ts';
import { listenerCheck } from './listener.ts';

function warningOf({ facts }: ProjectFacts, code: WarningCode): string | null {
	return facts.warnings.find((warning) => warning.code === code)?.message ?? null;
}

function addCommand({ blueprint }: ProjectFacts): string {
	return `flue add ${blueprint.kind} ${blueprint.name}`;
}

const SEE_START = 'See `start` in the documentation of Flue.';

function place(project: ProjectFacts): Check {
	const { value, from } = project.facts.dbEntry;
	const elsewhere = warningOf(project, 'DB_ELSEWHERE');
	const start = warningOf(project, 'DB_NOT_LOADED');
	if (start && project.facts.host?.isAlone)
		return fail(
			'project.entry',
			start,
			value.text === null ? `Run \`${addCommand(project)} --entry ${value.path}\`.` : SEE_START,
		);
	if (value.text === null) {
		return fail(
			'project.entry',
			`${elsewhere ?? `There is no ${value.path}.`} Without a db entry Flue keeps everything in memory.`,
			elsewhere ? `Move it to ${value.path}.` : `Run \`${addCommand(project)}\`.`,
		);
	}
	if (start) return fail('project.entry', start, SEE_START);
	const why = from === value.path ? 'where Flue looks for it' : `named by ${from}`;
	return pass('project.entry', `${value.path}, ${why}`);
}

function onlyOne(project: ProjectFacts): Check {
	const elsewhere = warningOf(project, 'DB_ELSEWHERE');
	if (elsewhere === null) return pass('project.entry-only', 'no other file looks like a db entry');
	return warn('project.entry-only', elsewhere, 'Remove or rename what is not loaded.');
}

/** Which database the entry is for, by its marker, else by what it imports and reads. */
function whose(project: ProjectFacts): Check {
	const { asked, blueprint, marker, shape, state, facts } = project;
	const { path } = facts.dbEntry.value;
	const id = 'project.blueprint';
	if (state === 'scaffold')
		return fail(
			id,
			`${path} is the one of \`flue init\`: SQLite, in a file of this machine`,
			`Run \`${addCommand(project)}\`.`,
		);
	if (!shape?.imports.includes(blueprint.adapter.name))
		return fail(
			id,
			`${path} does not import ${blueprint.adapter.name}`,
			`Run \`${addCommand(project)} --replace\`, or verify what it is for by its own means.`,
		);
	const from = marker
		? 'by its marker'
		: `by its imports${shape.variable ? ` and ${shape.variable}` : ''}`;
	const name = marker?.name ?? blueprint.name;
	if (asked !== null && asked !== name)
		return fail(
			id,
			`${path} is for ${name}, ${from}, not for ${asked}`,
			`Run \`flue verify database ${name}\`, or \`flue add database ${asked} --replace\`.`,
		);
	return pass(id, `${name}, ${from}`);
}

function markerCheck({ blueprint, marker, facts }: ProjectFacts): Check {
	const id = 'project.marker';
	const { path } = facts.dbEntry.value;
	if (!marker)
		return warn(
			id,
			`${path} has no marker: it was not written by \`flue add\`, or that line was removed`,
		);
	if (marker.version === blueprint.version)
		return pass(id, `version ${marker.version}, the current one`);
	if (marker.version < blueprint.version)
		return warn(
			id,
			`version ${marker.version}; ${blueprint.version} is current`,
			`Run \`flue update database ${marker.name}\`.`,
		);
	return warn(
		id,
		`version ${marker.version} is newer than this program knows (${blueprint.version})`,
		'Use the program that wrote it, or a newer one.',
	);
}

/** The number of the first line that differs, spaces and quotes aside, and what stands above the marker. */
function firstDifference(text: string, canonical: string): number {
	const { head, marker, body } = partAtMarker(text);
	const above = head.split('\n').length - 1;
	const plain = (lines: string): string[] =>
		lines
			.replace(/^\uFEFF/, '')
			.split(/\r?\n/)
			.map((line) => line.replace(/["'`;\s]/g, ''));
	const wanted = plain(canonical);
	const lines = plain(marker + body);
	const at = lines.findIndex((line, index) => line !== wanted[index]);
	return above + (at === -1 ? lines.length : at + 1);
}

function textCheck(project: ProjectFacts): Check {
	const { canonical, state, facts } = project;
	const id = 'project.text';
	const { path, text } = facts.dbEntry.value;
	// The adapter says so too, when it starts (adapter/src/names.ts).
	if (project.shape?.prefixesKeys)
		return fail(
			id,
			`${path} gives keyPrefix to its client: redis 6 and ioredis put it before the names of some keys and not of others, which the adapter refuses at its start, and redis 5 ignores it`,
			'Take it from the options of the client, and give it to `redis(…, { keyPrefix })`.',
		);
	if (state === 'same') return pass(id, 'the documented text, in the style of this project');
	if (canonical === null || text === null) return skipped(id, 'there is nothing to compare');
	return warn(
		id,
		`${path} differs from the documented text, first in line ${firstDifference(text, canonical)}`,
		`\`${addCommand(project)} --replace --dry-run\` shows every difference.`,
	);
}

/** Everything about the db entry. Of one that is not there, or for another database, the rest is not judged. */
export function entryChecks(project: ProjectFacts): Check[] {
	const there = place(project);
	if (project.shape === null) return [there];
	const owner = whose(project);
	const shared = [there, onlyOne(project), owner, ...exportChecks(project)];
	const isForeign = !project.shape.imports.includes(project.blueprint.adapter.name);
	return isForeign
		? shared
		: [...shared, markerCheck(project), textCheck(project), listenerCheck(project)];
}
