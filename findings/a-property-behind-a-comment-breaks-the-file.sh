#!/bin/sh
# A key is added to a config object with ts-morph's addPropertyAssignment, or an entry to a list, or an argument to a call; each ends with a comma and a line that is commented out, as in every other project.
# Guess: the new one stands behind the comment; and if the file would be broken by it, ts-morph throws its "Manipulation error", as it does otherwise (here with addNamedImport).
# Seen with ts-morph 28.0.0: of `A: 1,` and `// B: 2,` the object becomes `A: 1,,`, a syntax error, without an exception. Of a list the comment is deleted. Of a call the new argument is written into the
# line's comment, so that it is not there, and the file is valid. Only without the comma before the comment, or with the comment on the entry's own line, all is well. Whoever edits so parses the result,
# and looks for what was added.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ts-morph@28.0.0 >/dev/null
cat > look.cjs <<'JS'
const { Project, SyntaxKind, ts } = require('ts-morph');
const project = new Project({ useInMemoryFileSystem: true });
const see = (name, text, kind, add) => {
	const file = project.createSourceFile(`${name}.ts`, text);
	let said = '';
	try {
		add(file.getFirstDescendantByKindOrThrow(SyntaxKind[kind]));
	} catch {
		said = ' (throws)';
	}
	const now = file.getFullText();
	const errors = ts.createSourceFile('now.ts', now, ts.ScriptTarget.Latest).parseDiagnostics.length;
	console.log(`${name}${said}, syntax errors ${errors}: ${now.trim().replace(/\s*\n\s*/g, ' ⏎ ')}`);
};
const property = (node) => node.addPropertyAssignment({ name: 'C', initializer: '3' });
see('object', 'const env = {\n\tA: 1,\n\t// B: 2,\n};\n', 'ObjectLiteralExpression', property);
see('without the comma', 'const env = {\n\tA: 1\n\t// B: 2,\n};\n', 'ObjectLiteralExpression', property);
see('behind the entry', 'const env = {\n\tA: 1, // B: 2,\n};\n', 'ObjectLiteralExpression', property);
see('list', 'const list = [\n\t1,\n\t// 2,\n];\n', 'ArrayLiteralExpression', (node) => node.addElement('3'));
see('call', 'load(\n\t1, // one\n\t// 2,\n);\n', 'CallExpression', (node) => node.addArgument('3'));
see('import', "import { a, // one\n\t// b,\n} from 'x';\n", 'ImportDeclaration', (node) => node.addNamedImport('c'));
JS
node look.cjs | tee seen
cmp - seen <<'END'
object, syntax errors 1: const env = { ⏎ A: 1,, ⏎ // B: 2, ⏎ C: 3 ⏎ };
without the comma, syntax errors 0: const env = { ⏎ A: 1, ⏎ // B: 2, ⏎ C: 3 ⏎ };
behind the entry, syntax errors 0: const env = { ⏎ A: 1, // B: 2, ⏎ C: 3 ⏎ };
list, syntax errors 0: const list = [ ⏎ 1, ⏎ 3 ⏎ ];
call, syntax errors 0: load( ⏎ 1, // one 3 // one ⏎ // 2, ⏎ );
import (throws), syntax errors 0: import { a, // one ⏎ // b, ⏎ } from 'x';
END
