// A built Flue server as a process: started, spoken to over HTTP, killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { until } from '../../adapter/test/patience.ts';
import { freePort } from '../../adapter/test/servers.ts';
import { node22 } from '../node22.ts';
import { COMPILED } from '../tools.ts';

/** A built server that listens. */
export interface BuiltServer {
	readonly pid: number;
	readonly url: string;
	kill(signal: NodeJS.Signals): Promise<void>;
	/** How it ended: with which status, and what it had printed. */
	readonly end: Promise<{ status: number | null; output: string }>;
}

/** What a person does with the agent of a 2.x project. */
export interface FlueServer extends BuiltServer {
	/** Sends a message to the agent. Resolves once it is accepted (202). */
	send(conversation: string, text: string): Promise<void>;
	/** The conversation as the server shows it. */
	read(conversation: string): Promise<{ status: number; body: string }>;
	/** The conversation once so many submissions are settled. */
	settled(conversation: string, count: number): Promise<string>;
}

/** Servers that still run; a process that ends early takes them with it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
	for (const child of alive) child.kill('SIGKILL');
});

function start(root: string, environment: Record<string, string>) {
	const child = spawn(node22(), ['dist/server.mjs'], {
		cwd: root,
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...COMPILED, ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	alive.add(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (chunk) => {
			output += chunk;
		});
	const end = new Promise<{ status: number | null; output: string }>((resolve) => {
		child.on('close', (status) => {
			alive.delete(child);
			resolve({ status, output });
		});
	});
	return { child, end, said: () => output };
}

/**
 * Starts the built server of a project and waits until it listens. Of this process's environment it has PATH and HOME.
 * @throws with its output when it ends instead
 */
export async function startBuilt(
	root: string,
	environment: Record<string, string>,
): Promise<BuiltServer> {
	const port = await freePort();
	const { child, end, said } = start(root, { ...environment, PORT: String(port) });
	const ended = end.then(({ status, output }) => {
		throw new Error(`The server ended with status ${status}:\n${output}`);
	});
	const listens = until(
		() => `a server that listens:\n${said()}`,
		() => said().includes('Server listening'),
	);
	await Promise.race([listens, ended]);
	ended.catch(() => {});
	// A signal that comes at once would find no handler yet.
	await new Promise((resume) => setTimeout(resume, 100));
	return {
		pid: child.pid ?? 0,
		url: `http://127.0.0.1:${port}`,
		end,
		async kill(signal) {
			child.kill(signal);
			await end;
		},
	};
}

/**
 * Starts the built server of a project of 2.x, and speaks to its agent `hello`.
 * @throws with its output when it ends instead
 */
export async function startFlue(
	root: string,
	environment: Record<string, string>,
): Promise<FlueServer> {
	const built = await startBuilt(root, environment);
	const address = (conversation: string) => `${built.url}/agents/hello/${conversation}`;
	const read = async (conversation: string) => {
		const response = await fetch(address(conversation));
		return { status: response.status, body: await response.text() };
	};
	return {
		...built,
		read,
		async send(conversation, text) {
			const response = await fetch(address(conversation), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ kind: 'user', body: text }),
			});
			if (response.status !== 202)
				throw new Error(
					`The message was answered with ${response.status}: ${await response.text()}`,
				);
		},
		settled: (conversation, count) =>
			until(`${count} settlements of ${conversation}`, async () => {
				const { body } = await read(conversation).catch(() => ({ body: '' }));
				const settlements = body === '' ? [] : (JSON.parse(body).settlements ?? []);
				return settlements.length >= count ? body : undefined;
			}),
	};
}
