// How many seconds the long test files take on two cores: the order in which they are begun. Nothing depends on a number being right.

/** A part of a path, and seconds. */
export const DURATIONS: [part: RegExp, seconds: number][] = [
	[/\/test\/adapter\.test/, 260],
	[/e2e\/(stock|beta)\.test/, 115],
	[/drill\/drill\.test/, 100],
	[/verify\/server\.test/, 95],
	[/\/test\/fixtures\.test/, 95],
	[/add\/align-runtime\.test/, 90],
	[/drill\/faults\.test/, 85],
	[/e2e\/layouts\.test/, 80],
	[/\/test\/(readme-commands|bins)\.test/, 80],
	[/add\/(real-managers|vendored-managers)\.test/, 70],
	[/verify\/project\.test/, 70],
	[/\/test\/(pack|bin)\.test/, 60],
	[/(dialects\/fixtures|rendered-types|blueprints\/third)\.test/, 50],
];
