// Joins the pieces of the program that the usual runs load together: a file costs Node as much as what is in a small one. When a
// piece is run, and that it runs once, stays as it was; leaving this out leaves a slower program.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { usualRuns } from './usual.js';

const MAIN = 'main.cjs';

/** So many bytes that a run has no use for cost it less than a file of their own costs the others. */
const SMALL = 8000;

/** The pieces that the same usual runs load, by the file that they are joined in; those that none loads stay alone. */
function groupsOf(dist, pieces, runs) {
	const groups = new Map();
	for (const piece of pieces) {
		const loading = runs.map((run) => (run.has(piece) ? '1' : '0')).join('');
		if (loading.includes('1')) groups.set(loading, [...(groups.get(loading) ?? []), piece]);
	}
	const sizeOf = (group) => group.reduce((sum, piece) => sum + statSync(join(dist, piece)).size, 0);
	const isMain = (group) => group.includes(MAIN) || sizeOf(group) < SMALL;
	const [withMain, others] = [true, false].map((is) =>
		[...groups.values()].filter((group) => isMain(group) === is),
	);
	const joined = [withMain.flat(), ...others.filter((group) => group.length > 1)];
	return joined.map((group, at) => [
		group.includes(MAIN) ? MAIN : `chunks/joined-${at}.cjs`,
		group,
	]);
}

/** A path as it is required from a file. */
function from(file, path) {
	const way = posix.relative(dirname(file), path);
	return way.startsWith('.') ? way : `./${way}`;
}

/** The text of a piece that has come to stand in a file: what it requires is looked for from there. */
function moved(piece, file, text, homes) {
	return text.replace(/\brequire\("(\.{1,2}\/[\w./-]+\.cjs)"\)/g, (_, way) => {
		const wanted = posix.join(dirname(piece), way);
		const home = homes.get(wanted);
		if (home === undefined) return `require("${from(file, wanted)}")`;
		const name = JSON.stringify(wanted);
		return home === file ? `piece(${name})` : `require("${from(file, home)}").piece(${name})`;
	});
}

/** A file of several pieces, each a function that is called when the piece is wanted first. */
function fileOf(pieces) {
	const texts = pieces.map(
		([name, text]) => `${JSON.stringify(name)}:function(module,exports){${text}\n}`,
	);
	return `"use strict";
var pieces={${texts.join(',\n')}};
var loaded={};
function piece(name){var one=loaded[name];if(one===undefined){one=loaded[name]={exports:{}};pieces[name](one,one.exports)}return one.exports}
exports.piece=piece;
`;
}

/** Joins the pieces of the program that lies in a folder as it will be installed. */
export function joinUsual(home) {
	const dist = join(home, 'dist');
	const pieces = [MAIN, ...readdirSync(join(dist, 'chunks')).map((name) => `chunks/${name}`)];
	const groups = groupsOf(dist, pieces, usualRuns(home));
	const homes = new Map(groups.flatMap(([file, group]) => group.map((piece) => [piece, file])));
	if (homes.get(MAIN) !== MAIN) throw new Error('The beginning of the program is in no usual run.');
	const texts = new Map(
		pieces.map((piece) => {
			const file = homes.get(piece) ?? piece;
			return [piece, moved(piece, file, readFileSync(join(dist, piece), 'utf8'), homes)];
		}),
	);
	for (const piece of pieces) {
		if (homes.has(piece)) rmSync(join(dist, piece));
		else writeFileSync(join(dist, piece), texts.get(piece));
	}
	for (const [file, group] of groups) {
		const text = fileOf(group.map((piece) => [piece, texts.get(piece)]));
		const end =
			file === MAIN ? `exports.run=(...args)=>piece(${JSON.stringify(MAIN)}).run(...args);\n` : '';
		writeFileSync(join(dist, file), text + end);
	}
}
