// The names under which a thing gives others: the keys of an object or a type, the members of a class or a namespace.
import { type Morph, morph } from '../../text/source.ts';
import { askedIn } from './asked-by-key.ts';
import {
	classMembers,
	type Member,
	resultsIn,
	roomMembers,
	type Thing,
} from './declared-members.ts';
import { isEnvironment } from './environment.ts';
import { topVariable } from './exports.ts';
import { type Callable, localFunction } from './helper-functions.ts';
import { entriesOf, objectIn, unwrap } from './object-literal.ts';
import { constantValue, isInline } from './scope.ts';
import { classesIn } from './statements.ts';
import { typesOf } from './types.ts';

/** What is given under names by a thing; nothing for what is not understood. */
export function membersOf(thing: Thing): Member[] {
	const { Node } = morph();
	if (Node.isClassDeclaration(thing)) return classMembers(thing, true);
	if (Node.isModuleDeclaration(thing)) return roomMembers(thing);
	if (Node.isTypeNode(thing) || Node.isInterfaceDeclaration(thing)) return typeMembers(thing);
	if (Node.isMethodDeclaration(thing) || Node.isFunctionDeclaration(thing) || isInline(thing))
		return membersAsked(thing);
	if (!Node.isExpression(thing)) return [];
	const object = objectIn(thing);
	const types = typesOf(thing).flatMap(typeMembers);
	if (!object) return [...types, ...valueMembers(unwrap(thing))];
	const entries = entriesOf(object).map(({ key, node, callable, value }) => {
		const reader = Node.isMethodDeclaration(node) && node.getParameters().length > 0 ? node : null;
		return {
			key,
			node: node as Morph.Node,
			isCalled: callable && !reader,
			things: reader ? [reader] : value ? [value as Thing] : [],
		};
	});
	return [...types, ...entries];
}

function valueMembers(value: Morph.Expression): Member[] {
	const { Node } = morph();
	const source = value.getSourceFile();
	if (Node.isIdentifier(value)) {
		const held = constantValue(value, value.getText());
		const type = held?.getParentIfKind(morph().SyntaxKind.VariableDeclaration)?.getTypeNode();
		return [...(type ? typeMembers(type) : []), ...(held && held !== value ? membersOf(held) : [])];
	}
	if (Node.isNewExpression(value)) return madeBy(source, value.getExpression().getText());
	if (Node.isPropertyAccessExpression(value)) return ownMembers(value);
	if (!Node.isCallExpression(value)) return [];
	const callee = value.getExpression();
	const callable = localFunction(source, callee.getText());
	if (callable) return callable.isAsync() ? [] : resultsIn(callable).flatMap(membersOf);
	if (!Node.isPropertyAccessExpression(callee)) return [];
	const owner = classesIn(source).find((one) => one.getName() === callee.getExpression().getText());
	const method = owner?.getStaticMethod(callee.getName());
	if (!method || method.isAsync()) return [];
	return resultsIn(method).flatMap(membersOf);
}

function madeBy(source: Morph.SourceFile, name: string): Member[] {
	const owner = classesIn(source).find((one) => one.getName() === name);
	return owner ? classMembers(owner, false) : [];
}

/** `this.config` of a class, by what is declared of it. */
function ownMembers(value: Morph.PropertyAccessExpression): Member[] {
	const { SyntaxKind, Node } = morph();
	const owner = value.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
	const on = value.getExpression();
	if (!owner || !(Node.isThisExpression(on) || on.getText() === owner.getName())) return [];
	const field = owner.getProperty(value.getName());
	if (!Node.isPropertyDeclaration(field)) return [];
	const type = field.getTypeNode();
	const start = field.getInitializer();
	return [...(type ? typeMembers(type) : []), ...(start ? membersOf(start) : [])];
}

const THROUGH = /^(?:Readonly|Required|Partial|DeepReadonly|Awaited)$/;

function typeMembers(type: Morph.Node): Member[] {
	const { Node } = morph();
	if (Node.isInterfaceDeclaration(type) || Node.isTypeLiteral(type)) {
		return type.getProperties().map((node) => {
			const own = node.getTypeNode();
			return { key: node.getName(), node, isCalled: false, things: own ? [own] : [] };
		});
	}
	if (Node.isUnionTypeNode(type)) return type.getTypeNodes().flatMap(typeMembers);
	if (!Node.isTypeReference(type)) return [];
	const name = type.getTypeName().getText();
	const [first] = type.getTypeArguments();
	if (name === 'Record') return first ? keysIn(first) : [];
	if (THROUGH.test(name)) return first ? typeMembers(first) : [];
	const source = type.getSourceFile();
	const declared = source.getInterface(name) ?? source.getTypeAlias(name)?.getTypeNode();
	if (declared) return typeMembers(declared);
	return source.getClass(name) ? madeBy(source, name) : [];
}

/** What a function gives that is asked by a key: `get(key) { return this.values[key]; }` */
function membersAsked(callable: Callable): Member[] {
	const asked = askedIn(callable);
	if (!asked) return [];
	const keys = asked.type ? keysIn(asked.type) : [];
	const all = keys.length > 0 || isEnvironment(asked.from) ? keys : membersOf(asked.from);
	return all
		.filter(({ isCalled, isAsked }) => !isCalled && !isAsked)
		.map((one) => ({ ...one, isAsked: true, things: one.things.filter(morph().Node.isTypeNode) }));
}

/** The keys that a type is of: `'A' | 'B'`, `keyof Settings`, `(typeof NAMES)[number]`. */
function keysIn(type: Morph.Node, steps = 3): Member[] {
	const { Node } = morph();
	const source = type.getSourceFile();
	const below = /^keyof\b/.test(type.getText()) ? type.getFirstChild(Node.isTypeNode) : undefined;
	if (below) return membersOfType(below, steps);
	if (Node.isUnionTypeNode(type)) return type.getTypeNodes().flatMap((one) => keysIn(one, steps));
	if (Node.isLiteralTypeNode(type)) return textMember(type.getLiteral(), type);
	if (Node.isTypeReference(type)) {
		const alias = source.getTypeAlias(type.getText())?.getTypeNode();
		return alias && steps > 0 ? keysIn(alias, steps - 1) : [];
	}
	const list = /^\(?typeof ([\w$]+)\)?\[number\]$/.exec(type.getText())?.[1];
	const value = list === undefined ? undefined : constantValue(type, list);
	const held = value && unwrap(value);
	if (!Node.isArrayLiteralExpression(held)) return [];
	return held.getElements().flatMap((one) => textMember(one, one));
}

/** What `keyof` is about: also `typeof values`, and under another name. */
function membersOfType(type: Morph.TypeNode, steps: number): Member[] {
	const { Node } = morph();
	const source = type.getSourceFile();
	const named = /^\(?typeof ([\w$]+)\)?$/.exec(type.getText())?.[1];
	const value = named === undefined ? undefined : topVariable(source, named)?.getInitializer();
	if (value) return membersOf(value);
	const alias = Node.isTypeReference(type)
		? source.getTypeAlias(type.getText())?.getTypeNode()
		: undefined;
	return alias && steps > 0 ? membersOfType(alias, steps - 1) : typeMembers(type);
}

function textMember(text: Morph.Node, node: Morph.Node): Member[] {
	if (!morph().Node.isStringLiteral(text)) return [];
	return [{ key: text.getLiteralText(), node, isCalled: false, things: [] }];
}
