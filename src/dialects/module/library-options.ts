// Objects that read the environment for one library: they carry its type, or are handed to it whole.
import { type Morph, morph } from '../../source.ts';

/** The import of a name from a package; undefined for what is declared here or in the project's own files. */
function packageImport(
	source: Morph.SourceFile,
	name: string,
): Morph.ImportDeclaration | undefined {
	return source
		.getImportDeclarations()
		.filter((one) => !/^(?:[./~#]|@\/|src\/)/.test(one.getModuleSpecifierValue()))
		.find((one) => {
			const named = one.getNamedImports().map((each) => each.getAliasNode() ?? each.getNameNode());
			const names = [one.getDefaultImport(), one.getNamespaceImport(), ...named];
			return names.some((each) => each?.getText() === name);
		});
}

/** `PoolConfig` of pg, `Knex.Config`: the keys are a library's. A generic type says nothing of the keys. */
export function isLibraryType(type: Morph.TypeNode): boolean {
	if (!morph().Node.isTypeReference(type) || type.getTypeArguments().length > 0) return false;
	const [first = ''] = type.getTypeName().getText().split('.');
	return packageImport(type.getSourceFile(), first) !== undefined;
}

/** `new Sequelize(config)`, `createTransport(config)`, `postgres(config)`; not what checks or prints an object. */
export function isHandedOver(source: Morph.SourceFile, name: string): boolean {
	const { Node } = morph();
	return source.getDescendants().some((node) => {
		const isCall = Node.isCallExpression(node) || Node.isNewExpression(node);
		if (!isCall || !node.getArguments().some((one) => one.getText() === name)) return false;
		const callee = node.getExpression().getText();
		const [first = '', ...rest] = callee.split('.');
		const imported = packageImport(source, first);
		if (!imported) return false;
		const isDefault = imported.getDefaultImport()?.getText() === callee;
		const last = rest.at(-1) ?? first;
		return Node.isNewExpression(node) || isDefault || /^(?:create|make|connect)/.test(last);
	});
}
