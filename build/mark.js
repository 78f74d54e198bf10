// Marks the functions that run on the usual paths, so that V8 compiles them when it loads their file: what Node's compile cache
// keeps is what was compiled then. It changes when functions are compiled, and nothing else; leaving it out leaves a slower program.
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { ts } = createRequire(import.meta.url)('ts-morph');

const ADD = ['add', 'database', 'redis', '--no-install', '--yes'];
/** What most users do, and slips of theirs, each with its exit status: nothing is installed there, which is what `verify` finds. */
const USUAL = [
	['init-node', ADD, 0],
	['init-node', ['verify', 'database', 'redis'], 1],
	['config-zod', ADD, 0],
	['init-node', ['add'], 0],
	['init-node', ['add', '--nothing'], 2],
	['init-node', ['nothing'], 2],
];

/** Where the functions begin that ran, by file. */
function whatRan(home) {
	const work = realpathSync(mkdtempSync(join(tmpdir(), 'flue-mark-')));
	const found = new Map();
	try {
		for (const [name, args, status] of USUAL) {
			const cwd = join(work, name);
			cpSync(`fixtures/projects/${name}/before`, cwd, { recursive: true });
			const env = {
				PATH: process.env.PATH,
				NODE_V8_COVERAGE: join(work, 'coverage'),
				NODE_DISABLE_COMPILE_CACHE: '1',
			};
			const command = [join(realpathSync(home), 'bin/flue.js'), ...args];
			const ran = spawnSync(process.execPath, command, { cwd, env, encoding: 'utf8' });
			if (ran.status !== status) throw new Error(`flue ${args.join(' ')}: ${ran.stderr}`);
		}
		for (const name of readdirSync(join(work, 'coverage'))) {
			const { result } = JSON.parse(readFileSync(join(work, 'coverage', name), 'utf8'));
			for (const { url, functions } of result.filter((one) => one.url.startsWith('file:'))) {
				const path = fileURLToPath(url);
				const starts = found.get(path) ?? new Set();
				for (const { ranges } of functions)
					if (ranges[0].count > 0) starts.add(ranges[0].startOffset);
				found.set(path, starts);
			}
		}
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
	return found;
}

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
			child === name ? ' ' : this.print(child),
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

	print(node) {
		const isBody = ts.isSourceFile(node) || (ts.isBlock(node) && ts.isFunctionLike(node.parent));
		if (isBody) return this.body(node);
		const whole = this.around(node, node.getStart(this.tree), node.end, (child) =>
			this.print(child),
		);
		const isOpen = this.text[node.getStart(this.tree) - 1] === '(';
		return ts.isFunctionExpression(node) && this.isMarked(node) && !isOpen ? `(${whole})` : whole;
	}
}

/** Marks the program that lies in a folder as it will be installed. */
export function markUsual(home) {
	for (const [path, starts] of whatRan(home)) {
		if (!path.startsWith(join(realpathSync(home), 'dist'))) continue;
		const text = readFileSync(path, 'utf8');
		const marker = new Marker(path, text);
		const head = text.slice(0, marker.tree.getStart());
		if (head + marker.print(marker.tree) !== text) throw new Error(`${path} cannot be marked.`);
		marker.starts = starts;
		writeFileSync(path, head + marker.print(marker.tree));
	}
}
