// Which of the literals that declare a schema's keys gets a new one.
import { type Morph, morph } from '../../text/source.ts';
import { mostRelated } from '../module/names.ts';
import { entriesOf } from '../module/object-literal.ts';

/** A part by which others check what is theirs: `databaseSchema.parse(process.env)` beside the whole. */
function isAskedAlone(piece: Morph.ObjectLiteralExpression): boolean {
	const asks = new RegExp(`\\b${holderOf(piece)}\\s*\\.\\s*(?:safeP|p)arse\\(`);
	return asks.test(piece.getSourceFile().getFullText());
}

function holderOf(piece: Morph.ObjectLiteralExpression | undefined): string {
	const { SyntaxKind } = morph();
	return piece?.getFirstAncestorByKind(SyntaxKind.VariableDeclaration)?.getName() ?? '-';
}

/** The piece with the most related key, else the last one that has keys of its own. */
export function pieceFor(
	all: Morph.ObjectLiteralExpression[],
	variable: string,
): Morph.ObjectLiteralExpression | undefined {
	const whole = holderOf(all.at(-1));
	const pieces = all.filter((one) => holderOf(one) === whole || !isAskedAlone(one));
	const keys = pieces.flatMap((piece) => entriesOf(piece).map(({ key }) => ({ piece, key })));
	const names = keys.map(({ key }) => key);
	return keys[mostRelated(names, variable)]?.piece ?? pieces.at(-1);
}
