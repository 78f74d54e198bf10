// Whether a helper looks at more than whether there is a value: what it asks of one variable is not asked of another.
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { remembered } from './remembered.ts';

const COMPLAINS = /\bthrow\b|process\.exit\(|\b(?:fail|die|panic|abort)\w*\(/i;
/** Calls that only tell whether there is something, or that it is an address. */
const PRESENCE =
	/(?:\??\.trim|\bString|\bBoolean|\bis(?:Blank|Empty|Nil|Undefined|Null|Defined|Set)\w*|\bhasOwn\w*|\bhas|\bcanParse)\(/g;

/** `if (!existsSync(value)) throw …` */
export const asksMore = remembered((callable: Morph.Node): boolean => {
	const { Node, ts } = morph();
	return nodesBelow(callable, ts.isIfStatement)
		.filter(Node.isIfStatement)
		.some((one) => {
			const asked = one.getExpression().getText().replace(PRESENCE, '[');
			return /[\w$]\(/.test(asked) && COMPLAINS.test(one.getThenStatement().getText());
		});
});
