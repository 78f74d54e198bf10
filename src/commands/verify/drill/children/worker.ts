// The process that runs the project's db.ts, as a Flue process would: loads it, and works on the stores when told to. Ends with its keeper.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import type { StoreContract } from '../../../../model/verification.ts';
import { type Adapter, isAdapter } from '../contract.ts';
import { REFUSAL } from '../environment.ts';
import { openNouns } from '../lines.ts';
import type { FromWorker, Job, SafeError, Stage, ToWorker } from '../messages.ts';
import type { Kept } from '../nouns/kept.ts';
import { redact, secretsOf } from '../redact.ts';
import { readSample, writeSample } from '../rounds.ts';
import { sampleOf } from '../sample.ts';

let stage: Stage = 'load';
let adapter: Adapter | undefined;
let nouns: Kept[] | undefined;

function tell(message: FromWorker): void {
	process.send?.(message);
}

/** Of the env file every value: the project may print any of them. */
function secrets(): string[] {
	let file = {};
	try {
		file = parseEnv(readFileSync('.env', 'utf8'));
	} catch {
		// There is none.
	}
	return [...secretsOf(process.env), ...secretsOf(file, { all: true })];
}

/** Name, code and the first lines; the values of the environment, which the project's own text may repeat, are taken out. */
function safeError(thrown: unknown): SafeError {
	const { code, message, errors } = (thrown ?? {}) as {
		code?: unknown;
		message?: unknown;
		errors?: { message?: unknown }[];
	};
	const text = String(message || errors?.[0]?.message || code || thrown);
	const shown = redact(text, secrets()).split('\n').slice(0, 4).join('\n');
	return { code: typeof code === 'string' ? code : '', message: shown.slice(0, 500) };
}

/** Something beside the database, such as telemetry, may not mind that it is refused; as an error of nobody it is no news. */
function isRefusal(thrown: unknown): boolean {
	const { message, cause } = (thrown ?? {}) as { message?: unknown; cause?: unknown };
	return String(message).endsWith(REFUSAL) || (cause !== undefined && isRefusal(cause));
}

function failLate(thrown: unknown): void {
	if (!isRefusal(thrown)) fail(thrown);
}

function fail(thrown: unknown): void {
	tell({ event: 'failed', stage, error: safeError(thrown) });
}

async function load(entry: string): Promise<void> {
	const loaded = (await import(pathToFileURL(entry).href)) as { default?: unknown };
	stage = 'shape';
	if (!isAdapter(loaded.default)) throw new Error('its default export is not a database adapter');
	adapter = loaded.default;
	tell({ event: 'loaded' });
}

async function open(contract: StoreContract): Promise<void> {
	stage = 'migrate';
	await adapter?.migrate?.();
	stage = 'stores';
	nouns = openNouns(contract, await adapter?.connect());
	tell({ event: 'opened' });
}

async function work(given: Kept[], { nonce, read, replay, write }: Job): Promise<void> {
	stage = 'read';
	const survivals = [];
	for (const round of read)
		survivals.push(await readSample(given, sampleOf(nonce, round), { replay }));
	stage = 'write';
	if (write !== null) await writeSample(given, sampleOf(nonce, write));
	stage = 'done';
	tell({ event: 'done', survivals });
}

async function obey(message: ToWorker): Promise<void> {
	if (message.order === 'load') return load(message.entry);
	if (message.order === 'open') return open(message.contract);
	if (message.order === 'work' && nouns) return work(nouns, message.job);
	await adapter?.close?.();
	process.exit(0);
}

process.on('message', (message) => void obey(message as ToWorker).catch(fail));
process.on('disconnect', () => process.exit(1));
process.on('uncaughtException', failLate);
process.on('unhandledRejection', failLate);
