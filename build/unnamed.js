// Takes out of ts-morph the methods that nobody asks for: those that write code from structures, or ask a type checker, and what only these need.

/** What the language itself asks for by name. */
const ALWAYS = new Set(['constructor', 'toString', 'toJSON', 'then', 'valueOf']);

const wordsIn = (text) => text.match(/[A-Za-z_$][\w$]*/g) ?? [];

/** The names of what is asked of objects: behind a dot, or in quotes. */
function membersAsked(text) {
	return [...text.matchAll(/(?:\.\s*|['"`])([A-Za-z_$][\w$]*)/g)].map(([, name]) => name);
}

/** A method or accessor of a class with a plain name. */
function isMember(ts, node) {
	const isCalled =
		ts.isMethodDeclaration(node) ||
		ts.isGetAccessorDeclaration(node) ||
		ts.isSetAccessorDeclaration(node);
	return isCalled && ts.isClassLike(node.parent) && ts.isIdentifier(node.name);
}

/** What leads to a printer of structures or to a type checker, from places that are needed for something else. */
const DROPPED = new Set([
	'getStructure',
	'getSymbol',
	'getType',
	'insertOverloads',
	'structurePrinterFactory',
]);

/** Besides, `set(structure)`, which writes a node anew: `set` is said of maps everywhere. */
function isDropped({ name, parameters }, tree) {
	return (
		DROPPED.has(name.text) ||
		(name.text === 'set' && parameters[0]?.name.getText(tree) === 'structure')
	);
}

/** The parts of a text that count only where their name is said: members of classes, and functions of the top level. */
function namedParts(ts, tree) {
	const parts = [];
	const visit = (node, around) => {
		const isFunction = ts.isFunctionDeclaration(node) && node.parent === tree;
		let inside = around;
		if (isFunction || isMember(ts, node)) {
			inside = {
				name: node.name.text,
				start: node.getStart(tree),
				end: node.end,
				isFunction,
				inner: [],
			};
			inside.isGone = !isFunction && isDropped(node, tree);
			around.inner.push(inside);
			parts.push(inside);
		}
		ts.forEachChild(node, (child) => visit(child, inside));
	};
	const whole = { start: 0, end: tree.end, inner: [] };
	visit(tree, whole);
	return { whole, parts };
}

/** The text of a range without some parts that lie in it. */
function without(text, { start, end }, inner) {
	let [kept, at] = ['', start];
	for (const one of inner) {
		kept += text.slice(at, one.start);
		at = one.end;
	}
	return kept + text.slice(at, end);
}

/**
 * Takes the methods away that nobody names: neither what asks (`texts`), nor what is named by it in turn. A name counts behind a dot
 * and in quotes, so that a method that is asked for by a name in quotes stays.
 */
export function withoutUnnamed(ts, text, texts) {
	const { whole, parts } = namedParts(
		ts,
		ts.createSourceFile('all.js', text, ts.ScriptTarget.Latest, true),
	);
	const functions = new Set();
	const members = new Set([...ALWAYS, ...texts.flatMap(membersAsked)]);
	const reach = (part) => {
		const own = without(text, part, part.inner);
		for (const word of wordsIn(own)) functions.add(word);
		for (const name of membersAsked(own)) members.add(name);
	};
	reach(whole);
	const isNamed = ({ name, isFunction, isGone }) =>
		!isGone && (isFunction ? functions : members).has(name);
	let open = parts;
	for (let count = -1; count !== open.length; ) {
		count = open.length;
		const reached = open.filter(isNamed);
		open = open.filter((one) => !isNamed(one));
		for (const one of reached) reach(one);
	}
	let end = 0;
	const gone = open.filter((one) => {
		if (one.isFunction || one.start < end) return false;
		end = one.end;
		return true;
	});
	return without(text, whole, gone);
}
