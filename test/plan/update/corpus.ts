// What people make of a db.ts: a table of edits of the text that was written, and what an update makes of each.

/** A version that never was: the pipeline told no error of one of its commands, and the client was left by `quit`. */
export const OLDER_DIFF = `--- database/redis.ts
+++ database/redis.ts
@@ -14,6 +14,8 @@
   pipeline: async (commands) => {
     const multi = client.multi();
     for (const { command, args = [] } of commands) multi.addCommand([command, ...args.map(String)]);
-    return multi.exec();
+    const results = await multi.exec();
+    for (const result of results) if (result instanceof Error) throw result;
+    return results;
   },
-  close: () => client.quit(),
+  close: () => client.close(),
 });
`;

export interface Row {
	name: string;
	edit: (text: string) => string;
	/** What must still stand there. */
	keeps?: RegExp;
	/** Both have changed the same place. */
	collides?: true;
	/** With the lines of the blueprint it could not be loaded, which is refused. */
	isUnsound?: true;
	/** The first line has gone. */
	isUnmarked?: true;
	/** What the merged module must give beside the adapter. */
	exports?: string[];
}

const MARKER = /^\/\/ flue-blueprint.*\n/;

/** Replaces a text that must be there. */
function swap(from: string | RegExp, to: string): (text: string) => string {
	return (text) => {
		const after = text.replace(from, () => to);
		if (after === text) throw new Error(`There is nothing to replace by ${to}.`);
		return after;
	};
}

function both(...edits: ((text: string) => string)[]): (text: string) => string {
	return (text) => edits.reduce((one, edit) => edit(one), text);
}

const CONNECT = 'await client.connect();\n';
const MADE = '{ url: process.env.REDIS_URL }';
const END = /$/;
const renamed = (to: string) => (text: string) =>
	text.replace(/(?<![.\w])client\b(?!:)/g, () => to);
const tabs = (text: string) =>
	text.replace(/^( {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
const doubled = (text: string) => text.replaceAll("'", '"');
const bare = (text: string) => text.replace(/;$/gm, '');
const crlf = (text: string) => text.replaceAll('\n', '\r\n');

const FORMATS: Row[] = [
	{ name: 'nothing', edit: (text) => text },
	{ name: 'line ends of Windows', edit: crlf, keeps: /^(?:[^\r\n]*\r\n)+$/ },
	{ name: 'tabs', edit: tabs, keeps: /^\tcommand:/m },
	{ name: 'four blanks', edit: (text) => text.replace(/^ +/gm, (one) => one + one) },
	{ name: 'double quotes', edit: doubled, keeps: /from "redis"/ },
	{ name: 'no semicolons', edit: bare, keeps: /from 'redis'$/m },
	{ name: 'tabs, double quotes and no semicolons', edit: both(tabs, doubled, bare) },
	{ name: 'no commas at the end', edit: (text) => text.replace(/,(?=\n\s*[)}])/g, '') },
	{
		name: 'tight braces',
		edit: (text) => text.replace(/\{ (.*?) \}/g, '{$1}'),
		keeps: /\{redis\}/,
	},
	{ name: 'a byte order mark', edit: (text) => `\uFEFF${text}`, keeps: /^\uFEFF\/\/ flue/ },
	{ name: 'no end of the last line', edit: (text) => text.trimEnd(), keeps: /\);$/ },
	{ name: 'blank lines at the end', edit: (text) => `${text}\n\n`, keeps: /\n\n\n$/ },
	{
		name: 'one line with another end',
		edit: swap(CONNECT, `${CONNECT.trim()}\r\n`),
		keeps: /\(\);\r\n/,
	},
];

const COMMENTS: Row[] = [
	{
		name: 'a licence below the marker',
		edit: swap(/\nimport/, '\n// (c) us\nimport'),
		keeps: /\(c\) us/,
	},
	{ name: 'a comment at the end', edit: swap(END, '// the end\n'), keeps: /the end/ },
	{
		name: 'a comment in the runner',
		edit: swap('  eval:', '  // scripts\n  eval:'),
		keeps: /scripts/,
	},
	{
		name: 'a comment behind a line',
		edit: swap(CONNECT, 'await client.connect(); // waits\n'),
		keeps: /waits/,
	},
	{
		name: 'a block of comment',
		edit: swap('\nconst client', '\n/* one\n * two */\nconst client'),
		keeps: /two/,
	},
];

const CLIENTS: Row[] = [
	{
		name: 'a timeout',
		edit: swap(MADE, '{ url: process.env.REDIS_URL, socket: { connectTimeout: 9000 } }'),
		keeps: /9000/,
	},
	{
		name: 'options on lines of their own',
		edit: swap(MADE, '{\n  url: process.env.REDIS_URL,\n  pingInterval: 9000,\n}'),
		keeps: /pingInterval/,
	},
	{
		name: 'a name',
		edit: swap(MADE, "{ url: process.env.REDIS_URL, name: 'agents' }"),
		keeps: /'agents'/,
	},
	{
		name: 'an address of its own',
		edit: swap('process.env.REDIS_URL', "process.env.REDIS_URL ?? 'redis://localhost'"),
		keeps: /\?\? 'redis/,
	},
	{ name: 'another variable', edit: swap('REDIS_URL', 'CACHE_URL'), keeps: /CACHE_URL/ },
	{
		name: 'brackets around the variable',
		edit: swap('process.env.REDIS_URL', "process.env['REDIS_URL']"),
		keeps: /\['REDIS_URL'\]/,
	},
	{ name: 'another name of the client', edit: renamed('connection'), keeps: /connection\.close/ },
	{ name: 'another name and tabs', edit: both(renamed('store'), tabs), keeps: /store\.close/ },
	{
		name: 'a listener',
		edit: swap(CONNECT, `${CONNECT}client.on('end', () => {});\n`),
		keeps: /'end'/,
	},
	{
		name: 'a listener of errors',
		edit: swap(CONNECT, `${CONNECT}client.on('error', (error) => console.error(error.message));\n`),
		keeps: /error\.message/,
	},
	{
		name: 'a second client',
		edit: swap(CONNECT, `${CONNECT}export const second = client.duplicate();\n`),
		keeps: /second/,
		exports: ['second'],
	},
	{
		name: 'a connection that is tried',
		edit: swap(
			CONNECT,
			'try {\n  await client.connect();\n} catch (error) {\n  throw new Error("no server", { cause: error });\n}\n',
		),
		keeps: /no server/,
	},
	{
		name: 'a function that connects',
		edit: swap(CONNECT, 'async function open() {\n  await client.connect();\n}\nawait open();\n'),
		keeps: /open\(\)/,
	},
	{
		name: 'the client given to others',
		edit: swap(END, 'export { client };\n'),
		keeps: /export \{ client \}/,
		exports: ['client'],
	},
];

const MODULES: Row[] = [
	{
		name: 'imports in another order',
		edit: (text) => text.replace(/(import .*\n)(import .*\n)/, '$2$1'),
		keeps: /redis';\nimport \{ redis/,
	},
	{
		name: 'one more import',
		edit: swap(/\nimport/, "\nimport { pid } from 'node:process';\nimport"),
		keeps: /node:process/,
	},
	{
		name: 'an import that is used',
		edit: both(
			swap(/\nimport/, "\nimport { hostname } from 'node:os';\nimport"),
			swap(MADE, '{ url: process.env.REDIS_URL, name: hostname().slice(0, 3) }'),
		),
		keeps: /hostname\(\)/,
	},
	{
		name: 'an import by another name',
		edit: both(
			swap('{ createClient }', '{ createClient as makeClient }'),
			swap('= createClient(', '= makeClient('),
		),
		keeps: /makeClient\(/,
	},
	{
		name: 'a function beside it',
		edit: swap(END, '\nexport function ping() {\n  return client.ping();\n}\n'),
		keeps: /ping\(\)/,
		exports: ['ping'],
	},
	{
		name: 'a constant beside it',
		edit: swap('\nconst client', "\nexport const place = 'here';\nconst client"),
		keeps: /'here'/,
		exports: ['place'],
	},
	{
		name: 'a type',
		edit: swap('\nconst client', '\nexport type Key = string;\nconst client'),
		keeps: /type Key/,
	},
];

const RUNNERS: Row[] = [
	{
		name: 'commands that are counted',
		edit: swap(
			'(command, args = []) => client.sendCommand([command, ...args.map(String)])',
			'(command, args = []) => {\n    globalThis.count = (globalThis.count ?? 0) + 1;\n    return client.sendCommand([command, ...args.map(String)]);\n  }',
		),
		keeps: /globalThis\.count/,
	},
	{
		name: 'scripts on one line',
		edit: swap(
			/client\.eval\(script, \{[\s\S]*?\}\)/,
			'client.eval(script, { keys, arguments: args.map(String) })',
		),
		keeps: /\{ keys, arguments/,
	},
	{
		name: 'a blank line between members',
		edit: swap('  eval:', '\n  eval:'),
		keeps: /\n\n {2}eval/,
	},
	{
		name: 'members in another order',
		edit: (text) => {
			const [member = ''] = / {2}command: .*\n/.exec(text) ?? [];
			return text.replace(member, '').replace('  pipeline:', `${member}  pipeline:`);
		},
		keeps: /\}\),\n {2}command/,
	},
	{
		name: 'a prefix',
		edit: swap(/\}\);\n$/, "}, { keyPrefix: 'agents' });\n"),
		keeps: /keyPrefix: 'agents'/,
	},
	{
		name: 'no look at the server',
		edit: swap(/\}\);\n$/, '}, { inspectServer: false });\n'),
		keeps: /inspectServer: false/,
	},
	{
		name: 'names of its own in the pipeline',
		edit: (text) => text.replace(/\bmulti\b(?!\(\))/g, 'batch'),
		collides: true,
	},
	{
		name: 'a pipeline of its own',
		edit: swap('return multi.exec();', 'return await multi.exec();'),
		collides: true,
	},
	{ name: 'another end', edit: swap('client.quit()', 'client.destroy()'), collides: true },
	{
		name: 'an end that is told',
		edit: swap(
			'() => client.quit()',
			'async () => {\n    await client.quit();\n    globalThis.ended = true;\n  }',
		),
		collides: true,
	},
	{
		name: 'a runner that is wrapped',
		edit: both(
			swap('export default redis({', 'const runner = {'),
			swap(/\}\);\n$/, '};\n\nexport default redis({ ...runner });\n'),
		),
		collides: true,
		isUnsound: true,
	},
	{ name: 'a type at the end', edit: swap(/\}\);\n$/, '}) satisfies object;\n'), collides: true },
	{
		name: 'what the update brings already',
		edit: swap('client.quit()', 'client.close()'),
		keeps: /close\(\)/,
	},
];

const UNMARKED: Row[] = [
	{ name: 'no marker', edit: swap(MARKER, ''), isUnmarked: true },
	{
		name: 'no marker, another name and tabs',
		edit: both(swap(MARKER, ''), renamed('store'), tabs),
		keeps: /\tclose: \(\) => store\.close/,
		isUnmarked: true,
	},
	{
		name: 'no marker and a comment',
		edit: swap(MARKER, '// ours\n'),
		keeps: /ours/,
		isUnmarked: true,
	},
];

export const CORPUS: Row[] = [
	...FORMATS,
	...COMMENTS,
	...CLIENTS,
	...MODULES,
	...RUNNERS,
	...UNMARKED,
];
