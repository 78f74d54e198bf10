// Marks the functions that run on the usual paths, so that V8 compiles them when it loads their file: what Node's compile cache
// keeps is what was compiled then. It changes when functions are compiled, and nothing else; leaving it out leaves a slower program.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { usualRuns } from './usual.js';

const { ts } = createRequire(import.meta.url)('ts-morph');

/** Writes a file's text anew, with the functions in brackets that begin at one of the places. */
class Marker {
	starts = new Set();

	constructor(path, text) {
		this.text = text;
		this.tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	}

	isMarked(node) {
		return this.starts.has(node.getStart(this.tree));
	}

	/** The pieces of a range: its children anew, and what stands between them as it is. */
	around(node, start, end, print) {
		let [at, printed] = [start, ''];
		ts.forEachChild(node, (child) => {
			const from = child.getStart(this.tree);
			if (child.end <= start) return;
			if (from < at) throw new Error(`The marks came out of step at ${from}.`);
			printed += this.text.slice(at, from) + print(child);
			at = child.end;
		});
		return printed + this.text.slice(at, end);
	}

	/** A declaration moves to the beginning of its function, where all that is declared there is known. */
	moved(node) {
		const { name } = node;
		const whole = this.around(node, node.getStart(this.tree), node.end, (child) =>
			child === name ? '' : this.print(child),
		);
		return `var ${name.text}=(${whole});`;
	}

	/** The statements of a function or of the file. */
	body(node) {
		const isMoved = (one) => ts.isFunctionDeclaration(one) && one.name && this.isMarked(one);
		const isDirective = (one) =>
			ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression);
		const first = node.statements.findIndex((one) => !isDirective(one));
		const before = node.statements[first];
		const head = node.statements
			.filter(isMoved)
			.map((one) => this.moved(one))
			.join('');
		return this.around(node, node.getStart(this.tree), node.end, (child) => {
			const own = isMoved(child) ? '' : this.print(child);
			return child === before ? head + own : own;
		});
	}

	/** An arrow that has no use for what is `this` around it, as a function. */
	arrow(node) {
		const { body, parameters } = node;
		const inside = ts.isBlock(body) ? this.print(body) : `{return ${this.print(body)}}`;
		const given = parameters.map((one) => this.print(one)).join(',');
		return `(${isAsync(node) ? 'async ' : ''}function(${given})${inside})`;
	}

	/** A method of an object, as a property that is a function. */
	method(node) {
		const kind = `${isAsync(node) ? 'async ' : ''}function${node.asteriskToken ? '*' : ''}`;
		const rest = this.around(node, node.name.end, node.end, (child) => this.print(child));
		return `${this.print(node.name)}:(${kind}${rest})`;
	}

	print(node) {
		const isBody = ts.isSourceFile(node) || (ts.isBlock(node) && ts.isFunctionLike(node.parent));
		if (isBody) return this.body(node);
		if (this.isMarked(node) && !usesSurroundings(node)) {
			if (ts.isArrowFunction(node)) return this.arrow(node);
			if (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent))
				return this.method(node);
		}
		const whole = this.around(node, node.getStart(this.tree), node.end, (child) =>
			this.print(child),
		);
		const isOpen = this.text[node.getStart(this.tree) - 1] === '(';
		return ts.isFunctionExpression(node) && this.isMarked(node) && !isOpen ? `(${whole})` : whole;
	}
}

function isAsync(node) {
	return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

/** Names that mean another thing in a function than in an arrow, or nothing there. */
const OF_SURROUNDINGS = new Set([
	ts.SyntaxKind.ThisKeyword,
	ts.SyntaxKind.SuperKeyword,
	ts.SyntaxKind.MetaProperty,
]);

/** True where a function may ask for `this`, `arguments`, `super` or `new.target`; a method has the first two of its own. */
function usesSurroundings(node) {
	const isOwn = ts.isMethodDeclaration(node);
	const isUse = (one) =>
		(OF_SURROUNDINGS.has(one.kind) && !(isOwn && one.kind === ts.SyntaxKind.ThisKeyword)) ||
		(!isOwn && ts.isIdentifier(one) && one.text === 'arguments');
	const has = (one) => isUse(one) || (!hasItsOwn(one) && (ts.forEachChild(one, has) ?? false));
	return ts.forEachChild(node, has) ?? false;
}

/** True for a function that is no arrow and stands in no class. */
function hasItsOwn(node) {
	return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node);
}

/** Marks the program that lies in a folder as it will be installed. */
export function markUsual(home) {
	const found = new Map();
	for (const run of usualRuns(home)) {
		for (const [file, starts] of run)
			found.set(file, new Set([...(found.get(file) ?? []), ...starts]));
	}
	for (const [file, starts] of found) {
		const path = join(home, 'dist', file);
		const text = readFileSync(path, 'utf8');
		const marker = new Marker(path, text);
		const head = text.slice(0, marker.tree.getStart());
		if (head + marker.print(marker.tree) !== text) throw new Error(`${path} cannot be marked.`);
		marker.starts = starts;
		writeFileSync(path, head + marker.print(marker.tree));
	}
}
