// What the db entry exports and imports: whether it can be loaded, by Flue and by others. Pure.
import type { Check, ProjectFacts } from '../../../model/verification.ts';
import { fail, pass, warn } from './check.ts';

/** A file that imports what the entry does not give, as one did that it took the place of. */
function brokenCheck({ brokenImports = [], facts }: ProjectFacts): Check | null {
	const { path } = facts.dbEntry.value;
	const wants = brokenImports.map((one) => `${one.path} imports ${one.names.join(', ')}`);
	if (wants.length === 0) return null;
	return fail(
		'project.named-exports',
		`${wants.join('; ')} from ${path}, which does not export it: whoever loads that fails`,
		'Export it from a module of its own, and import it from there.',
	);
}

function namedCheck({ shape, facts }: ProjectFacts): Check {
	const named = shape?.namedExports ?? [];
	if (named.length === 0) return pass('project.named-exports', 'there are none');
	return warn(
		'project.named-exports',
		`${facts.dbEntry.value.path} also exports ${named.join(', ')}: Flue uses the default export alone, and whoever imports these opens a connection`,
		'Move it to another module.',
	);
}

/** Why nothing can load an entry that parses; null where nothing is seen that speaks against it. */
function unloadableText({ shape, emptyImports = [] }: ProjectFacts): string | null {
	if (shape?.hasDefaultTwice) return 'has more than one default export';
	const empty = emptyImports.find(({ missing }) => !missing?.isKey);
	if (!empty) return null;
	const { specifier, path, missing } = empty;
	if (path === null || !missing) return `imports ${specifier}, and there is no such file`;
	const what = missing.name === 'default' ? 'the default' : missing.name;
	return `imports ${what} from ${specifier}, and ${path} does not export it`;
}

function defaultCheck(project: ProjectFacts): Check {
	const { shape, facts } = project;
	const id = 'project.default-export';
	const { path } = facts.dbEntry.value;
	const fault = shape?.syntaxFault;
	if (fault)
		return fail(
			id,
			`${path}:${fault.line} does not parse, so that nothing can load it: ${fault.message}`,
			'Correct it there, or one line above.',
		);
	const unloadable = unloadableText(project);
	if (unloadable !== null)
		return fail(id, `${path} ${unloadable}, so that nothing can load it`, 'Correct it there.');
	if (shape?.hasDefault) return pass(id, 'there is one');
	return fail(
		id,
		`${path} has no default export, and that is what Flue loads`,
		'Write `export default redis({ … })`.',
	);
}

/** What Flue loads, and what others import. */
export function exportChecks(project: ProjectFacts): Check[] {
	return [defaultCheck(project), brokenCheck(project) ?? namedCheck(project)];
}
