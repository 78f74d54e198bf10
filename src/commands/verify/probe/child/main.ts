// The edge of the probe, a program of its own: reads its task from the environment, prints what a server said as one
// document of JSON, and takes the password out of it. It writes nothing anywhere.
import type { FlueLine } from '../../../../model/facts.ts';
import type { ServerFacts } from '../../../../model/verification.ts';
import { needsOf } from '../needs.ts';
import { askNamespaceIfAllowed, askRights, askServer } from './ask.ts';
import { findClient, openSession, stopOf } from './client.ts';
import { type Place, reach } from './reach.ts';
import { askStorage } from './storage.ts';

/** What the parent puts into FLUE_PROBE_TASK; the address has a variable of its own. */
export interface Task extends Place {
	/** Absolute path of the db entry. */
	entry: string;
	prefix: string;
	line: FlueLine;
	waits: boolean;
}

async function probe(task: Task, url: string, facts: ServerFacts): Promise<void> {
	const client = await findClient(task.entry);
	facts.client = client.name;
	await reach(task);
	const session = await openSession(client, url);
	try {
		Object.assign(facts, await askServer(session));
		if (facts.info?.loading === '1') return;
		const needs = needsOf(task.line, task.waits);
		Object.assign(facts, await askRights(session, `${task.prefix}:`, needs));
		facts.namespace = await askNamespaceIfAllowed(session, task.prefix);
		if (facts.namespace?.stamp) facts.storage = await askStorage(session, task.prefix);
	} finally {
		session.close();
	}
}

/** A document without the password, in whatever form a server could have repeated it in one of its sentences. */
function documentOf(facts: ServerFacts, url: string): string {
	// The address of a socket with a user is no URL.
	const password = URL.canParse(url)
		? new URL(url).password
		: (/^unix:\/\/[^:@/]*:([^@/]*)@/.exec(url)?.[1] ?? '');
	const forms = password === '' ? [] : [password, decodeURIComponent(password)];
	const clean = (text: string): string =>
		forms.reduce((all, form) => all.replaceAll(form, '***'), text);
	return JSON.stringify(facts, (name, value) =>
		/^(message|writeFault)$/.test(name) && typeof value === 'string' ? clean(value) : value,
	);
}

const facts: ServerFacts = {
	client: '',
	stop: null,
	info: null,
	config: {},
	hello: {},
	refused: null,
	writeFault: null,
	namespace: null,
	storage: null,
};
const url = process.env.FLUE_PROBE_ADDRESS ?? '';
try {
	await probe(JSON.parse(process.env.FLUE_PROBE_TASK ?? '') as Task, url, facts);
} catch (error) {
	facts.stop = stopOf(error).stop;
}
// A line of its own: the client may have printed something.
process.stdout.write(`\n${documentOf(facts, url)}`, () => process.exit());
