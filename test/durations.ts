// How many seconds the long test files take on two cores: the order in which they are begun. Nothing depends on a number being right.

/** A part of a path, and seconds. */
export const DURATIONS: [part: RegExp, seconds: number][] = [
	[/\/test\/adapter\.test/, 260],
	[/e2e\/(stock|beta)\.test/, 200],
	[/e2e\/layouts\.test/, 150],
	[/\/test\/(fixtures|readme-commands|bins)\.test/, 140],
	[/verify\/server\.test/, 120],
	[/drill\/(faults|drill)\.test/, 110],
	[/add\/align-runtime\.test/, 100],
	[/add\/(real-managers|vendored-managers)\.test/, 70],
	[/verify\/project\.test/, 70],
	[/\/test\/(pack|bin)\.test/, 60],
	[/(dialects\/fixtures|rendered-types|blueprints\/third)\.test/, 50],
];
