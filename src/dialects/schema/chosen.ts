// Which validator a new key gets: demanded as those that tell most of it are, and checked as they are.
import type { Insertion } from '../../model/key-plan.ts';
import { mostCommon, mostTelling, relatedness, tellingOf, wordsOf } from '../module/names.ts';
import type { Entry } from '../module/object-literal.ts';
import type { Names, Reading, Validators } from './validators.ts';

export interface Chosen extends Pick<Reading, 'optional' | 'takesEmpty'> {
	key: string;
	text: string;
	/** What brings a name that the text needs into the module. */
	insertions?: Insertion[];
}

type Read = Reading & { name: string };

const ADDRESS = /^(?:url|uri|dsn)$/;
const PLACE = /^(?:host|hostname|url|uri|dsn|address|endpoint)$/;

function isAddress(name: string): boolean {
	return wordsOf(name).some((word) => ADDRESS.test(word));
}

/** `REDIS_HOST` beside `REDIS_URL`; what opens the server tells nothing. */
function isOwnPlace(name: string, variable: string): boolean {
	return relatedness(name, variable) === 5 && PLACE.test(wordsOf(name).at(-1) ?? '');
}

/** Where the program itself is met, which need not be said, tells nothing of what it needs. */
function isSite(name: string): boolean {
	return /^(?:(?:NEXT_)?PUBLIC_)?(?:APP|BASE|SITE|WEB|WEBSITE|SERVER|BACKEND|FRONTEND|CLIENT)_UR[LI]$/.test(
		name,
	);
}

/** The reading of one entry; null when it does not validate a text. */
export function readEntry(
	{ key, value }: Entry,
	variable: string,
	validators: Validators,
): Reading | null {
	const name = validators.keyOf(key);
	const reading = value && validators.read(value, { key: name, variable });
	return reading && { ...reading, optional: reading.optional || name !== key };
}

/** Where the database has a default, so have we: a client without an address looks on its own machine. */
export function areGiven(all: { name: string; defaulted: boolean }[], variable: string): boolean {
	const [databases = []] = tellingOf(all, variable);
	return databases.length > 0 && databases.every(({ defaulted }) => defaulted);
}

/** Those that tell whether the new one is demanded. */
function votersAmong(readings: Read[], variable: string): Read[] {
	const undefaulted = readings.filter(
		(one) => !one.defaulted && !(one.optional && isSite(one.name)),
	);
	// Where the server of that very kind is said to be, it is said whether there has to be one.
	const own = undefaulted.filter(({ name }) => isOwnPlace(name, variable));
	// As the project's other addresses are, whatever most of its variables are.
	return own.length > 0 ? own : mostTelling(undefaulted, variable);
}

function isOptional(voters: Read[], readings: Read[], variable: string): boolean {
	return (
		areGiven(readings, variable) || voters.filter((one) => one.optional).length * 2 > voters.length
	);
}

/** The one to be like. */
function modelAmong(readings: Read[], voters: Read[], { variable, optional }: Wanted) {
	const addresses = readings.filter(({ name }) => isAddress(name));
	const alike = isAddress(variable) && addresses.length > 0 ? addresses : readings;
	const choices = voters.filter(({ byChoice }) => byChoice);
	const kindred = alike.filter((one) => one.optional === optional);
	// What has a default demands little, and says nothing of what is demanded of the others.
	const demanding = kindred.filter(({ defaulted }) => !defaulted);
	const like = demanding.length > 0 ? demanding : kindred;
	const models = choices.length * 2 > voters.length ? choices : like;
	return mostCommon(models.length > 0 ? models : alike, variable);
}

interface Wanted {
	variable: string;
	optional: boolean;
}

/**
 * What to write for a key: optional when most texts are, and checked as most addresses are when it is one.
 * Null when the module has no validator for texts at hand.
 */
export function chooseValidator(
	entries: Entry[],
	{ key, variable, given = false }: Names & { given?: boolean },
	validators: Validators,
): Chosen | null {
	const readings = entries.flatMap((entry) => {
		const reading = readEntry(entry, variable, validators);
		return reading ? [{ name: validators.keyOf(entry.key), ...reading }] : [];
	});
	const voters = votersAmong(readings, variable);
	const optional = given || isOptional(voters, readings, variable);
	const model = modelAmong(readings, voters, { variable, optional });
	if (model?.named && model.unchanged && model.optional === optional) {
		const { named, takesEmpty = false } = model;
		return { key, text: named, optional, takesEmpty };
	}
	const { plain, lacking } = validators;
	const insertions = model || plain !== null ? [] : (lacking?.insertions ?? []);
	const text = model?.text ?? plain ?? (insertions.length > 0 ? lacking?.text : undefined);
	if (text === undefined) return null;
	const brought = insertions.length > 0 ? { insertions } : {};
	const written = validators.write(key, text, optional);
	const { around, takesEmpty = false } = model ?? {};
	if (around) return { ...written, text: around(written.text), optional, takesEmpty };
	return { ...written, optional, ...brought };
}
