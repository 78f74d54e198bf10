// What a module that is left alone is told to add: it parses, names what the file has, and is not there already.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planKey } from '../../src/dialects/index.ts';
import { isDeclared } from '../../src/dialects/module/exports.ts';
import { morph, parse, syntaxErrors } from '../../src/text/source.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'dialects');

interface Case {
	unclear?: string;
	variable: string;
	path?: string;
}

const left = readdirSync(FIXTURES).flatMap((name) => {
	const details = JSON.parse(readFileSync(join(FIXTURES, name, 'case.json'), 'utf8')) as Case;
	const before = readFileSync(join(FIXTURES, name, 'before.ts'), 'utf8');
	return details.unclear === undefined ? [] : [{ name, before, ...details }];
});

/** As an entry of an object, a member of a type or a class, or a statement. */
const WAYS = [
	(text: string) => `({ ${text} });`,
	(text: string) => `interface A { ${text} }`,
	(text: string) => text,
];

describe.each(left)('$name', ({ before, variable, path = 'config.ts' }) => {
	const plan = planKey(path, before, variable);
	const said = plan.kind === 'unclear' ? plan.snippet : '';
	// What belongs into another file, or into db.ts, names what that one has.
	const isForOther =
		plan.kind === 'unclear' && /another module|redacted|yet to run/.test(plan.reason);
	const [line, snippet = ''] = /^(import .*;\n)?([\s\S]*)$/.exec(said)?.slice(1) ?? [];
	it('is told something that parses', () => {
		if (snippet === '') return;
		const parsed = WAYS.map((way) => parse('snippet.ts', way(snippet)));
		expect(parsed.some((one) => syntaxErrors(one).length === 0)).toBe(true);
	});

	it('is told nothing that it does not have', () => {
		const { Node, SyntaxKind } = morph();
		if (isForOther) return;
		const source = parse(path, `${line ?? ''}${before}`);
		const text = WAYS.map((way) => parse('snippet.ts', way(snippet))).find(
			(one) => syntaxErrors(one).length === 0,
		);
		const named = (text?.getDescendantsOfKind(SyntaxKind.CallExpression) ?? []).flatMap((call) => {
			const callee = call.getExpression();
			const root = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : callee;
			return Node.isIdentifier(root) ? [root.getText()] : [];
		});
		expect(named.filter((one) => !isDeclared(source, one))).toEqual([]);
	});
});
