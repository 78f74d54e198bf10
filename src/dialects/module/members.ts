// The names under which a thing gives others: the keys of an object or a type, the members of a class or a namespace.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironmentParameter } from './environment.ts';
import { type Callable, localFunction, returned } from './helper-functions.ts';
import { entriesOf, objectIn, unwrap } from './object-literal.ts';
import { constantValue } from './scope.ts';
import { classesIn } from './statements.ts';
import { typesOf } from './types.ts';

/** Something whose names can be listed: a value, a type, a class or what it makes. */
type Thing = Morph.Node;

/** Something that is given under a name. */
export interface Member {
	key: string;
	/** What declares it. */
	node: Morph.Node;
	/** True where it has to be called. */
	isCalled: boolean;
	/** What its value is, as far as it is written down. */
	things: Thing[];
}

/** The arguments that a function needs; null where it needs more than the environment. */
export function argumentsFor(callable: Callable): string | null {
	if (callable.isAsync()) return null;
	const needed = callable.getParameters().filter((one) => !one.isOptional());
	if (needed.length === 0) return '';
	return needed.length === 1 && needed[0] && isEnvironmentParameter(needed[0])
		? 'process.env'
		: null;
}

/** What a function or a getter gives, by its type and by what it returns. */
export function resultsIn(callable: Callable | Morph.GetAccessorDeclaration): Thing[] {
	const type = callable.getReturnTypeNode();
	const values = morph().Node.isGetAccessorDeclaration(callable)
		? [callable.getBody()].flatMap((body) => returnedBy(body))
		: returned(callable);
	return [...(type ? [type] : []), ...values];
}

function returnedBy(body: Morph.Node | undefined): Morph.Expression[] {
	const { SyntaxKind } = morph();
	const all = body?.getDescendantsOfKind(SyntaxKind.ReturnStatement) ?? [];
	return all.flatMap((one) => one.getExpression() ?? []);
}

/** What is given under names by a thing; nothing for what is not understood. */
export function membersOf(thing: Thing): Member[] {
	const { Node } = morph();
	if (Node.isClassDeclaration(thing)) return classMembers(thing, true);
	if (Node.isModuleDeclaration(thing)) return roomMembers(thing);
	if (Node.isTypeNode(thing) || Node.isInterfaceDeclaration(thing)) return typeMembers(thing);
	if (!Node.isExpression(thing)) return [];
	const object = objectIn(thing);
	const types = typesOf(thing).flatMap(typeMembers);
	if (!object) return [...types, ...valueMembers(unwrap(thing))];
	const entries = entriesOf(object).map(({ key, node, callable, value }) => ({
		key,
		node: node as Morph.Node,
		isCalled: callable,
		things: value ? [value as Thing] : [],
	}));
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

function classMembers(owner: Morph.ClassDeclaration, isStatic: boolean): Member[] {
	return owner.getMembers().flatMap((node) => classMember(node, isStatic) ?? []);
}

function classMember(node: Morph.ClassMemberTypes, isStatic: boolean): Member | null {
	const { Node } = morph();
	if (Node.isConstructorDeclaration(node) || Node.isClassStaticBlockDeclaration(node)) return null;
	const isHidden = node.getScope() !== 'public' || node.getName().startsWith('#');
	if (node.isStatic() !== isStatic || isHidden) return null;
	const own = { key: node.getName(), node, isCalled: Node.isMethodDeclaration(node) };
	if (Node.isMethodDeclaration(node)) {
		return argumentsFor(node) === '' ? { ...own, things: resultsIn(node) } : null;
	}
	if (Node.isGetAccessorDeclaration(node)) return { ...own, things: resultsIn(node) };
	if (!Node.isPropertyDeclaration(node)) return null;
	const things = [node.getTypeNode(), node.getInitializer()];
	return { ...own, things: things.filter((one) => one !== undefined) };
}

function roomMembers(room: Morph.ModuleDeclaration): Member[] {
	return room
		.getVariableStatements()
		.filter((one) => one.hasExportKeyword())
		.flatMap((node) =>
			node.getDeclarations().map((one) => {
				const [type, start] = [one.getTypeNode(), one.getInitializer()];
				const things = [type, start].filter((each) => each !== undefined);
				return { key: one.getName(), node, isCalled: false, things };
			}),
		);
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

/** The keys that a type is of: `'A' | 'B'`, `(typeof NAMES)[number]`. */
function keysIn(type: Morph.Node, steps = 3): Member[] {
	const { Node } = morph();
	const source = type.getSourceFile();
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

function textMember(text: Morph.Node, node: Morph.Node): Member[] {
	if (!morph().Node.isStringLiteral(text)) return [];
	return [{ key: text.getLiteralText(), node, isCalled: false, things: [] }];
}
