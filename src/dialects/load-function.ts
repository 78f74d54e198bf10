// Dialect `load-function`: `export function loadConfig() { return { … } }`, and a constant that holds its result.
import type { Access } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { unclear } from './dialect.ts';
import { isConfiguration, planInObject } from './edit/object-module.ts';
import { typesOf } from './edit/type-members.ts';
import { isEnvironment, isEnvironmentParameter } from './module/environment.ts';
import { exportedValues, exportOf } from './module/exports.ts';
import { type Callable, localFunction, returned } from './module/helper-functions.ts';
import { isLibraryType } from './module/library-options.ts';
import { objectIn, unwrap } from './module/object-literal.ts';
import { bindingOf } from './module/scope.ts';

interface Loader {
	name: string;
	callable: Callable;
	object: Morph.ObjectLiteralExpression;
	types: Morph.TypeNode[];
}

/** `loadConfig`, `getEnv`, `settings`; not what builds the environment of a child process. */
const LOADER_NAME = /^(?!.*(?:child|spawn|worker|sub)).*(?:conf|settings|env|secrets|variables)/i;

/** The functions of the module that return one object literal of environment values. */
function loadersOf(source: Morph.SourceFile): Loader[] {
	const names = [
		...source.getFunctions().map((one) => one.getName()),
		...source.getVariableDeclarations().map((one) => one.getName()),
	];
	return names.flatMap((name) => {
		if (name === undefined || !LOADER_NAME.test(name)) return [];
		const callable = localFunction(source, name);
		const found = callable && result(callable);
		return callable && found ? [{ name, callable, ...found }] : [];
	});
}

function result(callable: Callable): Pick<Loader, 'object' | 'types'> | null {
	const values = returned(callable).flatMap((value) => literals(value));
	const objects = new Set(values.map(({ object }) => object).filter(isConfiguration));
	const [object, ...others] = objects;
	if (!object || others.length > 0) return null;
	const declared = callable.getReturnTypeNode();
	const own = values.flatMap((value) => (value.object === object ? value.types : []));
	const types = [...(declared ? [unpromised(declared)] : []), ...own];
	return types.some(isLibraryType) ? null : { object, types };
}

function unpromised(type: Morph.TypeNode): Morph.TypeNode {
	const { Node } = morph();
	const [inner] = Node.isTypeReference(type) ? type.getTypeArguments() : [];
	return inner && type.getText().startsWith('Promise<') ? inner : type;
}

type Literal = Pick<Loader, 'object' | 'types'>;

/** The literal that is returned: itself, under a local name, or as it is kept for the next call. */
function literals(value: Morph.Expression): Literal[] {
	const { Node } = morph();
	const object = objectIn(value);
	if (object) return [{ object, types: typesOf(value) }];
	const inner = unwrap(value);
	// `return (cached ??= { … })`
	if (Node.isBinaryExpression(inner) && /=$/.test(inner.getOperatorToken().getText())) {
		return literals(inner.getRight());
	}
	if (!Node.isIdentifier(inner)) return [];
	const binding = bindingOf(inner, inner.getText());
	if (!Node.isVariableDeclaration(binding)) return [];
	const initializer = binding.getInitializer();
	const given = [...(initializer ? [initializer] : []), ...assigned(inner)];
	return given.flatMap((one) => {
		const literal = objectIn(one);
		return literal ? [{ object: literal, types: typesOf(one, binding) }] : [];
	});
}

/** What is assigned to a name inside the function that returns it. */
function assigned(name: Morph.Identifier): Morph.Expression[] {
	const { Node } = morph();
	const owner = name.getAncestors().find((one) => Node.isFunctionLikeDeclaration(one));
	return (owner?.getDescendants() ?? []).flatMap((one) =>
		Node.isBinaryExpression(one) &&
		/^(?:\?\?|\|\|)?=$/.test(one.getOperatorToken().getText()) &&
		one.getLeft().getText() === name.getText()
			? [one.getRight()]
			: [],
	);
}

interface Way {
	import: Access['import'];
	base: string;
}

/** `export const config = loadConfig()`: the constant is what the module means to be read. */
function heldResult(source: Morph.SourceFile, { name }: Loader): Way | null {
	const { Node } = morph();
	const held = exportedValues(source).find(({ value }) => {
		const call = unwrap(value);
		if (!Node.isCallExpression(call) || call.getExpression().getText() !== name) return false;
		return call.getArguments().every((argument) => isEnvironment(argument));
	});
	return held ? { import: held.import, base: held.name } : null;
}

function wayTo(source: Morph.SourceFile, loader: Loader): Way | string {
	const { callable, name } = loader;
	if (callable.isAsync()) return 'it gives its values asynchronously';
	const held = heldResult(source, loader);
	if (held) return held;
	const how = exportOf(source, name);
	if (!how) return `${name} is not exported`;
	const needed = callable
		.getParameters()
		.filter((one) => !one.isOptional() && !one.isRestParameter());
	const [environment, ...others] = needed;
	if (!environment) return { import: how, base: `${how.name}()` };
	if (others.length > 0 || !isEnvironmentParameter(environment)) return `${name} needs arguments`;
	return { import: how, base: `${how.name}(process.env)` };
}

export const loadFunctionDialect: Dialect = {
	name: 'load-function',
	recognise: (source) =>
		loadersOf(source).some(
			(loader) => exportOf(source, loader.name) !== null || heldResult(source, loader) !== null,
		),
	addKey(source, variable) {
		const [loader, ...others] = loadersOf(source);
		const snippet = `process.env.${variable}`;
		if (!loader || others.length > 0)
			return unclear('more than one function gives values', snippet);
		const way = wayTo(source, loader);
		if (typeof way === 'string') return unclear(way, snippet);
		return planInObject({ ...way, object: loader.object, types: loader.types }, variable);
	},
};
