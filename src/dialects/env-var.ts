// Dialect `env-var`: `env.get('DATABASE_URL').required().asString()` in an exported object or as constants.
import type { Insertion, KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import {
	mostCommon,
	mostRelated,
	nameLike,
	replaceWord,
	sortedAfter,
	wordsOf,
} from './edit/names.ts';
import { addEntry } from './edit/new-entry.ts';
import { placeAfter } from './edit/place.ts';
import { addToTypes } from './edit/type-members.ts';
import { exportedValues } from './module/exports.ts';
import { follow, type Given, givenValues } from './module/given.ts';
import { importsOf } from './module/library.ts';
import { leavesOf, objectIn } from './module/object-literal.ts';
import {
	type Chain,
	chainOf,
	chainsIn,
	isPlain,
	LIBRARY,
	plainChain,
} from './schema/env-var-chain.ts';

/** The chain that a value is, also under the name of a constant. */
function chainBehind(value: Morph.Expression | null): Chain | null {
	return value && chainOf(follow(value).value);
}

interface ObjectOfChains {
	given: Given;
	object: Morph.ObjectLiteralExpression;
}

function objectsIn(source: Morph.SourceFile): ObjectOfChains[] {
	return givenValues(source, 'env').flatMap((given) => {
		const object = objectIn(given.value);
		const reads = object && leavesOf(object).some(({ entry }) => chainBehind(entry.value));
		return reads ? [{ given, object }] : [];
	});
}

interface Constant {
	name: string;
	chain: Chain;
	access: KeyPlan;
	/** Null where several constants share a statement, or where it is exported elsewhere. */
	statement: Morph.VariableStatement | null;
}

function constantsIn(source: Morph.SourceFile): Constant[] {
	return exportedValues(source).flatMap(({ import: how, name, value, declaration }) => {
		const chain = chainBehind(value);
		if (!chain || !declaration) return [];
		const statement = declaration.getVariableStatement();
		const alone = statement?.getDeclarations().length === 1 && statement.hasExportKeyword();
		return [{ name, chain, access: ready(how, name), statement: (alone && statement) || null }];
	});
}

function present(source: Morph.SourceFile, variable: string): KeyPlan | null {
	const gives = (chain: Chain | null) => chain?.variable === variable && isPlain(chain);
	for (const { given, object } of objectsIn(source)) {
		const leaf = leavesOf(object).find(({ entry }) => gives(chainBehind(entry.value)));
		const call = leaf?.entry.callable ? '()' : '';
		if (leaf) return ready(given.import, `${member(given.base, leaf.path)}${call}`);
	}
	return constantsIn(source).find(({ chain }) => gives(chain))?.access ?? null;
}

function copyable(chain: Chain | null): string | null {
	const alike =
		chain && isPlain(chain) && !chain.steps.some((step) => /default|example/.test(step));
	return alike ? chain.variable : null;
}

function addToObject({ given, object }: ObjectOfChains, variable: string): KeyPlan {
	const otherwise = plainChain(object.getSourceFile(), variable);
	const added = addEntry(object, {
		variable,
		otherwise,
		copyable: ({ value }) => copyable(value && chainOf(value)),
	});
	if (!added) return unclear('its keys leave no place for the new one', otherwise);
	const typed = addToTypes(given.types, { ...added, variable }, 'string');
	if (!typed) return unclear('its type is declared in another module', otherwise);
	const expression = `${member(given.base, added.path)}${added.callable ? '()' : ''}`;
	return ready(given.import, expression, [...typed, ...added.insertions]);
}

function statementFor(constants: Constant[], name: string, variable: string): string {
	const copies = constants.flatMap(({ statement, chain, name: own }) => {
		const word = copyable(chain);
		if (!statement || word === null) return [];
		const [declaration] = statement.getDeclarations();
		const at = (declaration?.getStart() ?? 0) - statement.getStart();
		const text = statement.getText();
		const rest = replaceWord(text.slice(at + own.length), word, variable);
		return [{ name: own, text: `${text.slice(0, at)}${name}${rest}` }];
	});
	const copy = mostCommon(copies, variable)?.text;
	const [first] = constants.flatMap(({ statement }) => statement ?? []);
	const end = first?.getText().endsWith(';') === false ? '' : ';';
	return copy ?? `export const ${name} = ${plainChain(first?.getSourceFile(), variable)}${end}`;
}

function addConstant(source: Morph.SourceFile, variable: string): KeyPlan {
	const constants = constantsIn(source).filter(({ statement }) => statement !== null);
	const nodes = constants.flatMap(({ statement }) => statement ?? []);
	const names = constants.map((one) => one.name);
	const name = nameLike(wordsOf(variable), names);
	const text = statementFor(constants, name, variable);
	if (nodes.length === 0) return unclear('it exports its values in a way not known here', text);
	if (source.getLocal(name)) return unclear(`it has another thing that is called ${name}`, text);
	const related = mostRelated(names, variable);
	const index = sortedAfter(names, name) ?? (related < 0 ? nodes.length - 1 : related);
	const at = nodes[Math.max(index, 0)]?.getEnd() ?? 0;
	const insertions: Insertion[] = [
		placeAfter(nodes, { index: Math.max(index, 0), at, member: text }),
	];
	return ready({ kind: 'named', name }, name, insertions);
}

function addVariable(source: Morph.SourceFile, variable: string): KeyPlan {
	const there = present(source, variable);
	if (there) return there;
	const snippet = `${nameLike(wordsOf(variable), [])}: ${plainChain(source, variable)},`;
	const chains = chainsIn(source);
	if (chains.some(({ ofProcess }) => !ofProcess)) {
		return unclear('its env-var reads something other than process.env', snippet);
	}
	if (chains.some((chain) => chain.variable === variable)) {
		return unclear(`it already reads ${variable}, but does not give it as a plain text`, snippet);
	}
	const objects = objectsIn(source);
	const [first] = objects;
	if (!first) return addConstant(source, variable);
	if (objects.some(({ object }) => object !== first.object)) {
		return unclear('it exports more than one object', snippet);
	}
	return addToObject(first, variable);
}

function classReads(source: Morph.SourceFile): boolean {
	const { Node } = morph();
	const members = source.getClasses().flatMap((one) => one.getProperties());
	return members.some((one) => Node.isPropertyDeclaration(one) && chainOf(one.getInitializer()));
}

export const envVarDialect: Dialect = {
	name: 'env-var',
	recognise: (source) =>
		importsOf(source, LIBRARY).length > 0 &&
		(objectsIn(source).length > 0 || constantsIn(source).length > 0 || classReads(source)),
	addKey: addVariable,
};
