import { expect, it } from 'vitest';
import { BLUEPRINTS } from '../../src/blueprints/index.ts';
import { readTemplate } from '../../src/package/template.ts';
import { parse, syntaxErrors } from '../../src/text/source.ts';

it.each(BLUEPRINTS)(
	'the template of $name is valid TypeScript with line feeds alone',
	(blueprint) => {
		const text = readTemplate(blueprint);
		expect(syntaxErrors(parse('template.ts', text))).toEqual([]);
		expect(text).not.toContain('\r');
		expect(text.endsWith('\n')).toBe(true);
	},
);

it.each(BLUEPRINTS)(
	'the template of $name imports the adapter and the client alone',
	(blueprint) => {
		const file = parse('template.ts', readTemplate(blueprint));
		const imported = file.getImportDeclarations().map((one) => one.getModuleSpecifierValue());
		expect(imported).toEqual([blueprint.adapter.name, blueprint.client.name]);
	},
);

it('the template of a database reads one environment variable', () => {
	for (const blueprint of BLUEPRINTS)
		expect(readTemplate(blueprint).match(/process\.env\.\w+/g)).toHaveLength(1);
});
