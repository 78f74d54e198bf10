// Values that stand in one column, as `PORT:      port(),` below `NODE_ENV:  str(),` does: where that of a new key begins.
import { type Morph, morph } from '../../text/source.ts';

/** What stands around a colon, and the column at which the value begins. */
interface Gap {
	before: string;
	after: string;
	column: number;
}

function gapOf(node: Morph.Node): Gap[] {
	if (!morph().Node.isPropertyAssignment(node)) return [];
	const name = node.getNameNode();
	const value = node.getInitializer();
	const text = node.getSourceFile().getFullText();
	const found = value && /^([ \t]*):([ \t]*)$/.exec(text.slice(name.getEnd(), value.getStart()));
	if (!found) return [];
	const start = text.lastIndexOf('\n', node.getStart()) + 1;
	// Another member before it on its line says nothing of columns.
	if (text.slice(start, node.getStart()).trim() !== '') return [];
	const [, before = '', after = ''] = found;
	return [{ before, after, column: value.getStart() - node.getStart() }];
}

/** The column that most values share, where keys of unlike lengths lead to it; null where values follow their keys. */
function columnOf(gaps: Gap[]): number | null {
	const padded = gaps.filter(({ before, after }) => before.length > 1 || after.length > 1);
	const first = padded.find(
		({ column }) => 2 * padded.filter((one) => one.column === column).length > padded.length,
	);
	if (padded.length < 2 || !first) return null;
	const shared = gaps.filter(({ column }) => column === first.column);
	return shared.length * 2 > gaps.length ? first.column : null;
}

const PADDED = /^[ \t]*[\w$'"]+(?:[ \t]{2,}:|:[ \t]{2,}\S)/m;

/** `REDIS_URL: str()` with its value in the column of the others. */
export function inColumn(object: Morph.ObjectLiteralExpression, text: string): string {
	// Few objects have columns, and the others are not measured.
	if (!PADDED.test(object.getText())) return text;
	const gaps = object.getProperties().flatMap(gapOf);
	const column = columnOf(gaps);
	const [, key, value] = /^([^\s:]+)[ \t]*:[ \t]*(.*)$/s.exec(text) ?? [];
	if (column === null || key === undefined || value === undefined) return text;
	const isBefore = gaps.some(({ before }) => before.length > 1);
	return isBefore
		? `${key.padEnd(column - 2)}: ${value}`
		: `${`${key}:`.padEnd(column - 1)} ${value}`;
}
