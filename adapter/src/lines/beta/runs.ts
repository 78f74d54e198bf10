// Workflow runs as the 1.0 betas have them: created once, ended, looked up and listed. One request each.
import {
	type CreateRunInput,
	clampLimit,
	DEFAULT_LIST_LIMIT,
	decodeRunCursor,
	type EndRunInput,
	encodeRunCursor,
	type ListRunsOpts,
	MAX_LIST_LIMIT,
	type RunPointer,
	type RunRecord,
	type RunStatus,
	type RunStore,
} from '@flue/runtime/adapter';
import { encodePart, type Keys } from '../../keys.ts';
import type { Connection } from '../../script.ts';
import { CREATE_RUN, END_RUN, LIST_RUNS } from './lua/runs.ts';

const POINTER = ['name', 'status', 'started', 'ended', 'duration', 'failed'] as const;
const RECORD = [...POINTER, 'input', 'carrier', 'result', 'error'] as const;

/** The text of each field, or nothing where the run has none. */
type Fields = Readonly<Partial<Record<(typeof RECORD)[number], string>>>;

/** Opens the runs of one namespace. */
export function createRunStore(connection: Connection, keys: Keys): RunStore {
	const read = async (runId: string, names: readonly (keyof Fields)[]) => {
		const reply = await connection.send('HMGET', keys.of('run', runId), ...names);
		return toFields(names, reply as (string | null)[]);
	};
	return {
		async createRun(input) {
			const { workflowName } = input;
			const indexes = [
				keys.one('runs'),
				keys.of('runs', 'active'),
				keys.of('workflow', workflowName),
				keys.of('workflow', workflowName, 'active'),
			];
			const member = `${input.startedAt}\0${input.runId}`;
			const runKeys = [keys.of('run', input.runId), ...indexes];
			await connection.run(CREATE_RUN, runKeys, [member, ...startOf(input)]);
		},
		async endRun(input) {
			const status = input.isError ? 'errored' : 'completed';
			const args = [keys.base, input.runId, status, ...endOf(input)];
			await connection.run(END_RUN, [keys.of('run', input.runId)], args);
		},
		async getRun(runId) {
			const fields = await read(runId, RECORD);
			return fields.status === undefined ? null : toRecord(runId, fields);
		},
		async lookupRun(runId) {
			const { name } = await read(runId, ['name']);
			return name === undefined ? null : { runId, workflowName: name };
		},
		async listRuns(options = {}) {
			const limit = Math.ceil(clampLimit(options.limit, DEFAULT_LIST_LIMIT, MAX_LIST_LIMIT));
			const cursor = decodeRunCursor(options.cursor);
			const before = cursor ? `(${cursor.startedAt}\0${cursor.runId}` : '+';
			const args = [keys.base, before, limit + 1];
			const reply = await connection.run(LIST_RUNS, [indexOf(keys, options)], args);
			const found = toPointers(reply as (string | null)[]);
			const runs = found.slice(0, limit);
			const last = runs.at(-1);
			return found.length > limit && last ? { runs, nextCursor: encodeRunCursor(last) } : { runs };
		},
	};
}

function indexOf(keys: Keys, { status, workflowName }: ListRunsOpts): string {
	const ofStatus = status ? [status] : [];
	// As in the runtime's own stores, an empty name filters nothing.
	if (!workflowName) return status ? keys.of('runs', status) : keys.one('runs');
	return keys.of('workflow', workflowName, ...ofStatus);
}

function startOf(input: CreateRunInput): string[] {
	return [
		...['name', input.workflowName, 'workflow', encodePart(input.workflowName)],
		...['started', input.startedAt],
		...asJson('input', input.input),
		...asJson('carrier', input.traceCarrier),
	];
}

function endOf(input: EndRunInput): string[] {
	return [
		...['ended', input.endedAt, 'duration', String(input.durationMs)],
		...['failed', input.isError ? '1' : '0'],
		...asJson('result', input.result),
		...asJson('error', input.error),
	];
}

/** A field and its text; nothing at all for what JSON has no text for. */
function asJson(name: string, value: unknown): string[] {
	const text = JSON.stringify(value) as string | undefined;
	return text === undefined ? [] : [name, text];
}

function toFields(names: readonly (keyof Fields)[], values: readonly (string | null)[]): Fields {
	const fields: Partial<Record<keyof Fields, string>> = {};
	for (const [index, name] of names.entries()) {
		const value = values[index];
		if (typeof value === 'string') fields[name] = value;
	}
	return fields;
}

function toPointers(reply: readonly (string | null)[]): RunPointer[] {
	const found: RunPointer[] = [];
	for (let start = 0; start < reply.length; start += POINTER.length + 1) {
		const values = reply.slice(start + 1, start + 1 + POINTER.length);
		found.push(toPointer(String(reply[start]), toFields(POINTER, values)));
	}
	return found;
}

function toPointer(runId: string, fields: Fields): RunPointer {
	const pointer: RunPointer = {
		runId,
		workflowName: fields.name ?? '',
		status: fields.status as RunStatus,
		startedAt: fields.started ?? '',
	};
	if (fields.ended !== undefined) pointer.endedAt = fields.ended;
	if (fields.duration !== undefined) pointer.durationMs = Number(fields.duration);
	if (fields.failed !== undefined) pointer.isError = fields.failed === '1';
	return pointer;
}

function toRecord(runId: string, fields: Fields): RunRecord {
	const record: RunRecord = toPointer(runId, fields);
	const { input, carrier, result, error } = fields;
	if (input !== undefined) record.input = JSON.parse(input);
	if (carrier !== undefined) record.traceCarrier = JSON.parse(carrier);
	if (result !== undefined) record.result = JSON.parse(result);
	if (error !== undefined) record.error = JSON.parse(error);
	return record;
}
