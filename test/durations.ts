// How many seconds the long test files take on two cores: the order in which they are begun. Nothing depends on a number being right.

/** A part of a path, and seconds. */
export const DURATIONS: [part: RegExp, seconds: number][] = [
	[/\/test\/adapter\.test/, 300],
	[/readme-commands\.test/, 260],
	[/e2e\/stock\.test/, 250],
	[/e2e\/layouts\.test/, 200],
	[/\/test\/fixtures\.test/, 200],
	[/verify\/server\.test/, 180],
	[/drill\/(faults|betas)\.test/, 150],
	[/e2e\/beta\.test/, 150],
	[/\/test\/bins\.test/, 120],
	[/drill\/drill\.test/, 110],
	[/add\/(align-runtime|real-managers|vendored-managers)\.test/, 100],
	[/verify\/project\.test/, 90],
	[/\/test\/(pack|bin)\.test/, 70],
	[/(dialects\/fixtures|rendered-types|blueprints\/third)\.test/, 50],
];
