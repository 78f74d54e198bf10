// What is declared in a class or a namespace, and what functions give, as members: names with what is written down of their values.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironmentParameter } from './environment.ts';
import { type Callable, returned } from './helper-functions.ts';

/** Something whose names can be listed: a value, a type, a class or what it makes. */
export type Thing = Morph.Node;

/** Something that is given under a name. */
export interface Member {
	key: string;
	/** What declares it. */
	node: Morph.Node;
	/** True where it has to be called. */
	isCalled: boolean;
	/** True where what gives it is a function that is asked for it: `getEnv('URL')`. */
	isAsked?: boolean;
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

export function classMembers(owner: Morph.ClassDeclaration, isStatic: boolean): Member[] {
	return owner.getMembers().flatMap((node) => classMember(node, isStatic) ?? []);
}

function classMember(node: Morph.ClassMemberTypes, isStatic: boolean): Member | null {
	const { Node } = morph();
	if (Node.isConstructorDeclaration(node) || Node.isClassStaticBlockDeclaration(node)) return null;
	const isHidden = node.getScope() !== 'public' || node.getName().startsWith('#');
	if (node.isStatic() !== isStatic || isHidden) return null;
	const own = { key: node.getName(), node, isCalled: Node.isMethodDeclaration(node) };
	if (Node.isMethodDeclaration(node)) {
		return argumentsFor(node) === ''
			? { ...own, things: resultsIn(node) }
			: { ...own, isCalled: false, things: [node] };
	}
	if (Node.isGetAccessorDeclaration(node)) return { ...own, things: resultsIn(node) };
	if (!Node.isPropertyDeclaration(node)) return null;
	const things = [node.getTypeNode(), node.getInitializer()];
	return { ...own, things: things.filter((one) => one !== undefined) };
}

export function roomMembers(room: Morph.ModuleDeclaration): Member[] {
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
