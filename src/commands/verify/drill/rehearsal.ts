// The first part of a drill, on one server: db.ts loads, is connected to the right place, migrates, writes, and is restarted.
import type { Check } from '../../../model/verification.ts';
import { pass, skip, warn } from './checks.ts';
import { type Database, type DatabaseServer, startDatabase, type Trouble } from './database.ts';
import { restartChecks } from './judge.ts';
import type { Job } from './messages.ts';
import type { Connection } from './resp.ts';
import type { Ground } from './trials.ts';
import { troubleCheck, unusedCheck } from './trouble.ts';

/** Where a rehearsal takes place. What a server of our own was asked tells whether db.ts uses it. */
export interface Stage extends DatabaseServer {
	/** The round that the second process writes, whose loss is looked at later; null for none. */
	next: number | null;
}

/** What clients ask of a server without keeping anything in it. */
const IDLE = /^(client|hello|auth|info|ping|select|config|command|quit|echo|readonly)\b/;

/** Whether anything but the talk of a new connection was asked of a server. */
async function wasUsed({ ask }: Connection): Promise<boolean> {
	const facts = String(await ask('INFO', 'commandstats'));
	return [...facts.matchAll(/^cmdstat_([\w|]+):/gm)].some(([, name = '']) => !IDLE.test(name));
}

/** The checks of a process that could not be let on. */
function loadTrouble(trouble: Trouble, { subject }: Ground): Check[] {
	const { entry } = subject;
	if (trouble.kind === 'unconnected')
		return [pass('drill.load', `${entry} loads.`), troubleCheck('drill.connect', trouble, subject)];
	if (trouble.kind !== 'refused') return [troubleCheck('drill.load', trouble, subject)];
	const loading = trouble.loaded
		? pass('drill.load', `${entry} loads.`)
		: skip('drill.load', `${entry} did not load, for want of a connection that was refused.`);
	return [loading, troubleCheck('drill.connect', trouble, subject)];
}

/** Said once everything was done, because a connection may be asked for at any time. */
function connectCheck(refused: string[], { subject }: Ground): Check {
	if (refused.length === 0)
		return pass(
			'drill.connect',
			`${subject.entry} is connected to the drill's server and to nothing else.`,
		);
	return warn(
		'drill.connect',
		`${subject.entry} is connected to the drill's server; it also tried to reach ${refused.join(', ')}, which was refused.`,
		'Nothing has to be done if that holds no state of Flue.',
	);
}

/** The second process: reads what the first one wrote, and repeats what may be repeated. */
async function restart(
	ground: Ground,
	stage: Stage,
): Promise<{ checks: Check[]; database: Database }> {
	const database = startDatabase(ground.plan, stage);
	const job: Job = { nonce: ground.nonce, read: [0], replay: true, write: stage.next };
	const trouble = (await database.load()) ?? (await database.open());
	const worked = trouble ? { trouble } : await database.work(job);
	const { subject } = ground;
	if ('trouble' in worked)
		return { checks: [troubleCheck('drill.restart', worked.trouble, subject)], database };
	const [survival] = worked.survivals;
	if (!survival) throw new Error('A drill read nothing back.');
	return { checks: restartChecks(survival, subject.entry), database };
}

/**
 * The checks `load`, `connect`, `migrate` and those of the restart, up to the first that fails. `running` is the second process,
 * which has just written its round; null when it did not come to that.
 */
export async function rehearse(
	ground: Ground,
	stage: Stage,
): Promise<{ checks: Check[]; running: Database | null }> {
	const { subject, nonce } = ground;
	const first = startDatabase(ground.plan, stage);
	const notLoaded = await first.load();
	if (notLoaded) return { checks: loadTrouble(notLoaded, ground), running: null };
	const loaded = pass('drill.load', `${subject.entry} loads.`);
	const sofar = (...refused: string[]) => [
		loaded,
		connectCheck([...new Set([...first.refused(), ...refused])], ground),
	];
	const notOpen = await first.open();
	const unused = !notOpen && stage.isOwn !== false && !(await wasUsed(stage.connection));
	if (notOpen)
		return { checks: [...sofar(), troubleCheck('drill.migrate', notOpen, subject)], running: null };
	if (unused) return { checks: [...sofar(), unusedCheck(subject)], running: null };
	const migrated = pass('drill.migrate', 'migrate() ran on an empty database.');
	const written = await first.work({ nonce, read: [], replay: false, write: 0 });
	if ('trouble' in written) {
		const failed = troubleCheck('drill.restart', written.trouble, subject);
		return { checks: [...sofar(), migrated, failed], running: null };
	}
	const late = await first.rest();
	if (late) return { checks: [troubleCheck('drill.load', late, subject)], running: null };
	await first.close();
	const { checks, database } = await restart(ground, stage);
	return { checks: [...sofar(...database.refused()), migrated, ...checks], running: database };
}
