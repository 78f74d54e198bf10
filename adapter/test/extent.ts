// How much a run of the tests goes through: each value of a matrix at least once, or every one with every other.

/** Set by `npm run test:all`. */
export const EVERYTHING = process.env.FLUE_EVERYTHING === '1';

/** Each row once, with the choices in turns, so that each choice has its share; every row with every choice in a whole run. */
export function inTurns<Row, Choice>(
	rows: readonly Row[],
	choices: readonly Choice[],
): [Row, Choice][] {
	return rows.flatMap((row, index) =>
		choices
			.filter((_, turn) => EVERYTHING || turn === index % choices.length)
			.map((choice): [Row, Choice] => [row, choice]),
	);
}
