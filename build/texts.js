// The texts of help, as the program itself makes them -> dist/texts.json, so that a run need not make them again.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { foundBlueprints } from './program.js';
import { bundled } from './settings.js';

const MAKERS = `
export { COMMAND_NAMES } from './src/cli/options.ts';
export { parseArguments } from './src/cli/parse.ts';
export { errorCodeLines } from './src/terminal/report.ts';
export { agentHelpText } from './src/terminal/agent-help.ts';
export { BLUEPRINTS, ORIGIN } from './src/blueprints/index.ts';
`;

/** Writes them into a folder. They name no manager and no width: whoever prints them puts that in. */
export async function buildTexts(folder, databases) {
	const outfile = resolve(`${folder}/texts.mjs`);
	await build({
		...bundled,
		minify: false,
		plugins: [foundBlueprints(databases)],
		stdin: { contents: MAKERS, resolveDir: '.', loader: 'ts' },
		format: 'esm',
		outfile,
		external: ['#ts-morph'],
		banner: {
			js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
		},
	});
	const { COMMAND_NAMES, parseArguments, errorCodeLines, agentHelpText, BLUEPRINTS, ORIGIN } =
		await import(pathToFileURL(outfile).href);
	await rm(outfile);
	const { version } = JSON.parse(await readFile('package.json', 'utf8'));
	const helpOf = (args) => parseArguments([...args, '--help'], version).text;
	const texts = {
		'flue --version': `${version}\n`,
		flue: helpOf([]),
		...Object.fromEntries(COMMAND_NAMES.map((name) => [`flue ${name}`, helpOf([name])])),
		'flue help errors': errorCodeLines().join('\n'),
		'flue help agent': agentHelpText(BLUEPRINTS, ORIGIN),
	};
	await writeFile(`${folder}/texts.json`, JSON.stringify(texts));
}
