// The values that an expression of a config file may have, worked out from its text. Nothing is executed.
import { type Morph, morph } from '../../text/source.ts';
import { openImport } from './config-file.ts';
import { assignmentsTo, declarationOf, exportsOf, importOf } from './declarations.ts';
import { isFunction, isKnown, isLiteral, isObjectLike, returnsOf, unwrap } from './nodes.ts';

/** A node that stands for itself (a literal, an object, a call into a package …); null is `undefined`, `null` or `false`. */
export type Value = Morph.Node | null;

/** A property as written; `values` has several members when a condition chooses between them. */
export interface Written {
	at: Morph.Node;
	values: Value[];
}

/** The declarations being followed: a name that is defined by itself has no value. */
type Trail = ReadonlySet<Morph.Node>;

const NOWHERE: Trail = new Set();

/** Every value that an expression may have, through constants, conditions, local functions and local imports. */
export function valuesOf(node: Morph.Node, trail: Trail = NOWHERE): Value[] {
	const { Node, SyntaxKind } = morph();
	const inner = unwrap(node);
	if (inner.getText() === 'undefined' || Node.isVoidExpression(inner)) return [null];
	if (inner.getKind() === SyntaxKind.NullKeyword || Node.isFalseLiteral(inner)) return [null];
	if (Node.isConditionalExpression(inner))
		return [inner.getWhenTrue(), inner.getWhenFalse()].flatMap((one) => valuesOf(one, trail));
	if (Node.isBinaryExpression(inner)) return operatorValues(inner, trail);
	if (Node.isIdentifier(inner)) return boundValues(inner, declarationOf(inner), trail);
	if (Node.isPropertyAccessExpression(inner)) return memberValues(inner, trail);
	if (Node.isElementAccessExpression(inner)) return elementValues(inner, trail);
	if (Node.isCallExpression(inner)) return callValues(inner, trail);
	return [inner];
}

/** What a config file exports by default. */
export function defaultExport(file: Morph.SourceFile): Value[] {
	return exportsOf(file, 'default').flatMap((one) => valuesOf(one));
}

function operatorValues(node: Morph.BinaryExpression, trail: Trail): Value[] {
	const operator = node.getOperatorToken().getText();
	const right = (): Value[] => valuesOf(node.getRight(), trail);
	if (operator === '&&') return [null, ...right()];
	if (operator !== '||' && operator !== '??') return [node];
	const left = valuesOf(node.getLeft(), trail);
	if (left.every((value) => value !== null && isLiteral(value))) return left;
	return [...left.filter((value) => value !== null), ...right()];
}

/** What a name stands for; the name's own node when that is not known. */
function boundValues(name: Morph.Node, declaration: Morph.Node | null, trail: Trail): Value[] {
	const { Node } = morph();
	if (!declaration || trail.has(declaration)) return [name];
	const next = new Set([...trail, declaration]);
	const imported = importOf(declaration);
	if (imported) return importedValues(declaration, imported, next);
	if (Node.isFunctionDeclaration(declaration)) return [declaration];
	if (Node.isBindingElement(declaration)) return elementOf(declaration, next) ?? [name];
	if (!Node.isVariableDeclaration(declaration)) return [name];
	const initial = declaration.getInitializer();
	const given = [...(initial ? [initial] : []), ...assignmentsTo(declaration)];
	return given.length === 0 ? [name] : given.flatMap((one) => valuesOf(one, next));
}

/** A name taken out of an object: `const { target } = settings`. */
function elementOf(element: Morph.BindingElement, trail: Trail): Value[] | null {
	const declaration = element.getParentOrThrow().getParentOrThrow();
	if (!morph().Node.isVariableDeclaration(declaration)) return null;
	const initial = declaration.getInitializer();
	const name = element.getPropertyNameNode()?.getText() ?? element.getName();
	return initial ? (propertyOf(valuesOf(initial, trail), name, trail)?.values ?? null) : null;
}

function importedValues(
	binding: Morph.Node,
	{ module, name }: { module: string; name: string },
	trail: Trail,
): Value[] {
	const file = openImport(binding.getSourceFile(), module);
	if (!file || name === '*') return [binding];
	const found = exportsOf(file, name);
	return found.length === 0 ? [binding] : found.flatMap((one) => exportValues(one, trail));
}

function exportValues(exported: Morph.Node, trail: Trail): Value[] {
	const { Node } = morph();
	const isBinding = Node.isVariableDeclaration(exported) || Node.isExportSpecifier(exported);
	return isBinding ? boundValues(exported, exported, trail) : valuesOf(exported, trail);
}

function memberValues(node: Morph.PropertyAccessExpression, trail: Trail): Value[] {
	const name = node.getName();
	const found = valuesOf(node.getExpression(), trail).map((value): Written | null => {
		const whole = value && importOf(value);
		if (whole?.name !== '*' || value === null) return propertyOf([value], name, trail);
		const file = openImport(value.getSourceFile(), whole.module);
		const values = file ? exportsOf(file, name).flatMap((one) => exportValues(one, trail)) : [];
		return values.length === 0 ? null : { at: node, values };
	});
	const known = found.flatMap((written) => written?.values ?? []);
	return known.length === 0 || known.some((value) => value && !isKnown(value)) ? [node] : known;
}

/** `table[key]`: any member of the table may be meant. */
function elementValues(node: Morph.ElementAccessExpression, trail: Trail): Value[] {
	const { Node } = morph();
	const tables = valuesOf(node.getExpression(), trail);
	const members = tables.flatMap((table) =>
		Node.isObjectLiteralExpression(table ?? undefined)
			? (table as Morph.ObjectLiteralExpression).getProperties()
			: [],
	);
	const values = members.flatMap((one) =>
		Node.isPropertyAssignment(one) ? valuesOf(one.getInitializerOrThrow(), trail) : [node],
	);
	return values.length === 0 ? [node] : values;
}

function callValues(call: Morph.CallExpression, trail: Trail): Value[] {
	const functions = valuesOf(call.getExpression(), trail).filter((one) => one && isFunction(one));
	if (functions.length === 0 || functions.some((one) => one && trail.has(one))) return [call];
	return functions.flatMap((one) => (one ? returnValues(one, trail) : []));
}

/** The values that a function may return. */
export function returnValues(node: Morph.Node, trail: Trail = NOWHERE): Value[] {
	const next = new Set([...trail, node]);
	return returnsOf(node).flatMap((one) => valuesOf(one, next));
}

/** A property of what may be several objects; null when none of them has it. */
export function propertyOf(values: Value[], name: string, trail: Trail = NOWHERE): Written | null {
	const found = values.map((value) => propertyOfOne(value, name, trail));
	const first = found.find((written) => written !== null);
	if (!first) return null;
	return { at: first.at, values: found.flatMap((written) => written?.values ?? [null]) };
}

function propertyOfOne(value: Value, name: string, trail: Trail): Written | null {
	const { Node } = morph();
	if (value === null) return null;
	if (Node.isObjectLiteralExpression(value)) return propertyOfLiteral(value, name, trail);
	if (isFunction(value)) return propertyOf(returnValues(value, trail), name, trail);
	if (Node.isCallExpression(value)) return propertyOfArguments(value, name, trail);
	if (isLiteral(value)) return null;
	return { at: value, values: [value] };
}

/** A function of a package hands on the objects it gets, as defineConfig, mergeConfig and Object.freeze do. */
function propertyOfArguments(
	call: Morph.CallExpression,
	name: string,
	trail: Trail,
): Written | null {
	const given = call.getArguments().map((one) => valuesOf(one, trail));
	const objects = given.filter((values) => values.some((one) => one && isObjectLike(one)));
	if (objects.length === 0) return { at: call, values: [call] };
	const found = objects.map((values) => propertyOf(values, name, trail));
	return found.findLast((written) => written !== null) ?? null;
}

function propertyOfLiteral(
	object: Morph.ObjectLiteralExpression,
	name: string,
	trail: Trail,
): Written | null {
	const { Node } = morph();
	let at: Morph.Node | undefined;
	const values: Value[] = [];
	for (const member of object.getProperties().toReversed()) {
		const written = memberNamed(member, name, trail);
		if (!written) continue;
		at ??= written.at;
		values.push(...written.values.filter((value) => value !== null));
		const decides = !Node.isSpreadAssignment(member) || !written.values.includes(null);
		if (!decides) continue;
		return { at, values: written.values.includes(null) ? [...values, null] : values };
	}
	return at ? { at, values: [...values, null] } : null;
}

function memberNamed(member: Morph.Node, name: string, trail: Trail): Written | null {
	const { Node } = morph();
	if (Node.isSpreadAssignment(member)) {
		return propertyOf(valuesOf(member.getExpression(), trail), name, trail);
	}
	if (Node.isShorthandPropertyAssignment(member)) {
		const values = member.getName() === name ? valuesOf(member.getNameNode(), trail) : null;
		return values && { at: member, values };
	}
	if (!Node.hasName(member) || member.getName().replace(/^['"]|['"]$/g, '') !== name) return null;
	if (!Node.isPropertyAssignment(member)) return { at: member, values: [member] };
	return { at: member, values: valuesOf(member.getInitializerOrThrow(), trail) };
}
