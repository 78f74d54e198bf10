// The text of each version of a blueprint, and the same text in the words of a db.ts that is there. Pure.
import type { Blueprint } from '../../model/blueprint.ts';
import type { Style } from '../../model/facts.ts';
import { partAtMarker } from '../../text/marker.ts';
import { distanceBetween } from '../../text/merge.ts';
import { unpatched } from '../../text/patch.ts';
import { type Morph, morph, parse } from '../../text/source.ts';
import { type RenderOptions, renderDb } from '../render.ts';
import { type Splice, spliceText } from '../splice.ts';

/** The versions whose text is known, the newest first. */
export function knownVersions({ version, changes }: Blueprint): number[] {
	return [version, ...changes.map((change) => change.version - 1)];
}

/** The template of an older version; null when its text is not known. */
export function templateAt(blueprint: Blueprint, template: string, version: number): string | null {
	if (!knownVersions(blueprint).includes(version)) return null;
	return blueprint.changes
		.filter((change) => change.version > version)
		.reduce((text, { diff }) => unpatched(text, diff), template);
}

/** What a db.ts was told, as its text shows. */
export interface Told {
	options: Omit<RenderOptions, 'blueprint'>;
	/** The name that the client has. */
	client: string;
}

/** The identifiers that stand for a binding of that name. */
function references(file: Morph.SourceFile, name: string): Morph.Node[] {
	const { Node, SyntaxKind } = morph();
	return file.getDescendantsOfKind(SyntaxKind.Identifier).filter((node) => {
		const parent = node.getParent();
		const isMember = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node;
		return node.getText() === name && !isMember;
	});
}

/** The body of a version, without the marker. */
export function bodyAt(
	known: { blueprint: Blueprint; template: string },
	version: number,
	{ options, client }: Told,
): string | null {
	const template = templateAt(known.blueprint, known.template, version);
	if (template === null) return null;
	const body = partAtMarker(renderDb(template, { ...options, blueprint: known.blueprint })).body;
	if (client === 'client') return body;
	const splices = references(parse('db.ts', body), 'client').map((node): Splice => {
		return { start: node.getStart(), end: node.getEnd(), text: client };
	});
	return spliceText(body, splices);
}

/** The name to which the result of `createClient` is given. */
function clientName(file: Morph.SourceFile): string {
	const { Node, SyntaxKind } = morph();
	const made = file.getDescendantsOfKind(SyntaxKind.CallExpression).find((call) => {
		return /\bcreateClient$/.test(call.getExpression().getText());
	});
	const declaration = made?.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
	const name = declaration?.getNameNode();
	return Node.isIdentifier(name) ? name.getText() : 'client';
}

/** The style of a text, where it shows one: it may have been formatted after it was written. */
function styleOf(text: string, style: Style): Style {
	const indents = [...text.matchAll(/^([ \t]+)\w+:/gm)].map(([, indent = '']) => indent);
	const [shortest] = indents.toSorted((one, other) => one.length - other.length);
	const quote = /\bfrom\s+(['"])/.exec(text)?.[1];
	const { isTight: _, hasBareParameters: __, ...rest } = style;
	const [lines, others] = [text.split('\n').length, text.split('\r\n').length];
	return {
		...rest,
		indent: shortest ?? style.indent,
		quote: quote === '"' || quote === "'" ? quote : style.quote,
		semicolons: /^import\b.*\bfrom\b.*;\s*$/m.test(text),
		lineEnding: others > lines / 2 ? '\r\n' : '\n',
		hasBlocks: /^\s*for \(.*\{\s*$/m.test(text) ? true : undefined,
		hasSortedKeys: /\bredis\(\s*\{\s*close\b/.test(text) ? true : undefined,
		...(/[(,]\s*error =>/.test(text) ? { hasBareParameters: true as const } : {}),
	};
}

/** Whatever else the text may have been told: of its style what is not seen at one place, and what the compiler asked for. */
function* candidates(theirs: string, suggested: Told['options'], client: string): Generator<Told> {
	const style = styleOf(theirs, suggested.style);
	const braces = /\{[\w$]/.test(theirs) ? [{ isTight: true as const }, {}] : [{}];
	for (const checks of new Set([suggested.checks, undefined]))
		for (const trailingCommas of new Set([style.trailingCommas, undefined, 'none' as const]))
			for (const lineWidth of new Set([style.lineWidth, undefined]))
				for (const tight of braces)
					yield {
						options: {
							...suggested,
							checks,
							style: { ...style, ...tight, trailingCommas, lineWidth },
						},
						client,
					};
}

/** What the text of a db.ts shows that it was told: of what the project suggests, that which makes a version nearest to it. */
export function learnTold(
	theirs: string,
	known: { blueprint: Blueprint; template: string; version: number },
	suggested: Told['options'],
): Told {
	const client = clientName(parse('db.ts', theirs));
	let nearest: Told = { options: suggested, client };
	let least = Number.POSITIVE_INFINITY;
	for (const told of candidates(theirs, suggested, client)) {
		const distance = distanceBetween(bodyAt(known, known.version, told) ?? '', theirs);
		if (distance < least) [nearest, least] = [told, distance];
		if (least === 0) break;
	}
	return nearest;
}
