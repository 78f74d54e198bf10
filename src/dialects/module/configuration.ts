// Objects that are a configuration: filled from the environment, and for this project rather than for one library.
import { type Morph, morph } from '../../text/source.ts';
import { variablesIn } from './conversions.ts';
import { isEnvironment } from './environment.ts';
import { type GivenObject, givenObjects } from './given.ts';
import { importsOf, isImported } from './imports.ts';
import { nodesOf } from './inert.ts';
import { type Entry, entriesOf, leavesOf } from './object-literal.ts';
import { remembered } from './remembered.ts';
import { constantValue } from './scope.ts';
import { isLibraryType, isPackage } from './types.ts';

/** The objects of environment values that a module gives. */
export function configurationsIn(source: Morph.SourceFile): GivenObject[] {
	return givenObjects(source, 'config').filter(
		({ object, types, name }) =>
			isConfiguration(object) &&
			!types.some(isLibraryType) &&
			!(name && isHandedOver(source, name)),
	);
}

/** Options of a tool (Knex, Drizzle, Sequelize), which fill themselves from the environment but are not for us. */
const TOOL_KEYS = /^(?:dialect|client|driver|dbCredentials|migrations|schema|plugins|presets?)$/;

/** True for an object that reads variables rather than merely mentions one, and is not an environment for others. */
export const isConfiguration = remembered((object: Morph.ObjectLiteralExpression): boolean => {
	const { Node } = morph();
	const spreads = object.getProperties().filter((one) => Node.isSpreadAssignment(one));
	if (spreads.some((spread) => isEnvironment(spread.getExpression()))) return false;
	const isTool = ({ key, value }: Entry) =>
		TOOL_KEYS.test(key) && value !== null && Node.isStringLiteral(value);
	if (entriesOf(object).some(isTool)) return false;
	// What is merely handed on, such as an imported function, says nothing of where settings come from.
	const leaves = leavesOf(object).filter(({ entry }) => !entry.value || !isImported(entry.value));
	const reading = leaves.filter(({ entry }) => entry.value && isSetting(entry.value)).length;
	if (reading < 2) return reading === 1 && leaves.length <= 2;
	return reading > 3 || reading * 3 >= leaves.length;
});

/** Made from the environment, and not a path or an address below the one that a variable gives. */
function isSetting(value: Morph.Expression): boolean {
	const { Node } = morph();
	const held = Node.isIdentifier(value) ? constantValue(value, value.getText()) : undefined;
	if (held && !Node.isIdentifier(held)) return isSetting(held);
	const isPlus = Node.isBinaryExpression(value) && value.getOperatorToken().getText() === '+';
	const least = isPlus || Node.isTemplateExpression(value) ? 2 : 1;
	return variablesIn(value).size >= least;
}

/** `new Sequelize(config)`, `createTransport(config)`, `postgres(config)`; not what checks or prints an object. */
function isHandedOver(source: Morph.SourceFile, name: string): boolean {
	const { Node, ts } = morph();
	const takesIt = (plain: Morph.ts.Node) =>
		(ts.isCallExpression(plain) || ts.isNewExpression(plain)) &&
		plain.arguments?.some((one) => ts.isIdentifier(one) && one.text === name) === true;
	return nodesOf(source, takesIt).some((call) => {
		if (!Node.isCallExpression(call) && !Node.isNewExpression(call)) return false;
		const callee = call.getExpression().getText();
		const [first = '', ...rest] = callee.split('.');
		const found = importsOf(source).find(({ local, from }) => local === first && isPackage(from));
		if (!found) return false;
		const isDefault = found.declaration.getDefaultImport()?.getText() === callee;
		return (
			Node.isNewExpression(call) ||
			isDefault ||
			/^(?:create|make|connect)/.test(rest.at(-1) ?? first)
		);
	});
}
