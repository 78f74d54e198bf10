// Whether processes live. One that has ended, and whose end nobody has asked for, does not: where no parent is left, as in a
// container whose first process is no init, it stays in the system's list for good.
import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process, or with a negative number a group of processes, is in the system's list. */
function isListed(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// EPERM: it is there, and belongs to somebody else.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** The state of a process and the group that it is of (proc_pid_stat(5)); null where the system does not tell. */
function statusOf(pid: number | string): { state: string; group: number } | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name of the program comes first, in brackets, and may hold any.
		const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return { state, group: Number(group) };
	} catch {
		return null;
	}
}

const hasEnded = ({ state }: { state: string }): boolean => state === 'Z' || state === 'X';

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
	if (!isListed(pid)) return false;
	const status = statusOf(pid);
	return status === null || !hasEnded(status);
}

function membersOf(group: number): { state: string }[] {
	try {
		const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
		return ids.flatMap((id) => {
			const status = statusOf(id);
			return status?.group === group ? [status] : [];
		});
	} catch {
		return [];
	}
}

/** Whether a process of a group lives. */
export function isGroupAlive(group: number): boolean {
	if (!isListed(-group)) return false;
	const members = membersOf(group);
	return members.length === 0 || !members.every(hasEnded);
}
