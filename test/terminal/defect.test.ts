import { describe, expect, it } from 'vitest';
import { FlueError } from '../../src/errors.ts';
import { asDefect, plainWords, reportLines } from '../../src/terminal/defect.ts';
import { checkDocument } from '../schema.ts';

const PLACE = {
	program: '1.2.3',
	node: '22.0.0',
	system: 'linux x64 6.1',
	command: 'flue add --cwd <dir>',
	root: '/home/canary/app/node_modules/flue-blueprints/',
};

/** An error as Node would give it, from these lines of its trace. */
function traced(error: Error, ...lines: string[]): Error {
	error.stack = `${error.name}: ${error.message}\n${lines.map((line) => `    at ${line}`).join('\n')}`;
	return error;
}

function stackOf(error: unknown): string[] | undefined {
	return asDefect(error, PLACE).report?.stack;
}

describe('the stack of a report', () => {
	it('names places in this package and in Node, and no other', () => {
		const error = traced(
			new TypeError('canary'),
			`planKey (file://${PLACE.root}dist/main.js:1:20)`,
			`Object.<anonymous> (${PLACE.root}dist/vendor/ts-morph.cjs:2:3)`,
			`async file://${PLACE.root}dist/a%20b.js:4:5`,
			'JSON.parse (<anonymous>)',
			'canary (file:///home/canary/app/config.ts:6:7)',
			'new Canary (/home/canary/app/config.ts:6:7)',
			'eval (eval at canary (file:///home/canary/x.js:1:1), <anonymous>:1:1)',
			'async ModuleJob.run (node:internal/modules/esm/module_job:8:9)',
		);
		expect(stackOf(error)).toEqual([
			'TypeError',
			'at planKey (dist/main.js:1:20)',
			'at Object.<anonymous> (dist/vendor/ts-morph.cjs:2:3)',
			'at dist/a b.js:4:5',
			'at <elsewhere>',
			'at async ModuleJob.run (node:internal/modules/esm/module_job:8:9)',
		]);
	});

	it('takes no line of the message for one of the trace', () => {
		const text = 'x\n    at canary (node:canary:1:2)\n    at canary (node:fs:1:2)';
		const error = traced(new SyntaxError(text), 'read (node:fs:3:4)');
		expect(stackOf(error)).toEqual(['SyntaxError', 'at read (node:fs:3:4)']);
		// What was the message once can no longer be told from the trace.
		error.message = 'shorter';
		expect(stackOf(error)).toEqual(['SyntaxError']);
	});

	it('says the code of the system, and which file of this package it is about', () => {
		const path = `${PLACE.root}templates/a.ts`;
		const about = (more: object) => stackOf(traced(Object.assign(new Error('canary'), more)));
		const known = { code: 'ENOENT', syscall: 'open' };
		expect(about({ ...known, path })).toEqual(['Error ENOENT open templates/a.ts']);
		expect(about({ ...known, path: '/home/canary/.env' })).toEqual(['Error ENOENT open']);
		expect(about({ code: 'ERR_MODULE_NOT_FOUND', url: `file://${path}` })).toEqual([
			'Error ERR_MODULE_NOT_FOUND templates/a.ts',
		]);
		expect(about({ code: 'canary canary', syscall: 7, path: 7 })).toEqual(['Error']);
	});

	it('follows what an error came from, and knows that anything can be thrown', () => {
		const cause = traced(new RangeError('canary', { cause: 'canary' }), 'b (node:fs:2:2)');
		const error = traced(new Error('canary', { cause }), 'a (node:fs:1:1)');
		expect(stackOf(error)).toEqual([
			'Error',
			'at a (node:fs:1:1)',
			'caused by RangeError',
			'at b (node:fs:2:2)',
			'caused by a thrown string',
		]);
		expect(stackOf(undefined)).toEqual(['a thrown undefined']);
		const circle = traced(new Error('canary'));
		circle.cause = circle;
		expect(stackOf(circle)?.length).toBeLessThan(5);
	});
});

describe('a defect', () => {
	it('keeps the sentence of our own error, and only the kind of another', () => {
		const own = asDefect(new FlueError('INTERNAL', 'A question was not answered.'), PLACE);
		expect(own.message).toBe('This is a defect of flue-blueprints: A question was not answered.');
		const foreign = asDefect(new TypeError('canary'), PLACE);
		expect(foreign.message).toBe('This is a defect of flue-blueprints (TypeError).');
		expect(foreign).toMatchObject({ code: 'INTERNAL', status: 1 });
	});

	it('is told in lines, or in the document of its command', () => {
		const defect = asDefect(traced(new TypeError('canary'), 'a (node:fs:1:1)'), PLACE);
		const { report } = defect;
		expect(report && reportLines(report)).toEqual([
			'report:',
			'  flue-blueprints 1.2.3, Node 22.0.0, linux x64 6.1',
			'  flue add --cwd <dir>',
			'  TypeError',
			'    at a (node:fs:1:1)',
		]);
		const lines = plainWords(defect, { command: 'add', json: false }).split('\n');
		expect(lines.slice(0, 1)).toEqual([`error INTERNAL: ${defect.message}`]);
		expect(lines.slice(2)).toEqual(report && reportLines(report));
		for (const command of ['add', 'verify', 'list', 'remove'] as const) {
			const document = JSON.parse(plainWords(defect, { command, json: true }));
			checkDocument(document);
			expect(document).toMatchObject({ command, status: 'failed', error: { report } });
		}
	});
});
