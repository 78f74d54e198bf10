// Reads back what an earlier run was told from the db.ts that it wrote, so that a second run need not be told again. Pure.
import { durationOf } from '../adapter-words.ts';
import type { Blueprint, DatabaseName } from '../model/blueprint.ts';
import type { AddOptions } from '../model/request.ts';
import { partAtMarker } from '../text/marker.ts';
import { type Morph, morph, parse } from '../text/source.ts';

export interface Generated {
	/** The blueprint that the marker names. */
	name: DatabaseName;
	/** The version of the blueprint that wrote it. */
	version: number;
	/** The variable that the address is read from, when it is read straight from `process.env`. */
	variable: string | undefined;
	keyPrefix: string | undefined;
	inspectServer: boolean;
	/** How long settled submissions stay, such as `30d`. */
	retain: string | undefined;
	/** How many replicas must have a write, as somebody wrote it by hand. */
	replicas: string | undefined;
	/** Whether something listens for errors of the connection, which then does not end the process. */
	reconnects: boolean;
}

const MARKER = /^\/\/ flue-blueprint: database\/([\w-]+)@(\d+)\s*$/;

function addressVariable(file: Morph.SourceFile): string | undefined {
	const { Node } = morph();
	const reads = file.getDescendants().flatMap((node): string[] => {
		const isAccess = Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node);
		if (!isAccess || node.getExpression().getText() !== 'process.env') return [];
		if (Node.isPropertyAccessExpression(node)) return [node.getName()];
		const key = node.getArgumentExpression();
		return Node.isStringLiteral(key) ? [key.getLiteralValue()] : [];
	});
	return reads[0];
}

function listensForErrors(file: Morph.SourceFile): boolean {
	const { Node } = morph();
	return file.getStatements().some((statement) => {
		const call = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
		if (!Node.isCallExpression(call)) return false;
		const [event] = call.getArguments();
		const target = call.getExpression();
		const isOn = Node.isPropertyAccessExpression(target) && target.getName() === 'on';
		return isOn && Node.isStringLiteral(event) && event.getLiteralValue() === 'error';
	});
}

/** The call that makes the adapter, whatever type stands behind it. */
function adapterCall(file: Morph.SourceFile): Morph.CallExpression | undefined {
	const { Node, SyntaxKind } = morph();
	const exported = file
		.getExportAssignment((assignment) => !assignment.isExportEquals())
		?.getExpression();
	const value =
		Node.isAsExpression(exported) || Node.isSatisfiesExpression(exported)
			? exported.getExpression()
			: exported;
	return value?.asKind(SyntaxKind.CallExpression);
}

/** The initialiser of a property. */
function propertyOf(value: Morph.Node | undefined, name: string): Morph.Expression | undefined {
	const { Node, SyntaxKind } = morph();
	if (!Node.isObjectLiteralExpression(value)) return undefined;
	return value.getProperty(name)?.asKind(SyntaxKind.PropertyAssignment)?.getInitializer();
}

/** The initialiser of a property of the adapter's second argument. */
function adapterOption(file: Morph.SourceFile, name: string): Morph.Expression | undefined {
	return propertyOf(adapterCall(file)?.getArguments()[1], name);
}

/** The text of a string that is written out; nothing for anything else. */
function plainText(value: Morph.Expression | undefined): string | undefined {
	const { Node } = morph();
	const isPlain = Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value);
	return isPlain ? value.getLiteralValue() : undefined;
}

/** The adapter's settings as a db entry has them. */
interface AdapterSettings extends Pick<Generated, 'inspectServer' | 'replicas' | 'retain'> {
	/** Null when it is no plain string, undefined when it is not said. */
	keyPrefix: string | null | undefined;
	/** For how many replicas it waits: null where that is no plain number. */
	waits: number | null | undefined;
}

/** Reads the adapter's settings of any db entry. */
export function readAdapterSettings(path: string, text: string): AdapterSettings {
	return adapterSettings(parse(path, text));
}

function adapterSettings(file: Morph.SourceFile): AdapterSettings {
	const prefix = adapterOption(file, 'keyPrefix');
	const replicas = adapterOption(file, 'replicas');
	const retain = plainText(propertyOf(adapterOption(file, 'retain'), 'settled'));
	return {
		keyPrefix: prefix === undefined ? undefined : (plainText(prefix) ?? null),
		// What is no duration was not written by this program, and is never repeated.
		retain: retain !== undefined && durationOf(retain) !== undefined ? retain : undefined,
		inspectServer: adapterOption(file, 'inspectServer')?.getText() !== 'false',
		replicas: plainNumbers(replicas),
		waits: replicas === undefined ? undefined : plainNumber(propertyOf(replicas, 'wait')),
	};
}

/** An object of numbers as it stands; one that names anything else would not mean the same in another text. */
function plainNumbers(value: Morph.Expression | undefined): string | undefined {
	const { Node, SyntaxKind } = morph();
	if (!Node.isObjectLiteralExpression(value)) return undefined;
	const isPlain = (property: Morph.Node) =>
		Node.isNumericLiteral(property.asKind(SyntaxKind.PropertyAssignment)?.getInitializer());
	return value.getProperties().every(isPlain) ? value.getText() : undefined;
}

/** A number that is written out; null for anything else. */
function plainNumber(value: Morph.Expression | undefined): number | null {
	return morph().Node.isNumericLiteral(value) ? value.getLiteralValue() : null;
}

/** What the text says of the run that wrote it; null when it bears no marker of one of the `databases`. */
export function readGenerated(
	{ path, text }: { path: string; text: string | null },
	databases: readonly Blueprint[],
): Generated | null {
	const marker = MARKER.exec(partAtMarker(text ?? '').marker);
	const name = databases.find((database) => database.name === marker?.[1])?.name;
	if (text === null || name === undefined) return null;
	const file = parse(path, text);
	const { keyPrefix, inspectServer, replicas, retain } = adapterSettings(file);
	return {
		name,
		version: Number(marker?.[2]),
		variable: addressVariable(file),
		keyPrefix: keyPrefix ?? undefined,
		inspectServer,
		replicas,
		retain,
		reconnects: listensForErrors(file),
	};
}

/**
 * The options with the settings of the file where the command line says nothing: a forgotten `--key-prefix` would
 * hide every conversation. The variable belongs to one database and does not go over to another.
 */
export function keepSettings(
	options: AddOptions,
	generated: Generated | null,
	blueprint: Blueprint,
): AddOptions {
	if (!generated) return options;
	const variable = generated.name === blueprint.name ? generated.variable : undefined;
	return {
		...options,
		envVar: options.envVar ?? variable,
		keyPrefix: options.keyPrefix ?? generated.keyPrefix,
		inspectServer: options.inspectServer && generated.inspectServer,
		retain: options.retain ?? generated.retain,
		// Without the listener nothing is learned: it may not have been asked for yet.
		reconnect: options.reconnect ?? (generated.reconnects || undefined),
	};
}
