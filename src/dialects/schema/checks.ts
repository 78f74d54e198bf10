// A schema by which the environment is only checked, or typed: its values are read from process.env itself.
import type { KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { callsIn } from '../module/library-calls.ts';
import { onlyValidation } from './leaves.ts';
import type { Search, Validation } from './validation.ts';

/** The validation that types process.env: `interface ProcessEnv extends z.infer<typeof schema> {}`, checked somewhere in the module. */
export function typedEnvironment(source: Morph.SourceFile, search: Search): Validation | null {
	if (!/interface\s+ProcessEnv\s+extends\b/.test(source.getFullText())) return null;
	return onlyValidation(validationsIn(source, search));
}

/** The one validation of a module whose values nobody takes: `cleanEnv(process.env, { … });`, `const { error } = schema.validate(process.env)` */
export function checkedAlone(source: Morph.SourceFile, search: Search): Validation | null {
	const all = validationsIn(source, search);
	const isAlone = all.every(({ call, validation }) => isUnused(call, validation));
	return isAlone ? onlyValidation(all) : null;
}

function validationsIn(source: Morph.SourceFile, search: Search) {
	return callsIn(source).flatMap((call) => {
		const validation = search.validationOf(call);
		return validation ? [{ call, validation }] : [];
	});
}

/** What a result says beside the values. */
const ASIDE = /^(?:error|errors|success|issues|warning|ok|left)$/;

function isUnused(call: Morph.CallExpression, { under }: Validation): boolean {
	const { Node, SyntaxKind } = morph();
	const parent = call.getParent();
	if (Node.isExpressionStatement(parent)) return true;
	if (under === null) return false;
	if (Node.isPropertyAccessExpression(parent)) return ASIDE.test(parent.getName());
	if (!Node.isVariableDeclaration(parent)) return false;
	const name = parent.getNameNode();
	if (Node.isObjectBindingPattern(name)) {
		const taken = name.getElements().map((one) => one.getPropertyNameNode() ?? one.getNameNode());
		return taken.every((one) => ASIDE.test(one.getText()));
	}
	const uses = (parent.getFirstAncestorByKind(SyntaxKind.Block) ?? call.getSourceFile())
		.getDescendantsOfKind(SyntaxKind.Identifier)
		.filter((one) => one !== name && one.getText() === name.getText());
	return uses.every((one) => {
		const access = one.getParent();
		return Node.isPropertyAccessExpression(access) && ASIDE.test(access.getName());
	});
}

/** A plan by another style, and the variable in the schema that checks the environment beside it. */
export function withCheck(
	plan: KeyPlan,
	{ source, variable, search }: { source: Morph.SourceFile; variable: string; search: Search },
): KeyPlan {
	const place = plan.kind === 'ready' ? checkedAlone(source, search)?.place(variable) : undefined;
	if (plan.kind !== 'ready' || !place || 'problem' in place) return plan;
	const insertions = [...place.insertions, ...plan.insertions];
	return { ...plan, insertions, ...(!place.optional && !place.defaulted && { isRequired: true }) };
}
