// What a statement looks at, and complains of where it is missing.
import { type Morph, morph } from '../../text/source.ts';
import { COMPLAINS, VARIABLE } from '../module/reads.ts';

const ASSERTS =
	/^(?:tiny)?(?:invariant|assert|ok|check|ensure|must|expect|require)\w*$|^assert\.\w+$/i;

/** What a statement checks and complains of; undefined for one that does neither. */
export function subjectOf(statement: Morph.Statement): Morph.Expression | undefined {
	const { Node } = morph();
	if (Node.isIfStatement(statement)) {
		const complains = COMPLAINS.test(statement.getThenStatement().getText());
		const asked = statement.getExpression();
		// `if (process.env.DATABASE_URL) …` goes on to ask what it must look like.
		const isThere = /^[\w$.?[\]'"]+$/.test(asked.getText());
		return complains && !isThere && !statement.getElseStatement() ? asked : undefined;
	}
	const call = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
	if (!Node.isCallExpression(call) || !ASSERTS.test(call.getExpression().getText()))
		return undefined;
	const [first] = call.getArguments();
	// `assert('DATABASE_URL is missing')` looks at nothing.
	const isSaid = Node.isStringLiteral(first) && !VARIABLE.test(first.getLiteralText());
	return Node.isExpression(first) && !isSaid ? first : undefined;
}
