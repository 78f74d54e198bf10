// A drill as a program of its own: the request as JSON in the first argument, progress on stderr, the checks on stdout.
import { runDrill } from '../../src/drill/index.ts';
import type { DrillRequest } from '../../src/model.ts';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(name, () => controller.abort(name));
const given = JSON.parse(process.argv[2] ?? '{}') as Partial<DrillRequest>;
try {
	const checks = await runDrill({
		root: process.cwd(),
		entry: 'src/db.ts',
		variable: 'REDIS_URL',
		server: 'redis',
		url: null,
		environment: process.env,
		signal: controller.signal,
		say: (line) => process.stderr.write(`${line}\n`),
		...given,
	});
	process.stdout.write(`${JSON.stringify(checks)}\n`);
} catch (error) {
	process.stdout.write(
		`${JSON.stringify({ code: (error as { code?: string }).code ?? String(error) })}\n`,
	);
	process.exitCode = 1;
}
