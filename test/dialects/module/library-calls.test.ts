import { describe, expect, it } from 'vitest';
import { topVariable } from '../../../src/dialects/module/exports.ts';
import { chainOf, libraryPath, written } from '../../../src/dialects/module/library-calls.ts';
import { parse } from '../../../src/text/source.ts';

const ZOD = /^zod$/;

function subject(text: string) {
	const value = topVariable(parse('calls.ts', text), 'subject')?.getInitializer();
	if (!value) throw new Error(`no subject in ${text}`);
	return value;
}

describe('libraryPath', () => {
	it.each([
		["import { z } from 'zod';", 'z.string', 'string'],
		["import z from 'zod';", 'z.coerce.string', 'coerce.string'],
		["import * as zod from 'zod';", 'zod.z.string', 'string'],
		["import { string as text } from 'zod';", 'text', 'string'],
		["import { z } from 'zod';", 'z', ''],
		["import type { z } from 'zod';", 'z.string', null],
		["import { z } from './zod';", 'z.string', null],
		['', 'z.string', null],
	])('after %s takes %s for %j', (before, expression, path) => {
		expect(libraryPath(subject(`${before} const subject = ${expression};`), ZOD)).toBe(path);
	});

	it('does not take a local thing of the same name for the library', () => {
		const text = "import { z } from 'zod'; const subject = (z: Other) => z.string();";
		const call = subject(text)
			.getDescendants()
			.find((node) => node.getText() === 'z.string');
		expect(call && libraryPath(call, ZOD)).toBeNull();
	});
});

describe('chainOf', () => {
	function steps(text: string) {
		const chain = chainOf(subject(text), ZOD);
		return chain && [chain.root, ...chain.steps].map(({ name }) => name).join(' ');
	}

	it.each([
		["import { z } from 'zod'; const subject = z.string().min(1).url();", 'string min url'],
		["import { z } from 'zod'; let a = z.string(); const subject = a.min(1);", 'string min'],
		["import { z } from 'zod'; const subject = other(z.string());", null],
		["import { z } from 'zod'; const subject = z;", null],
		['const z = z.string(); const subject = z.min(1);', null],
	])('of %s is %j', (text, expected) => {
		expect(steps(text)).toBe(expected);
	});
});

describe('written', () => {
	it.each([
		["import { z } from 'zod';", 'z.string'],
		["import { string } from 'zod';", 'string'],
		["import { string as text } from 'zod';", 'text'],
		["import { number } from 'zod';", null],
	])('writes string after %s as %j', (text, expected) => {
		expect(written(parse('written.ts', text), ZOD, 'string')).toBe(expected);
	});
});
