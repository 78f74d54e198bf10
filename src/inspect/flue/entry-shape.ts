// What the text of a db entry shows of what it does: parsed, never run.
import type { EntryShape } from '../../model/verification.ts';
import { hasListenerAlone } from '../../text/listener.ts';
import { firstSyntaxError, type Morph, morph, parse } from '../../text/source.ts';
import { exportsOf } from '../code/declarations.ts';
import { importsOf } from '../code/source-files.ts';
import { namedExports } from './entry-use.ts';

interface Read {
	name: string;
	node: Morph.Node;
}

/** Every read of one environment variable: `process.env.NAME` or `process.env['NAME']`. */
function readsOf(file: Morph.SourceFile): Read[] {
	const { Node } = morph();
	return file.getDescendants().flatMap((node): Read[] => {
		if (Node.isPropertyAccessExpression(node) && node.getExpression().getText() === 'process.env')
			return [{ name: node.getName(), node }];
		if (!Node.isElementAccessExpression(node)) return [];
		const key = node.getArgumentExpression();
		if (node.getExpression().getText() !== 'process.env' || !Node.isStringLiteral(key)) return [];
		return [{ name: key.getLiteralValue(), node }];
	});
}

/** The variable of the address: one that a client is made with, else one that is named like an address. */
function variableOf(file: Morph.SourceFile): string | null {
	const { Node } = morph();
	const reads = readsOf(file);
	const isInCall = ({ node }: Read): boolean =>
		node
			.getAncestors()
			.some(
				(one) =>
					Node.isCallExpression(one) && /\bcreateClient$/.test(one.getExpression().getText()),
			);
	const found = reads.find(isInCall) ?? reads.find(({ name }) => /URL|REDIS|VALKEY/i.test(name));
	return found?.name ?? null;
}

/** Whether a client is made with an address that is written out. */
function holdsAddress(file: Morph.SourceFile): boolean {
	const { Node, SyntaxKind } = morph();
	return file.getDescendantsOfKind(SyntaxKind.CallExpression).some((call) => {
		const [options] = call.getArguments();
		if (!/\bcreateClient$/.test(call.getExpression().getText())) return false;
		if (!Node.isObjectLiteralExpression(options)) return false;
		const url = options.getProperty('url')?.asKind(SyntaxKind.PropertyAssignment)?.getInitializer();
		return Node.isStringLiteral(url) || Node.isNoSubstitutionTemplateLiteral(url);
	});
}

/** Whether a client is made that puts a prefix of its own before the names of keys: `createClient({ keyPrefix })`, `new Redis(url, { keyPrefix })`. */
function prefixesKeys(file: Morph.SourceFile): boolean {
	const { Node } = morph();
	return file.getDescendants().some((node) => {
		const isMade =
			Node.isNewExpression(node) ||
			(Node.isCallExpression(node) && /\bcreateClient$/.test(node.getExpression().getText()));
		return (
			isMade &&
			node
				.getArguments()
				.some(
					(options) =>
						Node.isObjectLiteralExpression(options) &&
						options.getProperty('keyPrefix') !== undefined,
				)
		);
	});
}

/** Where the first error listener stands, seen from `connect()`; a listener without a `connect()` counts as after it. */
function listenerOf(file: Morph.SourceFile): EntryShape['listener'] {
	const { Node, SyntaxKind } = morph();
	const calls = file.getDescendantsOfKind(SyntaxKind.CallExpression);
	const endOf = (isWanted: (name: string, first: Morph.Node | undefined) => boolean) =>
		calls
			.find((call) => {
				const callee = call.getExpression();
				return (
					Node.isPropertyAccessExpression(callee) &&
					isWanted(callee.getName(), call.getArguments()[0])
				);
			})
			?.getEnd();
	const listens = endOf(
		(name, first) =>
			/^(on|addListener|prependListener)$/.test(name) &&
			Node.isStringLiteral(first) &&
			first.getLiteralValue() === 'error',
	);
	const connects = endOf((name) => name === 'connect');
	if (listens === undefined) return 'none';
	return connects !== undefined && listens < connects ? 'before' : 'after';
}

/** Reads the shape of a db entry. */
export function readEntryShape(path: string, text: string): EntryShape {
	const file = parse(path, text);
	const fault = firstSyntaxError(file);
	const defaults = exportsOf(file, 'default').length;
	return {
		...(fault ? { syntaxFault: fault } : {}),
		imports: importsOf(text),
		hasDefault: defaults > 0,
		...(defaults > 1 ? { hasDefaultTwice: true } : {}),
		namedExports: namedExports(path, text),
		listener: listenerOf(file),
		...(hasListenerAlone(text) ? { isListenerAlone: true } : {}),
		variable: variableOf(file),
		holdsAddress: holdsAddress(file),
		...(prefixesKeys(file) ? { prefixesKeys: true } : {}),
	};
}
