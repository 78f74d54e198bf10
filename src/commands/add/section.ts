// The section for agents in AGENTS.md: reads the files, and writes it in the words of the project.
import { readAgentsFiles } from '../../inspect/agents-files.ts';
import { declarationOf } from '../../inspect/packages/packages.ts';
import { findProject } from '../../inspect/project.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Choices } from '../../model/choices.ts';
import type { Facts } from '../../model/facts.ts';
import type { AddOptions, PackageManager } from '../../model/request.ts';
import type { Start } from '../../model/start.ts';
import { readVersion } from '../../package/version.ts';
import { markedFile, planSection, type SectionPlan } from '../../plan/agents-section.ts';
import { planCleanup } from '../../plan/install.ts';
import { pasteable, wordsOf } from '../../terminal/words.ts';

interface SectionSources {
	facts: Facts;
	blueprint: Blueprint;
	/** The variable that holds the address. */
	variable: string;
	manager: PackageManager;
	/** Whether `--agents-md` was said. */
	isAsked: boolean;
}

/** The same for whoever runs the command, and however: it follows from the project and the version of the command alone. */
async function bodyOf({ facts, blueprint, variable, manager }: SectionSources): Promise<string> {
	const { agentSection } = await import('../../terminal/agent-help.ts');
	const declared = declarationOf(findProject(facts.root), 'flue-blueprints');
	const name = 'flue-blueprints';
	// What is fetched is the version that wrote the section, and not whatever is newest when an agent reads it.
	const start: Start = declared
		? { name, way: 'installed', said: [name], manager: null }
		: { name, way: 'fetched', said: [`${name}@${readVersion()}`], manager: null };
	const { yarnIsBerry } = facts.managerTraits;
	const entry = facts.dbEntry.value.path;
	const install = planCleanup(facts, manager).command;
	const text = agentSection({ blueprint, entry, variable, install });
	return pasteable(text, wordsOf(start, { manager: { name: manager, yarnIsBerry } }));
}

/**
 * What becomes of the section: it is put in where that was asked for, and written anew where it is there.
 * @throws UNREADABLE_PROJECT where it was asked for, and its marks are damaged or the file is no text
 */
export async function sectionFor(sources: SectionSources): Promise<SectionPlan | undefined> {
	const { facts, isAsked } = sources;
	const files = readAgentsFiles(facts, isAsked);
	if (!isAsked && markedFile(files) === null) return undefined;
	const { lineEnding: lineEnd } = facts.style.value;
	return planSection(files, { body: await bodyOf(sources), lineEnd, isAsked });
}

/** What `add` makes of the section. */
export function sectionOfAdd(settled: {
	facts: Facts;
	choices: Pick<Choices, 'blueprint' | 'packageManager'>;
	options: Pick<AddOptions, 'agentsMd' | 'envVar'>;
}): Promise<SectionPlan | undefined> {
	const { facts, choices, options } = settled;
	const { blueprint, packageManager } = choices;
	const variable = options.envVar ?? blueprint.variable;
	const manager = packageManager.value;
	return sectionFor({ facts, blueprint, variable, manager, isAsked: options.agentsMd });
}
