import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnvFacts, EnvFile } from '../../src/model/secrets.ts';
import { addEnvKey, planEnvFiles } from '../../src/plan/env-file.ts';

const COMMENT = 'Redis connection URL (redis:// or rediss://)';

function add(text: string): string {
	return addEnvKey(text, 'REDIS_URL', COMMENT);
}

describe('addEnvKey', () => {
	const cases: [title: string, before: string, after: string][] = [
		['starts an empty file', '', 'REDIS_URL=\n'],
		[
			'goes to the end of a file without groups',
			'PORT=3000\nNAME=x\n',
			'PORT=3000\nNAME=x\nREDIS_URL=\n',
		],
		['keeps a file without a final newline so', 'PORT=3000', 'PORT=3000\nREDIS_URL='],
		['keeps CRLF', 'PORT=3000\r\nNAME=x\r\n', 'PORT=3000\r\nNAME=x\r\nREDIS_URL=\r\n'],
		['keeps CRLF without a final newline', 'A=1\r\nB=2', 'A=1\r\nB=2\r\nREDIS_URL='],
		['takes the line end of most lines', 'A=1\r\nB=2\nC=3\n', 'A=1\r\nB=2\nC=3\nREDIS_URL=\n'],
		['keeps the BOM in front', '\uFEFFPORT=3000\n', '\uFEFFPORT=3000\nREDIS_URL=\n'],
		['leaves blank lines at the end where they are', 'A=1\n\n\n', 'A=1\nREDIS_URL=\n\n\n'],
		[
			'opens a group where the file has groups',
			'A=1\nB=2\n\nC=3\nD=4\n',
			'A=1\nB=2\n\nC=3\nD=4\n\nREDIS_URL=\n',
		],
		[
			'uses a blank line that is there already',
			'A=1\nB=2\n\nC=3\nD=4\n\n',
			'A=1\nB=2\n\nC=3\nD=4\n\nREDIS_URL=\n',
		],
		[
			'does not let a header take the key for its own',
			'# Copy to .env\n',
			'# Copy to .env\n\nREDIS_URL=\n',
		],

		[
			'writes double quotes where empty values have them',
			'ANTHROPIC_API_KEY=""\n',
			'ANTHROPIC_API_KEY=""\nREDIS_URL=""\n',
		],
		[
			'writes single quotes where values have them',
			"A='x'\nB='y'\nPORT=1\n",
			"A='x'\nB='y'\nPORT=1\nREDIS_URL=''\n",
		],
		[
			'prefers the form of empty values to that of others',
			'A="x"\nB="y"\nC=\n',
			'A="x"\nB="y"\nC=\nREDIS_URL=\n',
		],
		[
			'writes no quotes when most values have none',
			'A=x\nB=y\nC="z"\n',
			'A=x\nB=y\nC="z"\nREDIS_URL=\n',
		],
		[
			'reads an empty value before a comment as empty',
			'A="" # c\nB=x\nC=y\n',
			'A="" # c\nB=x\nC=y\nREDIS_URL=""\n',
		],
		// A space after `=` would make Node 22.23 read the next line as the value.
		[
			'puts a space before = but none after an empty value',
			'A = 1\nB = x\n',
			'A = 1\nB = x\nREDIS_URL =\n',
		],
		[
			'spaces both sides of = before quotes',
			'A = "x"\nB = ""\n',
			'A = "x"\nB = ""\nREDIS_URL = ""\n',
		],
		// Node 22.23 does not strip `export` before an empty unquoted value.
		[
			'exports with quotes when all keys are exported',
			'export A=1\nexport B=\n',
			'export A=1\nexport B=\nexport REDIS_URL=""\n',
		],
		[
			'does not export when some keys are not',
			'export A=1\nB=2\n',
			'export A=1\nB=2\nREDIS_URL=\n',
		],

		[
			'goes after the last key of the same prefix',
			'REDIS_HOST=h\nREDIS_PORT=1\nZ=1\n',
			'REDIS_HOST=h\nREDIS_PORT=1\nREDIS_URL=\nZ=1\n',
		],
		[
			'prefers the same prefix to another database',
			'REDIS_HOST=h\nDATABASE_URL=x\n',
			'REDIS_HOST=h\nREDIS_URL=\nDATABASE_URL=x\n',
		],
		[
			'goes beside a database otherwise',
			'A=1\nDATABASE_URL=x\nB=2\n\nC=1\nD=1\n',
			'A=1\nDATABASE_URL=x\nREDIS_URL=\nB=2\n\nC=1\nD=1\n',
		],
		[
			'stands apart from the room of another database',
			'# Postgres\nDATABASE_URL=x\nPGMODE=y\n\n# App\nPORT=1\nHOST=h\n',
			'# Postgres\nDATABASE_URL=x\nPGMODE=y\n\n# Redis connection URL (redis:// or rediss://)\nREDIS_URL=\n\n# App\nPORT=1\nHOST=h\n',
		],
		[
			'stands apart from the only room, which is of another database',
			'# Copy this file.\n\n# Drizzle\nDATABASE_URL=x\n',
			'# Copy this file.\n\n# Drizzle\nDATABASE_URL=x\n\n# Redis connection URL (redis:// or rediss://)\nREDIS_URL=\n',
		],
		[
			'stands apart from keys that show how it is done',
			'# Keep in step with the schema.\n\n# Example:\n# SERVERVAR="foo"\n# OTHER="bar"\n',
			'# Keep in step with the schema.\n\n# Example:\n# SERVERVAR="foo"\n# OTHER="bar"\n\n# Redis connection URL (redis:// or rediss://)\nREDIS_URL=""\n',
		],
		[
			'shares a room that is for any database',
			'# Databases\nDATABASE_URL=x\nPGMODE=y\n\n# App\nPORT=1\nHOST=h\n',
			'# Databases\nDATABASE_URL=x\nREDIS_URL=\nPGMODE=y\n\n# App\nPORT=1\nHOST=h\n',
		],
		[
			'goes beside another address in a file without groups',
			'API_URL=x\nB=2\n',
			'API_URL=x\nREDIS_URL=\nB=2\n',
		],
		[
			'leaves the address of another group alone',
			'API_URL=x\nA=2\n\nB=1\nC=1\n',
			'API_URL=x\nA=2\n\nB=1\nC=1\n\nREDIS_URL=\n',
		],
		[
			'counts a commented key as a relative',
			'A=1\n# REDIS_HOST=x\nB=1\n',
			'A=1\n# REDIS_HOST=x\nREDIS_URL=\nB=1\n',
		],
		[
			'does not part a key from the comment that ends its group',
			'DATABASE_URL=x\n# never the pooled one\n\nB=1\nC=1\n',
			'DATABASE_URL=x\n# never the pooled one\nREDIS_URL=\n\nB=1\nC=1\n',
		],
		[
			'does not part the next key from its comment',
			'DATABASE_URL=x\n# of the pool\nB=1\nC=2\n',
			'DATABASE_URL=x\nREDIS_URL=\n# of the pool\nB=1\nC=2\n',
		],
		[
			'stays above the heading of the next section',
			'DATABASE_URL=x\nA=1\n# === Auth ===\n\nB=1\nC=1\n',
			'DATABASE_URL=x\nREDIS_URL=\nA=1\n# === Auth ===\n\nB=1\nC=1\n',
		],
		[
			'goes below a value of several lines',
			'DATABASE_CA="-----BEGIN\nabc=\n-----END"\nB=1\n',
			'DATABASE_CA="-----BEGIN\nabc=\n-----END"\nREDIS_URL=\nB=1\n',
		],
		[
			'does not go beside a name inside a value',
			'A="x\nREDIS_HOST=y\nz"\nB=1\n',
			'A="x\nREDIS_HOST=y\nz"\nB=1\nREDIS_URL=\n',
		],
		['goes below a value in backticks', 'A=`{\n"a": 1\n}`\n', 'A=`{\n"a": 1\n}`\nREDIS_URL=\n'],
		[
			'takes an unclosed quote for text',
			'A=it\'s\nB="x\nC=1\n',
			'A=it\'s\nB="x\nC=1\nREDIS_URL=\n',
		],

		[
			'adds a comment where most keys have one',
			'# Port\nPORT=1\n# Name\nNAME=x\n',
			`# Port\nPORT=1\n# Name\nNAME=x\n# ${COMMENT}\nREDIS_URL=\n`,
		],
		[
			'writes the comment mark as the file does',
			'#Port\nPORT=1\n#Name\nNAME=x\n',
			`#Port\nPORT=1\n#Name\nNAME=x\n#${COMMENT}\nREDIS_URL=\n`,
		],
		[
			'adds no comment where a heading serves several keys',
			'# App\nA=1\nB=2\nC=3\n',
			'# App\nA=1\nB=2\nC=3\nREDIS_URL=\n',
		],
		[
			'introduces a new group where groups are introduced',
			'# App\nA=1\nB=2\nC=1\n\n# Mail\nD=3\nE=4\nF=1\n',
			`# App\nA=1\nB=2\nC=1\n\n# Mail\nD=3\nE=4\nF=1\n\n# ${COMMENT}\nREDIS_URL=\n`,
		],
		[
			'stands apart where every key does',
			'# Db\nDATABASE_URL=x\n\n# Auth\nAUTH=y\n',
			`# Db\nDATABASE_URL=x\n\n# ${COMMENT}\nREDIS_URL=\n\n# Auth\nAUTH=y\n`,
		],
		[
			'joins the group that its own word has, where others stand apart',
			'# Db\nDATABASE_URL=x\n\n# Redis\nREDIS_HOST=h\nREDIS_PORT=1\n\n# Auth\nAUTH=y\n',
			'# Db\nDATABASE_URL=x\n\n# Redis\nREDIS_HOST=h\nREDIS_PORT=1\nREDIS_URL=\n\n# Auth\nAUTH=y\n',
		],
		[
			'draws the heading of a section',
			'# ---- App ----------\nA=1\nB=1\n\n# ---- Mail ---------\nC=1\nD=1\n',
			'# ---- App ----------\nA=1\nB=1\n\n# ---- Mail ---------\nC=1\nD=1\n\n# ---- Redis --------\nREDIS_URL=\n',
		],
		[
			'draws a framed heading',
			'# =====\n# App\n# =====\nA=1\nB=1\n\n# =====\n# Mail\n# =====\nC=1\nD=1\n',
			'# =====\n# App\n# =====\nA=1\nB=1\n\n# =====\n# Mail\n# =====\nC=1\nD=1\n\n# =====\n# Redis\n# =====\nREDIS_URL=\n',
		],
		[
			'follows varlock',
			'# @defaultSensitive=false\n# ---\n\n# Key of the model\n# @required @sensitive\nAPI_KEY=\n',
			`# @defaultSensitive=false\n# ---\n\n# Key of the model\n# @required @sensitive\nAPI_KEY=\n# ${COMMENT}\n# @required @sensitive\nREDIS_URL=\n`,
		],
		[
			'says of varlock only what the file does not say for all',
			'# @defaultRequired=true\n# @defaultSensitive=true\n# ---\n\n# @type=url\nORIGIN=\n\n# @type=string(minLength=1)\nDATABASE_URL=\n',
			'# @defaultRequired=true\n# @defaultSensitive=true\n# ---\n\n# @type=url\nORIGIN=\n\n# @type=string(minLength=1)\nDATABASE_URL=\n\n# @type=url\nREDIS_URL=\n',
		],
		// Node 22.23 gives `A` the next line for a value.
		[
			'does not go below a line that would swallow it',
			'DATABASE_URL= \nB=1\n',
			'DATABASE_URL= \nB=1\nREDIS_URL=\n',
		],
	];
	it.each(cases)('%s', (_, before, after) => {
		expect(add(before)).toBe(after);
	});

	it.each([
		'REDIS_URL=x\n',
		'export REDIS_URL=x\n',
		'export REDIS_URL=\nA=1\n',
		'# REDIS_URL=x\n',
		'#REDIS_URL=\n',
		'  # export REDIS_URL=\n',
		'REDIS_URL = \nA=1\n',
		'\uFEFFREDIS_URL=x\n',
		'REDIS_URL=1\r\nREDIS_URL=2\r\n',
	])('leaves %j, which has the key, alone', (text) => {
		expect(add(text)).toBe(text);
	});

	it.each(['UPSTASH_REDIS_REST_URL=x\n', 'REDIS_URL_OLD=x\n', '# set REDIS_URL for production\n'])(
		'takes no other name for the key in %j',
		(text) => {
			expect(add(text)).toContain('\nREDIS_URL=\n');
		},
	);

	it('leaves a text alone in which a new line would change another key', () => {
		// The byte order mark would become part of the new name.
		expect(add('\uFEFF')).toBe('\uFEFF');
	});
});

describe('addEnvKey on any text', () => {
	const names = fc.constantFrom(
		'A',
		'PORT',
		'DATABASE_URL',
		'REDIS_HOST',
		'API_URL',
		'x.y',
		'VALKEY_URL',
	);
	const values = fc.constantFrom(
		'',
		'1',
		'word',
		'""',
		"''",
		'"a b"',
		"'it'",
		'"x\ny=1\nREDIS_URL=no"',
		'`a\n#b`',
		'"open',
		"it's",
		'a # c',
		'# c',
		'$A',
		' ',
		'x=y',
	);
	const keys = fc
		.tuple(fc.constantFrom('', 'export ', '  '), names, fc.constantFrom('=', ' = ', '= '), values)
		.map((parts) => parts.join(''));
	const others = fc.constantFrom(
		'',
		'',
		'# words',
		'# OLD=1',
		'#OLD=',
		'# ---- Part ----',
		'# ====',
		'# @required',
		'not a key',
		'\t',
	);
	const texts = fc
		.record({
			bom: fc.constantFrom('', '\uFEFF'),
			lines: fc.array(fc.oneof({ weight: 3, arbitrary: keys }, others), { maxLength: 12 }),
			end: fc.constantFrom('\n', '\r\n'),
			last: fc.boolean(),
		})
		.map(
			({ bom, lines, end, last }) =>
				bom + lines.map((line) => line.replaceAll('\n', end)).join(end) + (last ? end : ''),
		);

	// Some versions of Node take `#B=1` in the last line for a key called `#B`.
	const loaded = (text: string): Record<string, unknown> =>
		Object.fromEntries(Object.entries(parseEnv(text)).filter(([name]) => !name.startsWith('#')));

	it('adds one empty key or nothing, and every other key keeps its value', () => {
		let added = 0;
		fc.assert(
			fc.property(texts, (before) => {
				const after = add(before);
				const { REDIS_URL: url, ...now } = loaded(after);
				const { REDIS_URL: old, ...was } = loaded(before);
				expect(now).toEqual(was);
				if (after === before) return;
				added += 1;
				expect(url).toBe('');
				expect(old).toBeUndefined();
				expect(after.length).toBeGreaterThan(before.length);
				expect(/[\r\n]$/.test(after)).toBe(before === '' || /[\r\n]$/.test(before));
			}),
			{ numRuns: 3000 },
		);
		expect(added).toBeGreaterThan(2500);
	});

	it('only adds lines, and never a second time', () => {
		fc.assert(
			fc.property(texts, (before) => {
				const file: EnvFile = {
					path: '.env.example',
					text: before,
					role: 'example',
					ignored: null,
				};
				const options = { variable: 'REDIS_URL', convention: 'env' } as const;
				const [step] = planEnvFiles({ files: [file], present: {} }, options).steps;
				if (!step) return;
				const rest = step.after.split(/\r?\n/);
				for (const line of before.split(/\r?\n/)) {
					const at = rest.indexOf(line);
					expect(at).toBeGreaterThanOrEqual(0);
					rest.splice(at, 1);
				}
				const again = { files: [{ ...file, text: step.after }], present: {} };
				expect(planEnvFiles(again, options).steps).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});
});

function facts(
	files: Record<string, [EnvFile['role'], string]>,
	present: EnvFacts['present'] = {},
): EnvFacts {
	const list = Object.entries(files).map(([path, [role, text]]) => ({
		path,
		role,
		text,
		ignored: true,
	}));
	return { files: list, present };
}

describe('planEnvFiles', () => {
	const both = { '.env.example': ['example', 'A=\n'], '.env': ['private', 'A=secret\n'] } as const;
	const variable = 'REDIS_URL';

	it('gives the key to the example and to the private file', () => {
		const { steps, warnings } = planEnvFiles(facts({ ...both } as never), {
			variable,
			convention: 'env',
		});
		expect(steps).toEqual([
			{
				kind: 'write',
				path: '.env.example',
				before: 'A=\n',
				after: 'A=\nREDIS_URL=\n',
				shown: 'additions',
			},
			{
				kind: 'write',
				path: '.env',
				before: 'A=secret\n',
				after: 'A=secret\nREDIS_URL=\n',
				shown: 'additions',
			},
		]);
		expect(warnings).toEqual([]);
	});

	const paths = (given: EnvFacts, options: Partial<Parameters<typeof planEnvFiles>[1]> = {}) =>
		planEnvFiles(given, { variable, convention: 'env', ...options }).steps.map(({ path }) => path);

	it.each([
		['.env.local', ['.env.example']],
		['.env.development', ['.env.example']],
		['.envrc', ['.env.example']],
		['.env', ['.env.example']],
		['.env.example', ['.env']],
		['.dev.vars', ['.env.example', '.env']],
	])('asks for nothing that %s settles', (where, expected) => {
		expect(paths(facts({ ...both } as never, { REDIS_URL: [where] }))).toEqual(expected);
	});

	it('spares the private file when the environment has the variable', () => {
		expect(paths(facts({ ...both } as never), { isSetInEnvironment: true })).toEqual([
			'.env.example',
		]);
	});

	it('does the same for the files beside a config module', () => {
		expect(paths(facts({ ...both } as never), { convention: 'config-module' })).toEqual([
			'.env.example',
			'.env',
		]);
	});

	it('follows the convention where both families exist', () => {
		const all = facts({
			...both,
			'.dev.vars.example': ['dev-vars-example', 'A=\n'],
			'.dev.vars': ['dev-vars', 'A=1\n'],
		} as never);
		expect(paths(all)).toEqual(['.env.example', '.env']);
		expect(paths(all, { convention: 'dev-vars' })).toEqual(['.dev.vars.example', '.dev.vars']);
		expect(paths(all, { convention: 'none' })).toEqual([]);
	});

	it('warns that .dev.vars is not read, whether or not there is something to write', () => {
		const { warnings } = planEnvFiles(facts({}), { variable, convention: 'dev-vars' });
		expect(warnings.map(({ code }) => code)).toEqual(['DEV_VARS_NOT_READ']);
	});

	it.each([
		['# A=\n# B=\n', '# A=\n# B=\n# REDIS_URL=\n'],
		['#A=""\n#B=""', '#A=""\n#B=""\n#REDIS_URL=""'],
		['# A=\nB=1\n', '# A=\nB=1\nREDIS_URL=\n'],
		['# words only\n', '# words only\n\nREDIS_URL=\n'],
	])('comments the key out only in an example that comments out all: %j', (before, after) => {
		const given = facts({ '.dev.vars.example': ['dev-vars-example', before] });
		const { steps } = planEnvFiles(given, { variable, convention: 'dev-vars' });
		expect(steps.map((step) => step.after)).toEqual([after]);
	});

	it('activates the key in a private file whose keys are all commented out', () => {
		const given = facts({ '.env': ['private', '# A=\n'] });
		expect(planEnvFiles(given, { variable, convention: 'env' }).steps[0]?.after).toBe(
			'# A=\nREDIS_URL=\n',
		);
	});

	it('leaves a file alone that it does not understand, and says so', () => {
		const given = facts({ '.env': ['private', '\uFEFF'] });
		const { steps, warnings } = planEnvFiles(given, { variable, convention: 'env' });
		expect(steps).toEqual([]);
		expect(warnings.map(({ code }) => code)).toEqual(['ENV_NOT_UNDERSTOOD']);
	});

	it('takes a variable that is called like a property of every object for what it is', () => {
		const given = facts({ '.env': ['private', 'A=1\n'] });
		const { steps } = planEnvFiles(given, { variable: 'constructor', convention: 'env' });
		expect(steps[0]?.after).toBe('A=1\nconstructor=\n');
	});
});
