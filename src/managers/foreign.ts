// Package managers that are known by name and files, and never run: what they install is left to the user. Pure data.
import type { ForeignManager } from '../model/request.ts';

interface ForeignEntry {
	/** Files by which a project is known as its. */
	files: readonly string[];
	/** What installs all packages of a project. */
	install: string;
	/** It makes a link of a local tarball, from which nothing can be imported (seen with deno 2.9.6). */
	linksTarballs?: true;
}

/** By their documentation; none of them is run by a test. */
export const FOREIGN: Record<ForeignManager, ForeignEntry> = {
	aube: { files: ['aube-lock.yaml'], install: 'aube install' },
	cnpm: { files: [], install: 'cnpm install' },
	deno: { files: ['deno.lock'], install: 'deno install', linksTarballs: true },
	rush: { files: ['rush.json'], install: 'rush update' },
	upm: { files: ['upm.lock'], install: 'upm install' },
	vlt: { files: ['vlt-lock.json'], install: 'vlt install' },
};

/** Whether a name is one of theirs. */
export function isForeign(name: string): name is ForeignManager {
	return Object.hasOwn(FOREIGN, name);
}
