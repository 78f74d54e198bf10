// The facts and the db entry that is there -> what this run is told, by the command line and by an earlier run. Pure.
import type { Blueprint } from '../model/blueprint.ts';
import type { Facts } from '../model/facts.ts';
import type { SecretPlan } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import { type Generated, keepSettings, readGenerated } from './generated.ts';
import { planSecrets } from './secrets.ts';
import { variableOf } from './variable.ts';

/** What is known before anybody is asked. */
export interface Lesson {
	blueprint: Blueprint;
	facts: Facts;
	secrets: SecretPlan;
	generated: Generated | null;
	/** The options as typed, with what the file that is there was told before. */
	options: AddOptions;
}

/**
 * Reads back what the present db entry was told, and plans where the address comes from.
 * @throws BAD_USAGE as `planSecrets` does.
 */
export function learnEntry(known: {
	blueprint: Blueprint;
	facts: Facts;
	options: AddOptions;
	/** All that there are: any of them may have written the entry. */
	databases: readonly Blueprint[];
	/** Whether the environment of the run has a variable. */
	isSet: (variable: string) => boolean;
}): Lesson {
	const { blueprint, facts, options } = known;
	const generated = readGenerated(facts.dbEntry.value, known.databases);
	const said = keepSettings(options, generated, blueprint);
	// A db.ts of ours reads what it was told to read.
	const isOurs = generated?.name === blueprint.name;
	const found = isOurs ? blueprint.variable : variableOf(facts.secrets, blueprint, known.isSet);
	const variable = said.envVar ?? found;
	const kept = variable === blueprint.variable ? said : { ...said, envVar: variable };
	const secrets = planSecrets(facts, {
		variable,
		convention: options.secrets,
		isSetInEnvironment: known.isSet(variable),
	});
	return { blueprint, facts, secrets, generated, options: kept };
}
