// `npm run demo`: a real Flue project gets durable state, and keeps it through crashes. Ends with 1 and the reason when any step does
// not hold.
import { mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import colors from 'picocolors';
import { requireServers } from '../../adapter/test/install-servers.ts';
import { type ServerKind, startServer, versionOf } from '../../adapter/test/servers.ts';
import { listAdapterCopies } from '../../src/package/bundled-adapter.ts';
import { showProgress } from '../../src/terminal/progress.ts';
import { isIn } from '../../src/text/versions.ts';
import { node22 } from '../node22.ts';
import { initBeta } from './beta-project.ts';
import { tellBetaStory, tellWithout } from './beta-story.ts';
import { startFlue } from './server.ts';
import { DATABASES, same } from './step.ts';
import { initStock } from './stock.ts';
import { flueAdd, run, runLocal } from './toolchain.ts';

const { values } = parseArgs({
	options: {
		valkey: { type: 'boolean' },
		flue: { type: 'string' },
		keep: { type: 'boolean' },
		help: { type: 'boolean' },
	},
});
const kind: ServerKind = values.valkey ? 'valkey' : 'redis';
const { title, variable } = DATABASES[kind];
const isBeta = values.flue?.startsWith('1.') ?? false;

const say = (line: string) => process.stdout.write(`${line}\n`);
const rows: { label: string; told: string; seconds: number }[] = [];

/** In the unit that shows something of it. */
function inWords(seconds: number): string {
	return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(1)} s`;
}

/** Does one step under a line that turns, and writes down how long it took and what it says of itself. */
async function step(label: string, work: () => Promise<string>): Promise<void> {
	const display = process.stderr.isTTY ? showProgress(process.stderr, label) : null;
	const started = performance.now();
	try {
		const told = await work();
		const seconds = (performance.now() - started) / 1000;
		rows.push({ label, told, seconds });
		display?.stop();
		say(
			`${colors.green('✓')} ${label.padEnd(46)} ${inWords(seconds).padStart(7)}  ${colors.dim(told)}`,
		);
	} catch (cause) {
		display?.stop();
		throw new Error(`${label}: ${cause instanceof Error ? cause.message : cause}`, { cause });
	}
}

function textsOf(body: string): string[] {
	const { messages } = JSON.parse(body) as { messages: { parts: { text?: string }[] }[] };
	return messages.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? []));
}

/** The copies of Flue's runtime that npm has put into the project. */
function runtimesOf(root: string): string {
	const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { version?: string }>;
	};
	const versions = Object.entries(packages)
		.filter(([path]) => path.endsWith('node_modules/@flue/runtime'))
		.map(([, { version }]) => version);
	return `@flue/runtime ${versions.length === 1 ? 'once' : `${versions.length} times`}: ${versions.join(', ')}`;
}

async function withDatabase(root: string): Promise<void> {
	const server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
	try {
		const address = { [variable]: server.url };
		let flue = await startFlue(root, address);
		let told = '';
		await step('a message to the built Flue server', async () => {
			await flue.send('demo', 'Remember the number 42.');
			told = await flue.settled('demo', 1);
			return textsOf(told)
				.map((text) => `“${text}”`)
				.join(' → ');
		});
		await step('Flue killed (SIGKILL), started again', async () => {
			await flue.kill('SIGKILL');
			flue = await startFlue(root, address);
			return same(told, (await flue.read('demo')).body);
		});
		await step(`${title} killed (SIGKILL), started again`, async () => {
			await server.kill();
			await server.restart();
			return `${same(told, await flue.settled('demo', 1))}; Flue lived on and reconnected`;
		});
		await step('the conversation goes on', async () => {
			await flue.send('demo', 'And now?');
			const texts = textsOf(await flue.settled('demo', 2));
			if (texts.length !== 4) throw new Error(`There are ${texts.length} messages: ${texts}`);
			return `“${texts.at(-1)}”`;
		});
		await flue.kill('SIGTERM');
	} finally {
		await server.stop();
	}
}

async function withoutDatabase(root: string): Promise<void> {
	renameSync(join(root, 'src/db.ts'), join(root, 'db.ts.away'));
	await runLocal('vite', ['build'], root);
	let flue = await startFlue(root, {});
	await step('the same without db.ts', async () => {
		await flue.send('demo', 'Remember the number 42.');
		await flue.settled('demo', 1);
		await flue.kill('SIGKILL');
		flue = await startFlue(root, {});
		const { status, body } = await flue.read('demo');
		await flue.kill('SIGTERM');
		if (status !== 404) throw new Error(`The conversation is still there: ${body}`);
		return '404: the conversation is lost';
	});
	renameSync(join(root, 'db.ts.away'), join(root, 'src/db.ts'));
}

/** Refuses a Flue that no packed adapter is for. */
function checkServed(version: string): void {
	const lines = listAdapterCopies().map(({ runtime }) => runtime);
	if (lines.some((range) => isIn(version, range))) return;
	throw new Error(
		`There is no adapter for @flue/runtime ${version}: give one of ${lines.join(', ')}.`,
	);
}

async function add(root: string): Promise<string> {
	const args = [kind, '--reconnect', '--adapter', 'vendored', '--align-runtime', '--json'];
	const { steps } = JSON.parse(await flueAdd(args, root)) as {
		steps: { kind: string; path?: string }[];
	};
	const done = steps.map(({ kind: what, path }) => path ?? `npm ${what}`).join(', ');
	return `${done}; ${runtimesOf(root)}`;
}

async function demonstrateBeta(root: string, version: string): Promise<void> {
	await step('npm install and flue init', async () => {
		await initBeta(root, version);
		return `an agent and a workflow, with a model that needs no provider; ${runtimesOf(root)}`;
	});
	await step(`flue add database ${kind}`, () => add(root));
	await step('type check and flue build', async () => {
		await runLocal('tsc', ['--noEmit'], root);
		await runLocal('flue', ['build', '--target', 'node'], root);
		return 'dist/server.mjs';
	});
	await tellBetaStory({ root, kind, variable, version, step });
	await tellWithout({ root, version, step });
}

async function demonstrate(root: string): Promise<void> {
	await step('flue init, with a model of its own', async () => {
		const version = await initStock(root, values.flue);
		return `what @flue/cli ${version} writes; the agent's model needs no provider`;
	});
	await step('its own npm install', async () => {
		await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: root });
		return runtimesOf(root);
	});
	await step(`flue add database ${kind}`, () => add(root));
	await step('type check and vite build', async () => {
		await runLocal('tsc', ['--noEmit'], root);
		await runLocal('vite', ['build'], root);
		return 'dist/server.mjs';
	});
	await withDatabase(root);
	await withoutDatabase(root);
}

function closingTable(): void {
	const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
	const lines = [
		['', `with db.ts (${title} ${versionOf(kind)})`, 'without'],
		['Flue killed', 'kept, byte for byte', 'lost'],
		[`${title} killed`, 'kept, byte for byte', '–'],
		...(isBeta ? [['in mid-answer', 'answered once more', '–']] : []),
	];
	say('');
	for (const [left = '', middle = '', right = ''] of lines)
		say(`  ${left.padEnd(16)} ${middle.padEnd(28)} ${right}`);
	say(`\n${rows.length} steps in ${total.toFixed(0)} s.`);
}

async function main(): Promise<number> {
	if (values.help) {
		say('npm run demo [-- --valkey] [--flue VERSION] [--keep]');
		say('  --flue VERSION   a version of Flue instead of the newest, such as 1.0.0-beta.7');
		say('  --keep           leaves the project in its temporary folder');
		return 0;
	}
	await step('what the demo needs', async () => {
		if (values.flue) checkServed(values.flue);
		requireServers([kind]);
		return `${title} ${versionOf(kind)}, Node ${await run(node22(), ['--version'], { cwd: tmpdir() }).then((text) => text.trim())}`;
	});
	const base = realpathSync(mkdtempSync(join(tmpdir(), 'flue-demo-')));
	const root = join(base, 'my-agents');
	const cleanUp = () => {
		if (!values.keep) rmSync(base, { recursive: true, force: true });
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => {
			cleanUp();
			process.exit(130);
		});
	try {
		if (values.flue && isBeta) await demonstrateBeta(root, values.flue);
		else await demonstrate(root);
		closingTable();
		if (values.keep) say(`The project is in ${root}.`);
		return 0;
	} finally {
		cleanUp();
	}
}

try {
	process.exitCode = await main();
} catch (error) {
	process.stderr.write(
		`\n${colors.red('The demo does not hold.')} ${error instanceof Error ? error.message : error}\n`,
	);
	process.exitCode = 1;
}
process.exit();
