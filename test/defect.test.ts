// What the built program says when it fails by a defect of its own: here, a copy of the package with a broken file.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, flue } from './program.ts';
import { PROJECT } from './project.ts';
import { checkDocument } from './schema.ts';
import { addToTree, makeTree } from './tree.ts';

/** A line of the user's that looks like one of a trace. */
const ENV = 'TOKEN=canary-value\n    at canary-value (node:canary-value:1:2)\n';
const URL_OF_USER = 'redis://me:canary-value@127.0.0.1:1';
const ADD = ['add', 'database', 'redis', '--no-install', '--key-prefix', 'canary-value'];
const VERIFY = ['verify', 'database', '--drill-url', URL_OF_USER, '--drill-may-write'];

/** How a function of the build begins, whether it is marked or not. */
function opening(name: string): RegExp {
	return new RegExp(`(?:async function ${name}|var ${name}=\\(async function\\s+)\\([^)]*\\)\\{`);
}

/** The built file that a function is in. */
function chunkWith(home: string, name: string): string {
	const folder = join(home, 'dist/chunks');
	const files = [
		join(home, 'dist/main.cjs'),
		...readdirSync(folder).map((one) => join(folder, one)),
	];
	const found = files.find((one) => opening(name).test(readFileSync(one, 'utf8')));
	if (!found) throw new Error(`No file of the build has the function ${name}.`);
	return found;
}

function change(path: string, how: (text: string) => string): void {
	const text = readFileSync(path, 'utf8');
	if (how(text) === text) throw new Error(`Nothing changed in ${path}.`);
	writeFileSync(path, how(text));
}

/** The first thing that a function of the build does. */
function begin(home: string, name: string, statement: string): void {
	change(chunkWith(home, name), (text) => text.replace(opening(name), `$&${statement}`));
}

interface Damage {
	name: string;
	args: string[];
	damage(home: string): void;
	/** What the report says of the error. */
	kind: RegExp;
}

const READ_ENV = "(await import('node:fs')).readFileSync('.env','utf8')";
const DAMAGES: Damage[] = [
	{
		name: 'a template is not there',
		args: ADD,
		damage: (home) => rmSync(join(home, 'templates/database/redis.ts')),
		kind: /^Error ENOENT open templates\/database\/redis\.ts$/,
	},
	{
		name: 'a file of the build is not there',
		args: ADD,
		damage: (home) => rmSync(chunkWith(home, 'applyPlan')),
		kind: /^Error MODULE_NOT_FOUND (chunks\/)?[\w-]+\.cjs$/,
	},
	{
		name: 'the file that tells and speaks for the command is cut off',
		args: VERIFY,
		damage: (home) => change(chunkWith(home, 'runVerify'), (text) => `${text.slice(0, -200)}(`),
		kind: /^SyntaxError$/,
	},
	{
		name: 'what speaks of it fails itself',
		args: ADD,
		damage(home) {
			rmSync(join(home, 'templates/database/redis.ts'));
			begin(home, 'speakError', `throw new SyntaxError(${READ_ENV});`);
		},
		kind: /^Error ENOENT open templates\/database\/redis\.ts$/,
	},
	{
		name: 'an error speaks of a file of the user',
		args: ADD,
		damage: (home) => begin(home, 'add', `JSON.parse(${READ_ENV});`),
		kind: /^SyntaxError$/,
	},
	{
		name: 'an error is a text of the user',
		args: VERIFY,
		damage: (home) => begin(home, 'verify', `throw new RangeError(${READ_ENV});`),
		kind: /^RangeError$/,
	},
	{
		name: 'an error is thrown where nobody waits for it',
		args: VERIFY,
		damage: (home) =>
			begin(
				home,
				'verify',
				`setImmediate(()=>{throw new TypeError(process.env.REDIS_URL)});await new Promise(()=>setInterval(()=>{},1e3));`,
			),
		kind: /^TypeError$/,
	},
];

/** A copy of the package in the home of a user, and a project there, with values that nobody else may see. */
function install({ damage }: Damage): { bin: string; cwd: string; env: NodeJS.ProcessEnv } {
	const folder = makeTree({});
	const home = join(folder, 'canary-path/flue-blueprints');
	mkdirSync(home, { recursive: true });
	for (const name of ['bin', 'dist', 'templates', 'package.json'])
		cpSync(name, join(home, name), { recursive: true });
	damage(home);
	const cwd = join(folder, 'canary-path/project');
	addToTree(cwd, { ...PROJECT, '.env': ENV });
	const env = cleanEnvironment({ HOME: join(folder, 'canary-path'), REDIS_URL: URL_OF_USER });
	return { bin: join(home, 'bin/flue.js'), cwd, env };
}

describe.each(DAMAGES)('when $name', (broken) => {
	const command = `flue ${broken.args.join(' ')}`
		.replace('canary-value', '<prefix>')
		.replace(/redis:\S+/, '<url>');

	it('gives a report to pass on, and no value of the user', async () => {
		const { bin, ...place } = install(broken);
		const ran = await flue([...broken.args, '--cwd', place.cwd], { ...place, bin });
		expect(ran).toMatchObject({ status: 1, stdout: '' });
		const [error, hint, ...report] = ran.stderr.trimEnd().split('\n');
		expect(error).toMatch(/^error INTERNAL: This is a defect of flue-blueprints \(.+\)\.$/);
		expect(hint).toMatch(/^hint: .*report/);
		const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
		const system = `Node ${process.versions.node}, ${process.platform} ${process.arch} `;
		expect(report[0]).toBe('report:');
		expect(report[1]?.startsWith(`  flue-blueprints ${version}, ${system}`)).toBe(true);
		expect(report[2]).toBe(`  ${command} --cwd <dir>`);
		expect(report[3]?.trim()).toMatch(broken.kind);
		for (const line of report.slice(4)) expect(line).toMatch(/^ {4}at .*\b(dist\/|node:)/);
		expect(report.length).toBeGreaterThan(4);
		expect(ran.stderr).not.toContain('canary');
	});

	it('gives the same in one JSON document', async () => {
		const { bin, ...place } = install(broken);
		const ran = await flue([...broken.args, '--json'], { ...place, bin });
		expect(ran).toMatchObject({ status: 1, stderr: '' });
		const document = JSON.parse(ran.stdout);
		checkDocument(document);
		expect(document).toMatchObject({ command: broken.args[0], status: 'failed' });
		const { report } = document.error;
		expect(report.command).toBe(`${command} --json`);
		expect(report.stack[0]).toMatch(broken.kind);
		expect(JSON.stringify(document.error)).not.toContain('canary');
		// The facts name the folder of the project.
		expect(ran.stdout).not.toContain('canary-value');
	});
});
