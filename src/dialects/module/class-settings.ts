// What a class gives of the environment: its fields and getters, each with the parts that a new one needs too.
import { type Morph, morph } from '../../text/source.ts';
import { onlyReturn } from './object-literal.ts';

/** A public member that gives something of the environment. */
export interface Setting {
	name: string;
	isStatic: boolean;
	value: Morph.Expression;
	/** What a new one needs too: the member itself, or a declared field and the statement that sets it. */
	parts: Morph.Node[];
	/** The private field that a getter gives; null where the member holds the value itself. */
	held: string | null;
}

/** Whether a value is made of the environment: read from it, or taken from what was validated. */
export type IsSetting = (value: Morph.Expression) => boolean;

/** What a getter gives, also at the end of what it does. */
function valueIn(getter: Morph.GetAccessorDeclaration): Morph.Expression | null {
	const body = getter.getBody();
	const all = body?.getDescendantsOfKind(morph().SyntaxKind.ReturnStatement) ?? [];
	return onlyReturn(body) ?? (all.length === 1 ? (all[0]?.getExpression() ?? null) : null);
}

/** Fields with a value, and getters. */
function members(owner: Morph.ClassDeclaration, isSetting: IsSetting): Setting[] {
	const { Node } = morph();
	return owner.getMembers().flatMap((node) => {
		const isField = Node.isPropertyDeclaration(node);
		if (!isField && !Node.isGetAccessorDeclaration(node)) return [];
		const value = isField ? node.getInitializer() : valueIn(node);
		const name = node.getName();
		if (name.startsWith('#') || node.getScope() !== 'public') return [];
		if (!value || !isSetting(value)) return [];
		return [{ name, isStatic: node.isStatic(), value, parts: [node], held: null }];
	});
}

/** Fields that the constructor sets: `this.databaseUrl = required('DATABASE_URL')`. */
function assignedFields(owner: Morph.ClassDeclaration, isSetting: IsSetting): Setting[] {
	const { Node } = morph();
	const [maker] = owner.getConstructors();
	if (maker?.getParameters().some((one) => !one.isOptional())) return [];
	const statements = maker?.getStatements() ?? [];
	return statements.filter(Node.isExpressionStatement).flatMap((statement) => {
		const set = statement.getExpression();
		if (!Node.isBinaryExpression(set) || set.getOperatorToken().getText() !== '=') return [];
		const [left, value] = [set.getLeft(), set.getRight()];
		const isOwn =
			Node.isPropertyAccessExpression(left) && Node.isThisExpression(left.getExpression());
		const field = isOwn ? owner.getInstanceProperty(left.getName()) : undefined;
		if (!Node.isPropertyDeclaration(field) || field.getScope() !== 'public') return [];
		if (!isSetting(value)) return [];
		return [
			{ name: field.getName(), isStatic: false, value, parts: [field, statement], held: null },
		];
	});
}

/** Getters of private fields: `get url() { return this._url; }`. */
function heldFields(owner: Morph.ClassDeclaration, isSetting: IsSetting): Setting[] {
	const { Node } = morph();
	return owner.getGetAccessors().flatMap((node) => {
		const given = onlyReturn(node.getBody()) ?? undefined;
		if (!Node.isPropertyAccessExpression(given) || node.getScope() !== 'public') return [];
		const field = owner.getProperty(given.getName());
		const value = field?.getInitializer();
		const isHeld = Node.isThisExpression(given.getExpression()) && field && value;
		if (!isHeld || field.isStatic() !== node.isStatic() || !isSetting(value)) return [];
		const [name, held] = [node.getName(), field.getName()];
		return [{ name, isStatic: node.isStatic(), value, parts: [field, node], held }];
	});
}

/** The ways to hold settings, each by itself. */
export const SETTINGS = [members, assignedFields, heldFields];
