// Functions and methods that give the validated value under the name that they are asked for: `getEnv('PORT')`, `config.get('PORT')`.
import type { Import } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { exportedValues, exportOf } from '../module/exports.ts';
import { returned } from '../module/helper-functions.ts';
import { unwrap } from '../module/object-literal.ts';
import { isInline } from '../module/scope.ts';
import { classesIn, functionsIn } from '../module/statements.ts';
import { validatedBy } from './validated.ts';
import type { Search, Validation } from './validation.ts';

type Asked =
	| Morph.FunctionDeclaration
	| Morph.MethodDeclaration
	| Morph.ArrowFunction
	| Morph.FunctionExpression;

interface Way {
	import: Import;
	/** What is called with the name. */
	base: string;
}

interface Asking {
	callable: Asked;
	way: Way;
}

function waysTo(source: Morph.SourceFile): Asking[] {
	const { Node } = morph();
	const functions = functionsIn(source).flatMap((callable): Asking[] => {
		const how = exportOf(source, callable.getName() ?? '');
		return how ? [{ callable, way: { import: how, base: how.name } }] : [];
	});
	const values = exportedValues(source).flatMap(({ import: how, value }): Asking[] => {
		if (isInline(value)) return [{ callable: value, way: { import: how, base: how.name } }];
		const name = Node.isNewExpression(value) ? value.getExpression().getText() : null;
		const owner = classesIn(source).find((one) => one.getName() === name);
		const methods = (owner?.getMembers() ?? []).filter((one) => Node.isMethodDeclaration(one));
		return methods.map((callable) => ({
			callable,
			way: { import: how, base: `${how.name}.${callable.getName()}` },
		}));
	});
	return [...functions, ...values];
}

/** True for a parameter that takes every name: `key: K` with `K extends keyof Env`. */
function takesAny(callable: Asked, key: Morph.ParameterDeclaration): boolean {
	const type = key.getTypeNode()?.getText() ?? 'string';
	const own = callable.getTypeParameters().find((one) => one.getName() === type);
	return /^string$|^keyof\b/.test(own?.getConstraint()?.getText() ?? type);
}

/** The ways, each with what it gives a value of. */
export function askedFor(
	source: Morph.SourceFile,
	search: Search,
): (Way & { validation: Validation })[] {
	const { Node } = morph();
	return waysTo(source).flatMap(({ callable, way }) => {
		const [key, ...others] = callable.getParameters();
		const [only, ...more] = returned(callable);
		const given = only && unwrap(only);
		if (!key || others.length + more.length > 0 || callable.isAsync()) return [];
		if (!Node.isElementAccessExpression(given) || !takesAny(callable, key)) return [];
		if (given.getArgumentExpression()?.getText() !== key.getName()) return [];
		const found = validatedBy(given.getExpression(), search);
		const isPlain = found?.kind === 'values' && found.own.length === 0 && found.types.length === 0;
		return isPlain ? [{ ...way, validation: found.validation }] : [];
	});
}
