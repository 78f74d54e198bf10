// The way to a server, step by step: the first that fails ends it. Pure.

import { refusalOf } from '../../../adapter-words.ts';
import type { Check, ProbeStop, ServerFacts, ShownAddress } from '../../../model/verification.ts';
import { fail, pass, skipped, warn } from './check.ts';
import { showAddress } from './settings.ts';

type Stage = ProbeStop['stage'];

const STAGES: Stage[] = ['client', 'dns', 'tcp', 'tls', 'answer', 'auth', 'database'];

/** What helps where only the server itself knows what is wrong. */
const UNKNOWN = 'Look at the log of the server, or at the console of its provider, and try again.';

/** [stage, code of the system, of Node's TLS or of the server, cure]; the first that fits counts. */
const CURES: readonly (readonly [Stage, RegExp, string])[] = [
	[
		'client',
		/SILENT/,
		'Try the client by itself: a file that imports it, connects and prints. If that works, this is a defect of flue-blueprints.',
	],
	[
		'client',
		/./,
		'Run the install of your package manager; a Plug’n’Play project needs its client in node_modules.',
	],
	[
		'dns',
		/TIMEOUT|EAI_AGAIN/,
		'The name server does not answer: try again, or look at the network.',
	],
	['dns', /./, 'Correct the host in the address.'],
	['tcp', /ECONNREFUSED/, 'Start the server, or correct host and port.'],
	['tcp', /./, 'Look at the firewall, the allowed addresses of the provider, and the port.'],
	['tls', /TLS_EXPECTED/, 'Write rediss:// instead of redis://.'],
	[
		'tls',
		/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_UNTRUSTED/,
		'Give Node the certificate of its authority: NODE_EXTRA_CA_CERTS=/path/ca.pem, in the environment of every process.',
	],
	['tls', /ALTNAME|HOSTNAME/, 'Use the host name that the certificate is for.'],
	['tls', /EXPIRED/, 'Renew the certificate of the server.'],
	['tls', /./, 'Write redis:// instead of rediss:// if the server does not speak TLS there.'],
	['answer', /DENIED/, 'Give the server a password, or bind it to an address that is yours.'],
	['answer', /MAXCLIENTS/, 'Raise maxclients, or close connections.'],
	[
		'answer',
		/./,
		'Look at what listens on that port: a server that speaks TLS, a stopped process, or something else.',
	],
	[
		'auth',
		/TIMEOUT|CLOSED|^E(CONN|PIPE|TIMEDOUT)/,
		'The connection was not kept: look at what listens on that port or is between, and at the log of the server.',
	],
	[
		'auth',
		/NOPROTO/,
		'Write `RESP: 2` beside `url` in createClient() of db.ts, or use redis 5, which does not send HELLO.',
	],
	[
		'auth',
		/NOAUTH/,
		'Put the password into the address: redis://:PASSWORD@HOST:PORT, with the name of the user before the first : where the server has users. / ? # @ : % and $ are percent-encoded in both.',
	],
	[
		'auth',
		/WRONGPASS|^AUTH$/,
		'Correct the user and the password of the address; / ? # @ : % and $ are percent-encoded in it.',
	],
	['auth', /NOPERM/, 'Allow this user the commands that every connection needs: ACL +@connection.'],
	['auth', /./, UNKNOWN],
	[
		'database',
		/NOPERM/,
		'Allow this database to the user (ACL: db=N, with its number), or put the number of one that it may use behind the last / of the address.',
	],
	[
		'database',
		/./,
		'Correct the number behind the last / of the address, or raise `databases` in the server.',
	],
];

const PASSED: Record<Stage, (facts: ServerFacts, address: ShownAddress) => string> = {
	client: ({ client }) => `${client}, of this project`,
	dns: (_, { host, path }) =>
		path === undefined ? `${host} is found` : 'none is needed for a socket',
	tcp: (_, { port, path }) => (path === undefined ? `port ${port} is open` : `${path} is open`),
	tls: (_, { tls }) =>
		tls ? 'TLS, with a certificate that Node trusts' : 'no TLS, as the address says',
	answer: () => 'the server answers',
	auth: () => 'the server accepts the connection',
	database: (_, { database }) => `database ${database} is there`,
	commands: () => 'every question was answered',
};

/** The system's own words, with its code where they lack it. */
function words({ message, code }: ProbeStop): string {
	return message.includes(code) ? message : `${message} (${code})`.trim();
}

function failure(stop: ProbeStop, address: ShownAddress): Check {
	const cure = CURES.find(([stage, code]) => stage === stop.stage && code.test(stop.code));
	const id = `server.${stop.stage}` as const;
	if (/MODULE_NOT_FOUND/.test(stop.code)) return skipped(id, stop.message, cure?.[2]);
	if (stop.stage === 'client') return fail(id, words(stop), cure?.[2]);
	return fail(id, `${showAddress(address)}: ${words(stop)}`, cure?.[2]);
}

function unchecked(): Check {
	return warn(
		'server.tls',
		'TLS, with a certificate that nobody checks: NODE_TLS_REJECT_UNAUTHORIZED is 0',
		'Take NODE_TLS_REJECT_UNAUTHORIZED away, and give Node the certificate of the authority: NODE_EXTRA_CA_CERTS=/path/ca.pem.',
	);
}

/** One check for each step. Behind the one that failed all are skipped. */
export function connectionChecks(facts: ServerFacts, address: ShownAddress): Check[] {
	const { stop } = facts;
	const end = stop && stop.stage !== 'commands' ? STAGES.indexOf(stop.stage) : STAGES.length;
	const checks = STAGES.map((stage, index) => {
		if (index < end && stage === 'tls' && address.tls && facts.trustsAll) return unchecked();
		if (index < end) return pass(`server.${stage}`, PASSED[stage](facts, address));
		if (index === end && stop) return failure(stop, address);
		return skipped(`server.${stage}`, 'not reached');
	});
	if (stop?.stage !== 'commands' || stop.code === 'LOADING') return checks;
	const known = refusalOf(stop.message);
	if (!known) return [...checks, fail('server.commands', words(stop), UNKNOWN)];
	return [...checks, fail('server.commands', `${known.means}: ${words(stop)}`, known.helps)];
}
