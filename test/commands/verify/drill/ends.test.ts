// However a drill ends, its programs end and its folder goes.
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../adapter/test/patience.ts';
import {
	type DrillOptions,
	drill,
	drillProject,
	generated,
	prepare,
	processesWith,
	startBystander,
} from './project.ts';

beforeAll(prepare);

function nameOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
	} catch {
		return '';
	}
}

/** The names of the programs of a drill, of which all know its folder. */
const programsOf = (folder: string): string[] => processesWith(folder).map(nameOf);

/** One that listens, and not the one that is asked for its version. */
const SERVER = /redis-server .*:\d+/;
const hasServer = (folder: string): boolean => programsOf(folder).some((name) => SERVER.test(name));
const hasDatabase = (folder: string): boolean =>
	programsOf(folder).some((name) => name.includes('worker.mjs'));

/** Runs a drill, and does something to it as soon as its output and programs are as wanted. */
async function interrupted(
	isThen: (output: string, folder: string) => boolean,
	act: (child: ChildProcess, folder: string) => void,
	how: DrillOptions = { json: false },
) {
	let folder = '';
	const root = await drillProject();
	const ran = await drill(root, {
		...how,
		onStart(child, named) {
			folder = named;
			let output = '';
			child.stderr?.on('data', (text) => {
				output += text;
			});
			void until('the moment to interfere', () => isThen(output, named)).then(
				() => act(child, named),
				() => child.kill('SIGKILL'),
			);
		},
	});
	return { ran, folder };
}

/** Its server runs from the beginning of the rehearsal; a program of db.ts comes and goes within tenths of a second. */
const inRehearsal = (_: string, folder: string): boolean => hasServer(folder);
const inTrials = (output: string, folder: string): boolean =>
	output.includes('Killing') && hasServer(folder);

describe('a drill that is stopped', () => {
	it.each([
		['SIGINT', 'in the rehearsal', inRehearsal],
		['SIGTERM', 'in the rehearsal', inRehearsal],
		['SIGHUP', 'in the trials', inTrials],
		['SIGINT', 'in the trials', inTrials],
	] as const)('by %s %s has cleaned up when it says so', async (signal, _, isThen) => {
		const { ran, folder } = await interrupted(isThen, (child) => child.kill(signal));
		expect(ran.output).toContain('error CANCELLED');
		expect(ran.status).toBe(130);
		expect(ran.left).toEqual([]);
		expect(programsOf(folder)).toEqual([]);
	});

	it.each([
		['in the rehearsal', inRehearsal],
		['in the trials', inTrials],
	] as const)('by SIGKILL %s is cleaned up by its keeper', async (_, isThen) => {
		const { ran, folder } = await interrupted(isThen, (child) => child.kill('SIGKILL'));
		expect(ran.status).toBe(null);
		await until(
			'the end of its programs and folder',
			() => programsOf(folder).length === 0 && readdirSync(folder).length === 0,
		);
	});

	it('cleans up by itself when its keeper is killed', async () => {
		const { ran, folder } = await interrupted(
			inRehearsal,
			(_, named) => {
				for (const pid of processesWith(named))
					if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('keeper.mjs'))
						process.kill(pid, 'SIGKILL');
			},
			{},
		);
		expect(Object.values(ran.statuses)).toContain('fail');
		await until('the end of its programs', () => programsOf(folder).length === 0);
		expect(ran.left).toEqual([]);
	});

	it('tells of its server where that was ended, and not of db.ts', async () => {
		const root = await drillProject();
		const waits = `import { connect } from 'node:net';
const { port } = new URL(String(process.env.REDIS_URL));
const isThere = () => new Promise((tell) => {
  const socket = connect(Number(port), '127.0.0.1', () => { socket.destroy(); tell(true); });
  socket.on('error', () => tell(false));
});
while (await isThere()) await new Promise((go) => setTimeout(go, 20));
`;
		writeFileSync(join(root, 'src/db.ts'), waits + generated(root));
		const ran = await drill(root, {
			onStart(child, folder) {
				const server = () =>
					hasDatabase(folder)
						? processesWith(folder).find((pid) => SERVER.test(nameOf(pid)))
						: undefined;
				void until('a server of the drill', server).then(
					(pid) => process.kill(pid, 'SIGKILL'),
					() => child.kill('SIGKILL'),
				);
			},
		});
		expect(ran.status).toBe(1);
		const failed = ran.checks.find(({ status }) => status === 'fail');
		expect(failed?.message).toBe('The throwaway server ended before its time.');
		expect(failed?.hint).toContain('Run the command again');
	});

	it('on a named server has deleted what it wrote', async () => {
		const bystander = await startBystander();
		const { ran, folder } = await interrupted(
			(_, named) => hasDatabase(named),
			(child) => setTimeout(() => child.kill('SIGINT'), 900),
			{ url: bystander.address, json: false },
		);
		expect(ran.left).toEqual([]);
		expect(programsOf(folder)).toEqual([]);
		expect(await bystander.ask('DBSIZE')).toBe(0);
	});
});
