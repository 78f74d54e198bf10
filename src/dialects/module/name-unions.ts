// Parameters that take some names alone: `name: 'PORT' | 'HOST'`, also by a type of the same file.
import { type Morph, morph } from '../../text/source.ts';

/** The union that lists the names; null for any other type. */
export function namesListed(parameter: Morph.ParameterDeclaration): Morph.UnionTypeNode | null {
	const { Node } = morph();
	const type = parameter.getTypeNode();
	const alias = type && parameter.getSourceFile().getTypeAlias(type.getText())?.getTypeNode();
	const union = alias ?? type;
	if (!Node.isUnionTypeNode(union)) return null;
	const isName = (one: Morph.Node) => /^(['"])[A-Z][A-Z0-9_]*\1$/.test(one.getText());
	return union.getTypeNodes().every(isName) ? union : null;
}
