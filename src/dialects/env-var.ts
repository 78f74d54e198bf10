// Dialect `env-var`: `env.get('DATABASE_URL').required().asString()` in an exported object, as constants, or as fields of a class.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, unclear } from './dialect.ts';
import { classModule, planMember } from './edit/class-member.ts';
import { type Constant, exportedConstants, planConstant } from './edit/constant-key.ts';
import { addKey, keyIn, onlyObject } from './edit/object-key.ts';
import { type GivenObject, givenObjects } from './module/given.ts';
import { importsLibrary } from './module/library-calls.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { leavesOf } from './module/object-literal.ts';
import { follow } from './module/origins.ts';
import { classesIn } from './module/statements.ts';
import { ENV_VAR, envVarRead, isPlain, readsIn, textRead } from './schema/env-var-reads.ts';

type Value = Morph.Expression | null;

/** What a value reads, also by a function of the module. */
function readBehind(value: Value) {
	return value && envVarRead(follow(value).value);
}

function objectsIn(source: Morph.SourceFile): GivenObject[] {
	return givenObjects(source, 'env').filter(
		({ object, obstacle }) =>
			obstacle === null && leavesOf(object).some(({ entry }) => readBehind(entry.value)),
	);
}

function constantsIn(source: Morph.SourceFile): Constant[] {
	return exportedConstants(source).filter(({ value }) => readBehind(value));
}

function copyable(value: Value): string | null {
	const read = value && envVarRead(value);
	const isGeneral = read && isPlain(read) && !/default|example/.test(read.methods.join());
	return isGeneral ? read.variable : null;
}

/** `asUrlString()` takes no empty text, and neither `default` nor its absence changes that. */
function refusesEmpty(source: Morph.SourceFile, variable: string): boolean {
	const read = readsIn(source).find((one) => one.variable === variable);
	return read?.methods.at(-1) === 'asUrlString' && !read.methods.includes('required');
}

function planVariable(source: Morph.SourceFile, variable: string): KeyPlan {
	const gives = (value: Value) => {
		const read = readBehind(value);
		return read?.variable === variable && isPlain(read);
	};
	const objects = objectsIn(source);
	const [there] = objects.flatMap((one) => keyIn(one, gives) ?? []);
	if (there) return { ...there, refusesEmpty: refusesEmpty(source, variable) } as KeyPlan;
	const constants = constantsIn(source);
	const otherwise = textRead(source, variable);
	const manner = { variable, gives, copyable, otherwise, type: 'string' };
	if (constants.some(({ value }) => gives(value))) return planConstant(constants, manner);
	const snippet = `${nameLike(wordsOf(variable), [])}: ${otherwise},`;
	const reads = readsIn(source);
	if (reads.some(({ ofProcess }) => !ofProcess)) {
		return unclear('its env-var reads something other than process.env', snippet);
	}
	const settings = classModule(source, (value) => envVarRead(value) !== null);
	if (objects.length === 0 && constants.length === 0 && settings) {
		return planMember(settings, { ...manner, by: variable });
	}
	if (reads.some((one) => one.variable === variable)) {
		return unclear(`it already reads ${variable}, but does not give it as a plain text`, snippet);
	}
	if (objects.length === 0) return planConstant(constants, manner);
	const only = onlyObject(objects);
	return typeof only === 'string' ? unclear(only, snippet) : addKey(only, manner);
}

/** Fields of classes are recognised too, so that the user is told of those that cannot be read from another module. */
function classReads(source: Morph.SourceFile): boolean {
	const { Node } = morph();
	const members = classesIn(source).flatMap((one) => one.getProperties());
	return members.some((one) => Node.isPropertyDeclaration(one) && envVarRead(one.getInitializer()));
}

export const envVarDialect: Dialect = {
	name: 'env-var',
	mention: /env-var/,
	recognise: (source) =>
		importsLibrary(source, ENV_VAR) &&
		(objectsIn(source).length > 0 || constantsIn(source).length > 0 || classReads(source)),
	addKey: planVariable,
};
