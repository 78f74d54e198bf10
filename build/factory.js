// Takes out of TypeScript's factory of nodes the functions that nobody asks for: most change nodes, and a parser only makes them.

const NAME = 'createNodeFactory';

const wordsIn = (text) => text.match(/[A-Za-z_$][\w$]*/g) ?? [];

/** The function that makes the factory, and in it the object of its functions. */
function factoryIn(ts, tree) {
	const maker = tree.statements.find(
		(one) => ts.isFunctionDeclaration(one) && one.name.text === NAME,
	);
	const objects = (maker?.body.statements ?? [])
		.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) => declarationList.declarations)
		.filter(({ initializer }) => initializer && ts.isObjectLiteralExpression(initializer));
	if (objects.length !== 1) throw new Error(`${NAME} makes its factory otherwise than expected.`);
	return { maker, object: objects[0].initializer };
}

/**
 * The text without the parts of the factory whose name is said nowhere else: neither in the texts, nor outside of the factory, nor in
 * what of it is said.
 * @param texts what asks TypeScript
 */
export function withoutUnasked(ts, text, texts) {
	const tree = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest, true);
	const { maker, object } = factoryIn(ts, tree);
	const inner = [
		...maker.body.statements.filter(ts.isFunctionDeclaration),
		...object.properties.filter(({ name }) => name),
	].sort((one, other) => one.pos - other.pos);
	const parts = inner.map((node) => ({
		name: node.name.text,
		pos: node.pos,
		end: node.end + (text[node.end] === ',' ? 1 : 0),
		// `createToken,` in the object only hands on what it names.
		text: ts.isShorthandPropertyAssignment(node) ? '' : node.getText(tree),
	}));
	let [rest, at] = ['', 0];
	for (const { pos, end } of parts) {
		rest += text.slice(at, pos);
		at = end;
	}
	const said = new Set([...texts, rest + text.slice(at)].flatMap(wordsIn));
	let open = parts;
	for (let count = -1; count !== open.length; ) {
		count = open.length;
		const reached = open.filter(({ name }) => said.has(name));
		open = open.filter(({ name }) => !said.has(name));
		for (const one of reached) for (const word of wordsIn(one.text)) said.add(word);
	}
	if (open.length === 0) throw new Error(`Everything is asked of ${NAME}.`);
	let [kept, from] = ['', 0];
	for (const { pos, end } of open) {
		kept += text.slice(from, pos);
		from = end;
	}
	return kept + text.slice(from);
}
