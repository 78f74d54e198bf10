// By which name the project holds the address: what it has already is not given a second name. Pure.
import type { Blueprint } from '../model/blueprint.ts';
import type { Facts } from '../model/facts.ts';

/** What names the same address: no REST address, no one for TLS or the public network alone, no host without a port. */
const OTHER_END = /^(?:(?:CONNECTION|SERVER|DATABASE|DB)_(?:URL|URI|DSN|STRING)|URI|DSN)$/;

function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

/** The names of the database in a module's text: `REDIS_URI` in `process.env.REDIS_URI`, not in `MY_REDIS_URI`. */
function namesIn(text: string, prefix: string): string[] {
	return withoutComments(text).match(new RegExp(`(?<![\\w$])${prefix}\\w+`, 'g')) ?? [];
}

/**
 * The variable that holds the address in this project: the canonical one, unless it stands nowhere and another one does,
 * such as `REDIS_URI`.
 */
export function variableOf(
	{ env, configModule }: Facts['secrets'],
	{ variable }: Pick<Blueprint, 'variable'>,
	isSet: (variable: string) => boolean,
): string {
	const prefix = variable.replace(/URL$/, '');
	const texts = configModule
		? [configModule.text, ...configModule.beside.files.map(({ text }) => text)]
		: [];
	const inModule = texts.flatMap((text) => namesIn(text, prefix));
	const all = [...inModule, ...Object.keys(env.present).filter((name) => name.startsWith(prefix))];
	if (all.includes(variable) || isSet(variable)) return variable;
	return all.find((name) => OTHER_END.test(name.slice(prefix.length))) ?? variable;
}
