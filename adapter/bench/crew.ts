// `bench/crew.ts FOLDER...`: eight processes on one server, admissions a second of each unpacked package and of nine round trips, in turns. Prints JSON.
import { connectRunner } from '../test/clients.ts';
import { startCrew } from '../test/crew.ts';
import { startServer, versionOf } from '../test/servers.ts';
import type { Task } from './crew-member.ts';

const ROUNDS = 5;
const ROUND_MS = 1500;
const MEMBER = new URL('./crew-member.ts', import.meta.url);

interface Row {
	readonly server: string;
	/** The folder of the package; none: nine round trips. */
	readonly build: string;
	/** Admissions that each process has under way. */
	readonly inFlight: number;
	/** Medians. */
	readonly aSecond: number;
	/** Of the server, in microseconds for each admission. */
	readonly cpu: number;
	/** Of the eight processes, the same. */
	readonly clientCpu: number;
}

const middle = (values: number[]) =>
	values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

async function measure(kind: 'redis' | 'valkey', builds: readonly string[]): Promise<Row[]> {
	const server = await startServer(kind);
	const runner = await connectRunner('redis 5', server.url);
	const crew = await startCrew<Task>([server.url], { program: MEMBER });
	/** Seconds of CPU that the server has used. */
	const used = async () => {
		const text = String(await runner.command('INFO', ['cpu']));
		const values = [...text.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)];
		return values.reduce((sum, [, value]) => sum + Number(value), 0);
	};
	const turn = async (build: string, inFlight: number, ms: number) => {
		await runner.command('FLUSHALL');
		await crew.tell({ do: 'open', build, keyPrefix: 'crew' });
		const [started, cpu] = [performance.now(), await used()];
		const answers = await crew.tell({ do: 'admit', ms, inFlight });
		const sum = (place: 0 | 1) => answers.reduce((all, one) => all + Number(one[place]), 0);
		const admitted = sum(0);
		const seconds = (performance.now() - started) / 1000;
		return {
			aSecond: admitted / seconds,
			cpu: (((await used()) - cpu) / admitted) * 1e6,
			clientCpu: sum(1) / admitted,
		};
	};
	const rows: Row[] = [];
	for (const inFlight of [1, 16]) {
		const taken = builds.map((): Awaited<ReturnType<typeof turn>>[] => []);
		for (const build of builds) await turn(build, inFlight, ROUND_MS / 3);
		for (let round = 0; round < ROUNDS; round += 1)
			for (const [index, build] of builds.entries())
				taken[index]?.push(await turn(build, inFlight, ROUND_MS));
		for (const [index, build] of builds.entries()) {
			const turns = taken[index] ?? [];
			const aSecond = middle(turns.map((one) => one.aSecond));
			const cpu = middle(turns.map((one) => one.cpu));
			const clientCpu = middle(turns.map((one) => one.clientCpu));
			rows.push({ server: `${kind} ${versionOf(kind)}`, build, inFlight, aSecond, cpu, clientCpu });
		}
	}
	crew.stop();
	await runner.close();
	await server.stop();
	return rows;
}

const builds = [...process.argv.slice(2), ''];
const rows = [...(await measure('redis', builds)), ...(await measure('valkey', builds))];
process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
