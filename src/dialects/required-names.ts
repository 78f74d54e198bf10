// Dialect `required-names`: nothing but a check that the variables of a list are there; what they hold is read elsewhere.
import { type Morph, morph, nodesBelow } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { placeName } from './edit/listed-name.ts';
import { keyLine } from './edit/plain-read.ts';
import { readsVariable } from './module/environment.ts';
import { isAddressOrSecret } from './module/names.ts';
import { isPublicVariable } from './module/reach.ts';
import { COMPLAINS, VARIABLE } from './module/reads.ts';

/** Read by a name that is not written there: `process.env[name]`. */
const READS_EACH = /\benv\s*\[\s*[a-z_$]\w*/;

/** Names alone, of which some are addresses or secrets. */
function areVariables(list: Morph.ArrayLiteralExpression): boolean {
	const { Node } = morph();
	const names = list
		.getElements()
		.map((one) => (Node.isStringLiteral(one) ? one.getLiteralText() : ''));
	const isAll = names.every((name) => VARIABLE.test(name) && !isPublicVariable(name));
	return names.length > 1 && isAll && names.some(isAddressOrSecret);
}

/** Gone through by what stops where one of them has no value. */
function isRequired(list: Morph.ArrayLiteralExpression): boolean {
	const { Node } = morph();
	const holder = list.getFirstAncestor(Node.isVariableDeclaration)?.getName() ?? '';
	if (/optional|public|client|browser|allowed|known|safe|recommended/i.test(holder)) return false;
	const rooms = list
		.getSourceFile()
		.getStatements()
		.map((one) => one.getText());
	const own = list.getAncestors().at(-2)?.getText() ?? '';
	const users = rooms.filter((text) => holder !== '' && new RegExp(`\\b${holder}\\b`).test(text));
	return [own, ...users].some((text) => READS_EACH.test(text) && COMPLAINS.test(text));
}

function listsIn(source: Morph.SourceFile): Morph.ArrayLiteralExpression[] {
	const { Node, ts } = morph();
	if (!READS_EACH.test(source.getFullText())) return [];
	return nodesBelow(source, ts.isArrayLiteralExpression)
		.filter(Node.isArrayLiteralExpression)
		.filter((list) => areVariables(list) && isRequired(list));
}

export const requiredNamesDialect: Dialect = {
	name: 'required-names',
	mention: ENVIRONMENT,
	recognise: () => false,
	onlyChecks: (source) => listsIn(source).length > 0,
	addKey(source, variable) {
		const [list, ...others] = listsIn(source);
		if (!list || others.length > 0)
			return unclear('it has more than one list of variables', keyLine(source, variable));
		const access = { import: null, expression: `process.env.${variable}` };
		// What the module itself goes without is not demanded.
		if (readsVariable(source, variable)) return { kind: 'ready', access, insertions: [] };
		const insertions = placeName(list.getElements(), variable);
		return { kind: 'ready', access, insertions, isRequired: true };
	},
};
