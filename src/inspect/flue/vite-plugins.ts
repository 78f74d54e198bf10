// Which Flue and Cloudflare plugins a Vite config may hold, and together with which. Pure.
import { type Morph, morph } from '../../text/source.ts';
import { isLocal, openedTrees } from '../code/config-file.ts';
import { importOf, type PackageName } from '../code/declarations.ts';
import { defaultExport, returnValues, type Value, valuesOf } from '../code/literals.ts';
import { isFunction, unwrap } from '../code/nodes.ts';

/** `unknown` is an expression among the plugins that the files do not decide. */
export interface Plugin {
	kind: 'flue' | 'cloudflare' | 'unknown';
	node: Morph.Node;
}

/** One list of plugins that the config may give; other plugins are left out. */
export type World = Plugin[];

/** The nodes being looked into: a list that holds itself adds nothing. */
type Trail = ReadonlySet<Morph.Node>;

const NOTHING: World[] = [[]];
const LIST_METHODS = new Set(['filter', 'flat', 'concat', 'reverse', 'slice', 'toReversed']);

function distinct(worlds: World[]): World[] {
	const names = new Map<Morph.Node, number>();
	const name = ({ node }: Plugin): number => {
		const known = names.get(node) ?? names.size;
		names.set(node, known);
		return known;
	};
	const keyed = worlds.map((world): [string, World] => [
		world
			.map(name)
			.sort((a, b) => a - b)
			.join(),
		world,
	]);
	return [...new Map(keyed).values()];
}

/** Every way to take one world from each of the groups. */
function together(groups: World[][]): World[] {
	return groups.reduce((all, group) => {
		const pairs = all.flatMap((left) => group.map((right) => [...new Set([...left, ...right])]));
		return distinct(pairs);
	}, NOTHING);
}

function either(groups: World[][]): World[] {
	return distinct(groups.flat());
}

/** The package that the function of a call comes from, also as a member: `vite.flue()`. */
function originOf(callee: Morph.Node): PackageName | null {
	if (!morph().Node.isPropertyAccessExpression(callee)) return importOf(callee);
	const wholes = valuesOf(callee.getExpression()).map((value) => value && importOf(value));
	const whole = wholes.find((origin) => origin?.name === '*' || origin?.name === 'default');
	return whole ? { module: whole.module, name: callee.getName() } : null;
}

function originsOf(call: Morph.CallExpression): PackageName[] {
	return valuesOf(call.getExpression()).flatMap((callee) => (callee && originOf(callee)) ?? []);
}

/** The plugin that a call makes, by the package that its function comes from. */
function pluginOf(call: Morph.CallExpression): 'flue' | 'cloudflare' | null {
	const names = originsOf(call).map(({ module, name }) => `${module} ${name}`);
	if (names.includes('@flue/vite flue')) return 'flue';
	return names.includes('@cloudflare/vite-plugin cloudflare') ? 'cloudflare' : null;
}

/** The variable that a list is the initial value of. */
function variableOf(list: Morph.Node): Morph.VariableDeclaration | null {
	const { Node } = morph();
	const parent = list.getParentOrThrow();
	if (Node.isVariableDeclaration(parent)) return parent;
	return unwrap(parent) === list ? variableOf(parent) : null;
}

/** What `list.push(…)` and `list.unshift(…)` add to a list; under a condition they may add nothing. */
function pushed(list: Morph.Node, trail: Trail): World[] {
	const variable = variableOf(list);
	const scope = variable?.getVariableStatement()?.getParent();
	if (!variable || !scope) return NOTHING;
	const methods = ['push', 'unshift'].map((method) => `${variable.getName()}.${method}`);
	const calls = scope
		.getDescendantsOfKind(morph().SyntaxKind.CallExpression)
		.filter((call) => methods.includes(call.getExpression().getText()));
	const additions = calls.map((call) => {
		const added = together(call.getArguments().map((one) => pluginWorlds(one, trail)));
		const isPlain = call.getParent()?.getParent() === scope;
		return isPlain ? added : either([NOTHING, added]);
	});
	return together(additions);
}

/** The lists that an expression in `plugins` may come to. */
function pluginWorlds(expression: Morph.Node, trail: Trail): World[] {
	const { Node } = morph();
	const node = Node.isSpreadElement(expression) ? expression.getExpression() : expression;
	return either(valuesOf(node).map((value) => valueWorlds(value, trail)));
}

function valueWorlds(value: Value, trail: Trail): World[] {
	const { Node } = morph();
	if (value === null || trail.has(value) || Node.isObjectLiteralExpression(value)) return NOTHING;
	const next = new Set([...trail, value]);
	if (Node.isArrayLiteralExpression(value)) {
		const members = value.getElements().map((one) => pluginWorlds(one, next));
		return together([...members, pushed(value, next)]);
	}
	return Node.isCallExpression(value)
		? callWorlds(value, next)
		: [[{ kind: 'unknown', node: value }]];
}

function callWorlds(call: Morph.CallExpression, trail: Trail): World[] {
	const { Node } = morph();
	const kind = pluginOf(call);
	if (kind) return [[{ kind, node: call }]];
	const callee = call.getExpression();
	if (Node.isPropertyAccessExpression(callee) && LIST_METHODS.has(callee.getName())) {
		const added = callee.getName() === 'concat' ? call.getArguments() : [];
		return together([callee.getExpression(), ...added].map((one) => pluginWorlds(one, trail)));
	}
	// A package that is not ours made a plugin that is not ours.
	const isForeign = originsOf(call).some(({ module }) => !isLocal(module));
	return isForeign ? NOTHING : [[{ kind: 'unknown', node: call }]];
}

/** The worlds of a config: an object, a function that returns one, or a call that is given some. */
function configWorlds(value: Value, trail: Trail): World[] {
	const { Node } = morph();
	if (value === null || trail.has(value)) return NOTHING;
	const next = new Set([...trail, value]);
	if (Node.isObjectLiteralExpression(value)) return objectWorlds(value, next);
	if (isFunction(value)) return either(returnValues(value).map((one) => configWorlds(one, next)));
	if (!Node.isCallExpression(value)) return [[{ kind: 'unknown', node: value }]];
	return together(
		value
			.getArguments()
			.map((one) => either(valuesOf(one).map((inner) => configWorlds(inner, next)))),
	);
}

function objectWorlds(object: Morph.ObjectLiteralExpression, trail: Trail): World[] {
	const { Node } = morph();
	const groups: World[][] = [];
	for (const member of object.getProperties()) {
		if (Node.isSpreadAssignment(member)) {
			const spread = valuesOf(member.getExpression());
			groups.push(either(spread.map((value) => configWorlds(value, trail))));
		} else if (Node.hasName(member) && member.getName() === 'plugins') {
			const list = Node.isPropertyAssignment(member)
				? member.getInitializerOrThrow()
				: member.getNameNode();
			groups.splice(0, groups.length, pluginWorlds(list, trail));
		}
	}
	return together(groups);
}

/** The lists of plugins that a config file may give to Vite. */
export function worldsOf(file: Morph.SourceFile): World[] {
	return either(defaultExport(file).map((value) => configWorlds(value, new Set())));
}

/** Every call that makes such a plugin in the opened files, whether or not it is seen to reach the config. */
export function writtenPlugins(file: Morph.SourceFile): Plugin[] {
	const { SyntaxKind } = morph();
	return openedTrees(file)
		.flatMap((tree) => tree.getDescendantsOfKind(SyntaxKind.CallExpression))
		.flatMap((node) => {
			const kind = pluginOf(node);
			return kind ? [{ kind, node }] : [];
		});
}
