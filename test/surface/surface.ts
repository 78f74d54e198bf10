// Everything that others rely on, as one text: made from the program's own tables, types, schema and packed adapter.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/parse.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import type { Described } from '../../src/model/request.ts';
import { readPackedAdapter } from './adapter.ts';
import { documentLines } from './documents.ts';
import { literalsIn } from './literals.ts';

export const FILE = 'docs/public-surface.md';

const ABOUT = `# Public surface

What other people's projects, scripts and agents rely on: a line here that changes or goes breaks somebody, a line that comes is a promise.
\`npm run surface\` writes this file from the build and \`test/surface.test.ts\` holds it, so that every change of it is seen in review.`;

function block(lines: string[], language = 'text'): string {
	return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

function packageLines(): string[] {
	const { name, engines, bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
	return [
		`name: ${name}`,
		...Object.entries(engines).map(([engine, range]) => `engine: ${engine} ${range}`),
		...Object.keys(bin).map((command) => `command: ${command}`),
		...Object.keys(exports).map((path) => `export: ${path}`),
	];
}

function commandLines(command: Described, before: string): string[] {
	const name = `${before}${command.name}`;
	const places = command.places.map((place) => {
		const values = place.argChoices ? ` = ${place.argChoices.join(' | ')}` : '';
		return `${name} [${place.name()}]${values}`;
	});
	const options = command.options.map(
		({ flags, argChoices }) =>
			`${name} ${flags}${argChoices ? ` = ${argChoices.join(' | ')}` : ''}`,
	);
	const own = places.length + options.length > 0 ? [...places, ...options] : [name];
	return [...own, ...command.commands.flatMap((one) => commandLines(one, `${name} `))];
}

/** The program as its own completion script knows it. */
function programLines(): string[] {
	const invocation = parseArguments(['completion', 'bash'], '');
	if (invocation.command !== 'completion') throw new Error('There is no command `completion`.');
	const { program } = invocation;
	return [
		...commandLines(program, ''),
		...Object.keys(program.topics).map((topic) => `${program.name} help ${topic}`),
	];
}

/** Each package that the build brings along, whatever the number of them. */
function adapterSections(): string[] {
	const folder = 'dist/adapter';
	const packed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.tgz'))
		.sort();
	return packed.flatMap((name) => {
		const { manifest, entries } = readPackedAdapter(join(folder, name));
		const needs = { ...manifest.engines, ...manifest.peerDependencies };
		const wanted = Object.entries(needs).map(([one, range]) => `${one} ${range}`);
		return [
			`### ${manifest.name} ${manifest.version}\n\nNeeds ${wanted.join(', ')}.`,
			...entries.map(({ specifier, lines }) => `\`${specifier}\`:\n\n${block(lines, 'ts')}`),
		];
	});
}

/** The text of `docs/public-surface.md`. Reads `dist/`, so build first. */
export function publicSurface(): string {
	const errors = Object.entries(ERROR_CODES).map(
		([code, { status, meaning }]) => `${code} ${status}: ${meaning}`,
	);
	const warnings = literalsIn('src/model/warning-code.ts').map(
		({ value, comment }) => `${value}: ${comment}`,
	);
	const checks = literalsIn('src/model/check-id.ts').map(({ value }) => value);
	const documents = documentLines(JSON.parse(readFileSync('dist/output.schema.json', 'utf8')));
	const plan = JSON.parse(readFileSync('dist/plan.schema.json', 'utf8'));
	const kept = documentLines({
		oneOf: [{ $ref: '#/$defs/plan file' }],
		$defs: { ...plan.$defs, 'plan file': plan },
	});
	const sections = [
		ABOUT,
		`## Package\n\n${block(packageLines())}`,
		`## Command line\n\n${block(programLines())}`,
		`## Errors\n\nThe code, and the exit status of the program. Without an error it is 0, or 1 where a check failed or a person declined.\n\n${block(errors)}`,
		`## Warnings\n\n${block(warnings)}`,
		`## Checks of \`flue verify\`\n\n${block(checks)}`,
		'## JSON documents\n\nA field a line. `?`: may be absent; `[]`: each of a list; `<word>`: in that form of it.',
		...[...documents, ...kept].map(([name, lines]) => `### ${name}\n\n${block(lines)}`),
		'## Adapter',
		...adapterSections(),
	];
	return `${sections.join('\n\n')}\n`;
}
