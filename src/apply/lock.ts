// One run at a time for each project: a lock outside the project, gone when the process is.
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { FlueError } from '../errors.ts';

/**
 * Takes the lock of the project and returns the function that gives it back. A lock left by a killed process goes
 * stale after 10 s.
 * @throws BUSY when another run holds it.
 */
export async function takeLock(root: string): Promise<() => Promise<void>> {
	const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
	try {
		const release = await lock(root, {
			lockfilePath: join(tmpdir(), `flue-blueprints-${name}.lock`),
			realpath: false,
			// The default throws from a timer. A lock lost while the machine slept costs no safety: every write still
			// checks the disk first.
			onCompromised: () => {},
		});
		return () => release().catch(() => {});
	} catch (cause) {
		throw new FlueError('BUSY', 'Another run is changing this project.', { hint: 'Wait for it to end, then run the command again.', cause });
	}
}
