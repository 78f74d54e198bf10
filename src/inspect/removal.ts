// What a removal asks of the past and of others: the last commit, the copies beside the db entry, who else uses what `add` brought.
import { dirname, join, posix } from 'node:path';
import type { Facts } from '../model/facts.ts';
import type { TextFile } from '../model/found.ts';
import { readAgentsFiles } from './agents-files.ts';
import { readText } from './files.ts';
import { readMentions } from './flue/entry-use.ts';
import type { AskGit } from './git-ignore.ts';
import { readOwnCopy } from './packages/vendor.ts';

interface Past {
	/** There is a commit to compare with. */
	hasCommit: boolean;
	/** File -> its text in the last commit. */
	committed: Record<string, string | null>;
	backup: TextFile | null;
	copy: { path: string; bytes: Uint8Array } | null;
	mentions: TextFile[] | null;
	agentsFiles: TextFile[];
}

/** The newest of `db.ts.bak`, `db.ts.bak2` … */
function readBackup({ root, dbEntry, entryUse }: Facts): TextFile | null {
	const { path } = dbEntry.value;
	const start = `${posix.basename(path)}.bak`;
	const numbers = (entryUse?.beside ?? [])
		.filter((name) => name.startsWith(start) && /^\d*$/.test(name.slice(start.length)))
		.map((name) => Number(name.slice(start.length) || '1'));
	if (numbers.length === 0) return null;
	const newest = Math.max(...numbers);
	const name = posix.join(dirname(path), start + (newest === 1 ? '' : newest));
	const text = readText(join(root, name));
	return text === null ? null : { path: name, text };
}

/** The text of a file in the last commit, with the line ends that the file has now. `cat-file` runs no filter of the user's. */
export async function readCommitted(
	root: string,
	{ path, text }: TextFile,
	askGit: AskGit,
): Promise<string | null> {
	const old = await askGit(['cat-file', 'blob', `HEAD:./${path}`], root);
	const isCrlf = text.includes('\r\n') && old !== null && !old.includes('\r');
	return isCrlf ? old.replaceAll('\n', '\r\n') : old;
}

/** Reads what a removal needs beside the facts. `words` are what others may name. */
export async function inspectRemoval(
	facts: Facts,
	words: readonly string[],
	askGit: AskGit,
): Promise<Past> {
	const { root, dbEntry, manifest, secrets, packages } = facts;
	const module = secrets.configModule;
	const files: TextFile[] = [
		{ path: dbEntry.value.path, text: dbEntry.value.text ?? '' },
		manifest,
		...(module ? [module, ...module.beside.files] : []),
		...secrets.env.files,
	];
	const hasCommit = (await askGit(['cat-file', '-t', 'HEAD:./package.json'], root)) !== null;
	const texts = hasCommit
		? await Promise.all(files.map((file) => readCommitted(root, file, askGit)))
		: [];
	return {
		hasCommit,
		committed: Object.fromEntries(files.map(({ path }, index) => [path, texts[index] ?? null])),
		backup: readBackup(facts),
		copy: readOwnCopy(root, packages.adapter.declared?.range),
		mentions: await readMentions(root, words),
		agentsFiles: readAgentsFiles(facts, false),
	};
}
