// The section of AGENTS.md comes and goes, and no byte of the user's text changes.
import fc from 'fast-check';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { blueprint } from '../../src/blueprints/redis.ts';
import {
	markedFile,
	planSection,
	planSectionRemoval,
	withoutSection,
	withSection,
} from '../../src/plan/agents-section.ts';
import { agentSection } from '../../src/terminal/agent-help.ts';
import { refusalOf } from '../refusal.ts';

const BODY = '## Durable state\n\n- one\n- two';
const [BEGIN = '', END = ''] = withSection(null, BODY, '\n').match(/<!--.*-->/g) ?? [];

function planned(files: { path: string; text: string }[], isAsked = true) {
	return planSection(files, { body: BODY, lineEnd: '\n', isAsked });
}

describe('the section of AGENTS.md', () => {
	it('goes without a trace, whatever the text was', () => {
		const parts = fc.constantFrom(
			'# A',
			'\n',
			'\r\n',
			'\r',
			'\uFEFF',
			' ',
			'<!-- x -->',
			'\u2028',
			'`',
		);
		fc.assert(
			fc.property(fc.string({ unit: parts }), fc.constantFrom('\n', '\r\n'), (text, lineEnd) => {
				const once = withSection(text, BODY, lineEnd);
				expect(withoutSection(once)).toBe(text);
				expect(withSection(once, BODY, lineEnd)).toBe(once);
				expect(withoutSection(withSection(once, 'other', lineEnd))).toBe(text);
			}),
		);
		expect(withoutSection(withSection(null, BODY, '\r\n'))).toBeNull();
	});

	it.each([
		['text behind it', `# Mine\n\n${BEGIN}\nx\n${END}\nmore\n`, '# Mine\nmore\n'],
		['no line end before it', `# Mine\n\n${BEGIN}\nx\n${END}\n\nmore`, '# Mine\n\nmore'],
		['a line right above it', `# Mine\n${BEGIN}\nx\n${END}\n`, '# Mine\n'],
		['a text that came later', `${BEGIN}\nx\n${END}\n\n# Mine\n`, '\n# Mine\n'],
		[
			'another text of the marks',
			'# M\n\n<!-- flue-blueprints:begin -->\n<!-- flue-blueprints:end -->\n',
			'# M\n',
		],
		...['```html', '~~~', '````\n```'].map((fence): [string, string, string] => {
			const text = `# M\n\n${fence}\n${BEGIN}\nmine\n${END}\n${fence.slice(0, 4).replace('h', '')}\n`;
			return [`marks in a block of code that begins with ${fence}`, text, text];
		}),
		[
			'marks that are only spoken of',
			'See `<!-- flue-blueprints:begin -->`.\n',
			'See `<!-- flue-blueprints:begin -->`.\n',
		],
	])('leaves the user his text, with %s', (_, text, rest) => {
		expect(withoutSection(text)).toBe(rest);
	});

	it('uses the line ends of the file, and shows what it adds alone', () => {
		const [step] = planned([{ path: 'AGENTS.md', text: '\uFEFF# Mine\r\n' }]).steps;
		expect(step).toMatchObject({ path: 'AGENTS.md', shown: 'additions' });
		expect(step?.kind === 'write' && step.after.replaceAll('\r\n', '')).not.toContain('\n');
	});

	it.each([
		['makes AGENTS.md', [], 'AGENTS.md'],
		['prefers AGENTS.md', ['AGENTS.md', 'CLAUDE.md'], 'AGENTS.md'],
		['takes a CLAUDE.md that stands alone', ['CLAUDE.md'], 'CLAUDE.md'],
	])('%s', (_, names, path) => {
		const files = names.map((name) => ({ path: name, text: '# Mine\n' }));
		expect(planned(files).steps).toMatchObject([{ path }]);
	});

	it('stays in the file that has it', () => {
		const marked = withSection('# Mine\n', 'old', '\n');
		const files = [
			{ path: 'AGENTS.md', text: '' },
			{ path: 'CLAUDE.md', text: marked },
		];
		expect(planned(files).steps).toMatchObject([{ path: 'CLAUDE.md', before: marked }]);
		expect(planned([{ path: 'CLAUDE.md', text: withSection('', BODY, '\n') }]).steps).toEqual([]);
	});

	it.each([
		['only the first', `a\n${BEGIN}\nb\n`],
		['only the last', `a\n${END}\nb\n`],
		['two', `${BEGIN}\n${END}\n${BEGIN}\n${END}\n`],
		['one in another', `${BEGIN}\n${BEGIN}\n${END}\n${END}\n`],
		['them in the wrong order', `${END}\nb\n${BEGIN}\n`],
	])(
		'is refused where a file has %s of the marks, and left alone where nobody asked',
		(_, text) => {
			const files = [{ path: 'AGENTS.md', text }];
			expect(refusalOf(() => planned(files))).toMatchObject({
				code: 'UNREADABLE_PROJECT',
				path: 'AGENTS.md',
				hint: expect.stringContaining('AGENTS.md'),
			});
			for (const { steps, warnings } of [planned(files, false), planSectionRemoval(files)]) {
				expect(steps).toEqual([]);
				expect(warnings).toMatchObject([
					{ code: 'KEPT', message: expect.stringContaining('AGENTS.md') },
				]);
			}
		},
	);

	it('is written beside a block of code that shows its marks, and never into it', () => {
		const text = `# M\n\n\`\`\`html\n${BEGIN}\nmine\n${END}\n\`\`\`\n`;
		const files = [{ path: 'AGENTS.md', text }];
		expect(markedFile(files)).toBeNull();
		const [step] = planned(files).steps;
		if (step?.kind !== 'write') throw new Error('AGENTS.md is not written');
		expect(step.after.startsWith(text)).toBe(true);
		expect(withoutSection(step.after)).toBe(text);
	});

	it('is refused where a block of code above is never closed', () => {
		const body = '```sh\nnpx it\n```';
		const plan = () =>
			planSection([{ path: 'AGENTS.md', text: '# M\n\n```\ncode\n' }], {
				body,
				lineEnd: '\n',
				isAsked: true,
			});
		expect(refusalOf(plan).message).toContain('never closed');
	});

	it('is what Prettier would make of it', async () => {
		const subject = {
			blueprint,
			entry: 'src/db.ts',
			variable: 'REDIS_URL',
			install: 'npm install',
		};
		const text = withSection('# Mine\n', agentSection(subject), '\n');
		expect(await format(text, { parser: 'markdown' })).toBe(text);
	});
});
