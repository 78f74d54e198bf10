// Where a new key goes in an env file: beside its relatives, else at the end. Pure.
import type { EnvLine } from '../dialects/env-lines.ts';
import { groupsOf } from './env-manner.ts';

export interface EnvPlace {
	/** Offset of the start of a line, or the end of the text. */
	at: number;
	/** The key stands in a group of its own. */
	opensGroup: boolean;
	/** A blank line is missing above it. */
	blankAbove: boolean;
}

const DATABASE =
	/(^|_)(redis|valkey|database|db|postgres|postgresql|pg|mysql|mariadb|mongo|mongodb|sqlite|libsql|turso|kv|cache|upstash)(_|$)/i;

const isKey = ({ kind }: EnvLine): boolean => kind === 'key' || kind === 'commented-key';

/** How near a name is to the variable: shared leading words count most, then being a database at all. */
function nearness(name: string, variable: string, isGrouped: boolean): number {
	const words = variable.toUpperCase().split('_');
	const others = name.toUpperCase().split('_');
	const differs = words.findIndex((word, index) => others[index] !== word);
	const shared = differs === -1 ? words.length : differs;
	const isDatabase = DATABASE.test(name);
	if (shared > 0) return 2 + shared + (isDatabase ? 0.5 : 0);
	if (isDatabase) return 2;
	// In a file of groups an address of something else belongs to another group.
	return !isGrouped && /_URL$/i.test(name) ? 1 : 0;
}

/** The last of the nearest keys; null when none is related. */
function relative(lines: EnvLine[], variable: string, isGrouped: boolean): EnvLine | null {
	const scored = lines
		.filter(isKey)
		.map((line) => ({ line, score: nearness(line.name, variable, isGrouped) }));
	const best = Math.max(0, ...scored.map(({ score }) => score));
	return best === 0 ? null : (scored.filter(({ score }) => score === best).at(-1)?.line ?? null);
}

/** Past the comment lines that end a group: they belong to the key above. A comment before a key belongs to that. */
function afterTrailingComments(lines: EnvLine[], index: number): number {
	let next = index + 1;
	while (lines[next]?.kind === 'comment') next += 1;
	const stop = lines[next];
	return !stop || stop.kind === 'blank' ? next : index + 1;
}

function endOfGroup(lines: EnvLine[], index: number): number {
	const blank = lines.findIndex((line, at) => at > index && line.kind === 'blank');
	return blank === -1 ? lines.length : blank;
}

/** Headings under which any database, or any address, is at home. */
const AT_HOME =
	/data|stor(e|age)|cache|persist|redis|valkey|infra|connection|services?\b|backend|secret|environment|config|settings/i;

/** Whether the comment above a group gives it to something else: another database has a room of its own there. */
function isForeign(group: EnvLine[], anchor: EnvLine, variable: string): boolean {
	const [word] = variable.split('_');
	if (anchor.name.split('_')[0] === word) return false;
	const heading = group.slice(0, group.findIndex(isKey)).map(({ text }) => text);
	return heading.length > 0 && !AT_HOME.test(heading.join(' '));
}

function besideRelative(lines: EnvLine[], variable: string): EnvPlace | null {
	const groups = groupsOf(lines);
	const anchor = relative(lines, variable, groups.length > 1);
	if (!anchor) return null;
	const single = groups.filter((group) => group.filter(isKey).length === 1);
	const index = lines.indexOf(anchor);
	const own = groups.find((group) => group.includes(anchor)) ?? [];
	const isAlone = groups.length > 1 && single.length * 2 > groups.length;
	// `REDIS_HOST` and `REDIS_PORT` have made a group for it, whatever the other groups are.
	const isOwn = own.filter(({ name }) => name.split('_')[0] === variable.split('_')[0]).length > 1;
	const standsApart = (isAlone && !isOwn) || isForeign(own, anchor, variable);
	const next = standsApart ? endOfGroup(lines, index) : afterTrailingComments(lines, index);
	const at = lines[next - 1]?.end ?? anchor.end;
	return { at, opensGroup: standsApart, blankAbove: standsApart };
}

/** Whether a group holds nothing but keys that are commented out, under a comment that calls them examples. */
function showsExamples([first, ...others]: EnvLine[]): boolean {
	const keys = others.filter(isKey);
	const saysSo = first?.kind === 'comment' && /\bexamples?\b|\be\.g\./i.test(first.text);
	return saysSo && keys.every(({ kind }) => kind === 'commented-key');
}

function atEnd(lines: EnvLine[], length: number): EnvPlace {
	const last = lines.findLastIndex(({ kind }) => kind !== 'blank');
	const lastLine = lines[last];
	if (!lastLine) return { at: length, opensGroup: false, blankAbove: false };
	// A key right below a header of comments would take it for its own.
	const groups = groupsOf(lines);
	const opensGroup = groups.length > 1 || !isKey(lastLine) || showsExamples(groups.at(-1) ?? []);
	const hasBlank = last < lines.length - 1;
	if (opensGroup) return { at: length, opensGroup, blankAbove: !hasBlank };
	return { at: lastLine.end, opensGroup, blankAbove: false };
}

// Node 22.23 reads past `KEY= ` with a space at its end: the next line becomes its value.
function swallowsNext(lines: EnvLine[], at: number): boolean {
	const above = lines.filter(({ end, kind }) => end <= at && kind !== 'blank').at(-1);
	return above?.kind === 'key' && /=[ \t]+$/.test(above.text);
}

/** The places worth trying, best first. */
export function placesFor(lines: EnvLine[], variable: string, length: number): EnvPlace[] {
	const first = lines.findIndex(isKey);
	const top = { at: lines[first]?.start ?? length, opensGroup: false, blankAbove: false };
	const places = [besideRelative(lines, variable), atEnd(lines, length)].filter(
		(place) => place !== null,
	);
	const sound = places.filter(({ at }) => !swallowsNext(lines, at));
	return [...sound, ...places.filter((place) => !sound.includes(place)), top];
}
