// What a reply of the tests and benchmarks is made of.

/** Three of them are between 12 and 16 characters long, as a piece of a reply is. */
export const WORDS = [
	'the',
	'order',
	'waits',
	'for',
	'one',
	'part',
	'that',
	'is',
	'late',
	'again',
	'today',
];
