// Reads a server through a child process, which gets the address in its environment and is stopped with this one.
import { cancelled } from '../../../errors.ts';
import type { FlueLine } from '../../../model/facts.ts';
import type { SecretAddress, ServerFacts, ShownAddress } from '../../../model/verification.ts';
import { ownPath } from '../../../package/own-path.ts';

/** Runs a program to its end, as `runCommand` does. */
type Run = (command: {
	file: string;
	args: string[];
	cwd: string;
	environment: Record<string, string | undefined>;
	signal: AbortSignal;
}) => Promise<{ exitCode: number | null; stdout: string }>;

export interface ProbeTask {
	/** Absolute path of the db entry, from which the client is found. */
	entry: string;
	/** The key prefix without its colon. */
	prefix: string;
	/** Of the project's Flue: what its adapter needs depends on it. */
	line: FlueLine;
	/** Whether db.ts passes `replicas`. */
	waits: boolean;
	address: ShownAddress;
	secret: SecretAddress;
	/** What may answer there, e.g. `Redis`. */
	products: string[];
}

export interface ProbeSeams {
	run: Run;
	/** The path of the node that runs this program. */
	node: string;
	environment: Record<string, string | undefined>;
	signal: AbortSignal;
}

/** Built by esbuild.config.js. */
const PROGRAM = ownPath('dist/probe.js');

/** The probe has limits of its own, of 5 s for each step: this is for a client that hangs. */
const PATIENCE = 20_000;

/** What a connection may depend on, and nothing that loads code: of NODE_OPTIONS only what says whom TLS trusts. */
const KEPT = [
	'PATH',
	'HOME',
	'SystemRoot',
	'NODE_EXTRA_CA_CERTS',
	'NODE_USE_SYSTEM_CA',
	'NODE_TLS_REJECT_UNAUTHORIZED',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
];

/** What NODE_OPTIONS may say of connections (https://nodejs.org/api/cli.html). */
const TRUST = /^--(use-(openssl|system|bundled)-ca|tls-(min|max)-v1\.[0-3]|dns-result-order=\w+)$/;

/** The part of NODE_OPTIONS that decides whether a connection is made, for those that have it. */
function trustOptions(options: string | undefined): { NODE_OPTIONS?: string } {
	const kept = (options ?? '').split(/\s+/).filter((word) => TRUST.test(word));
	return kept.length === 0 ? {} : { NODE_OPTIONS: kept.join(' ') };
}

/** Of a probe that ended without a word nothing is known, not even that its client loads. */
function silent(message: string): ServerFacts {
	return {
		client: '',
		stop: { stage: 'client', code: 'SILENT', message },
		info: null,
		config: {},
		hello: {},
		refused: null,
		writeFault: null,
		namespace: null,
		storage: null,
	};
}

/**
 * Reads what a server says. Never throws for a fault of the server: the facts tell where it stopped.
 * @throws CANCELLED
 */
export async function probeServer(task: ProbeTask, seams: ProbeSeams): Promise<ServerFacts> {
	const { entry, prefix, line, waits, address, secret, products } = task;
	const environment = {
		...Object.fromEntries(KEPT.map((name) => [name, seams.environment[name]])),
		...trustOptions(seams.environment.NODE_OPTIONS),
		...secret.environment(),
		FLUE_PROBE_TASK: JSON.stringify({ entry, prefix, line, waits, products, ...address }),
	};
	const { stdout } = await seams.run({
		file: seams.node,
		args: ['--no-warnings', PROGRAM],
		cwd: ownPath('dist'),
		environment,
		signal: AbortSignal.any([seams.signal, AbortSignal.timeout(PATIENCE)]),
	});
	if (seams.signal.aborted) throw cancelled();
	try {
		const facts = JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as ServerFacts;
		return { ...facts, trustsAll: seams.environment.NODE_TLS_REJECT_UNAUTHORIZED === '0' };
	} catch {
		// What it printed may be anything, and is not shown.
		return silent(
			`the program that asks the server ended without an answer, or was stopped after ${PATIENCE / 1000} s`,
		);
	}
}
