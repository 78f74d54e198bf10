// How long a settled submission stays, from words such as `30d`. Pure.

/** Milliseconds of the units that a duration may have. */
const UNITS: Readonly<Record<string, number>> = {
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
};

/** A hundred years: what is longer was not meant. */
const LONGEST = 36_500 * 86_400_000;

/** What stands for no end, in the place of a duration. */
export const NEVER = 'never';

/** What a duration must be, for messages. */
export const DURATION_RULE =
	'a whole number from 1 on with m, h, d or w behind it (minutes, hours, days, weeks), such as 30d, and at most 36500d';

/** The milliseconds of a duration; nothing for what is none. */
export function durationOf(text: string): number | undefined {
	const [, count = '', unit = ''] = /^([1-9]\d{0,8})([mhdw])$/.exec(text) ?? [];
	const duration = Number(count) * (UNITS[unit] ?? 0);
	return duration > 0 && duration <= LONGEST ? duration : undefined;
}

/**
 * The milliseconds for which settled submissions stay; 0 for always.
 *
 * @throws Error when it is no duration, or something else is to expire.
 */
export function retentionOf(retain: { readonly settled?: string | undefined } | undefined): number {
	const { settled, ...others } = retain ?? {};
	const [other] = Object.keys(others);
	if (other !== undefined) {
		throw new Error(
			`[flue] @flue/redis: retain.${other} is not an option. Only settled submissions can expire; conversations never do.`,
		);
	}
	if (settled === undefined || settled === NEVER) return 0;
	const duration = durationOf(settled);
	if (duration !== undefined) return duration;
	throw new Error(
		`[flue] @flue/redis: retain.settled is ${JSON.stringify(settled)}, and must be ${DURATION_RULE}; or ${NEVER}.`,
	);
}
