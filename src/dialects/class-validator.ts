// Dialect `class-validator`: a class of decorated fields that `plainToInstance(EnvironmentVariables, process.env)` fills.
import { type Morph, morph } from '../text/source.ts';
import { placeMember } from './edit/place.ts';
import { declaredElsewhere } from './module/elsewhere.ts';
import { argumentsOf, libraryPath, written } from './module/library-calls.ts';
import { replaceWord, usualFor } from './module/names.ts';
import { inputOf } from './schema/input.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';

const TRANSFORMER = /^class-transformer$/;
const VALIDATOR = /^class-validator$/;
/** What says no more of a text than that it is one: `@IsUrl()` takes no redis:// address. */
const GENERAL = /^@(?:IsString|IsNotEmpty|IsDefined|IsOptional|Expose)\(\)$/;

function classOf(name: Morph.Node | undefined): Morph.ClassDeclaration | null {
	if (!morph().Node.isIdentifier(name)) return null;
	const source = name.getSourceFile();
	const own = source.getClass(name.getText());
	const found = own ? null : declaredElsewhere(source, name.getText());
	return own ?? found?.source.getClass(found.name) ?? null;
}

function fieldsOf(owner: Morph.ClassDeclaration): Morph.PropertyDeclaration[] {
	const { Node } = morph();
	return owner
		.getInstanceProperties()
		.filter((one): one is Morph.PropertyDeclaration => Node.isPropertyDeclaration(one));
}

function isText(field: Morph.PropertyDeclaration): boolean {
	const type = field.getTypeNode()?.getText() ?? '';
	const isChanged = field.getDecorators().some((one) => one.getName() === 'Transform');
	return /^string(?: \| undefined)?$/.test(type) && !isChanged;
}

function isOptional(field: Morph.PropertyDeclaration): boolean {
	const isMarked = field.getDecorators().some((one) => one.getName() === 'IsOptional');
	return isMarked || field.hasQuestionToken();
}

/** A field without a value of its own, of which nothing is demanded that is about one variable. */
function isGeneral(field: Morph.PropertyDeclaration): boolean {
	const decorators = field.getDecorators().map((one) => one.getText().replace(/\s/g, ''));
	const isPlain = decorators.length > 0 && decorators.every((one) => GENERAL.test(one));
	return isPlain && isText(field) && !field.hasInitializer();
}

interface NewField {
	text: string;
	optional: boolean;
}

/** The text of a field as most of the others are, else of a required one. */
function fieldFor(fields: Morph.PropertyDeclaration[], variable: string): NewField | null {
	const candidates = fields.filter(isGeneral).map((field) => ({
		field,
		name: field.getName(),
		text: replaceWord(field.getText(), field.getName(), variable),
	}));
	const usual = usualFor(candidates, variable);
	if (usual) return { text: usual.text, optional: isOptional(usual.field) };
	const [first] = fields;
	const rule = first && written(first.getSourceFile(), VALIDATOR, 'IsString');
	const isExposed = first?.getDecorators().some((one) => one.getName() === 'Expose');
	if (!rule || isExposed) return null;
	const sure = first.hasExclamationToken() ? '!' : '';
	return { text: `@${rule}() ${variable}${sure}: string;`, optional: false };
}

function placeIn(owner: Morph.ClassDeclaration | null, variable: string): Place | Problem {
	const snippet = `${variable}: string;`;
	if (!owner) return { problem: 'its class is declared in another module', snippet };
	const fields = fieldsOf(owner);
	const there = fields.find((field) => field.getName() === variable);
	if (there) {
		if (!isText(there))
			return { problem: `it has ${variable} already, but not as a plain text`, snippet };
		return { path: [variable], optional: isOptional(there), insertions: [] };
	}
	const added = fieldFor(fields, variable);
	if (!added) return { problem: 'its fields give no example for a new one', snippet };
	const names = fields.map((field) => field.getName());
	const siblings = { nodes: fields, names, separator: '' } as const;
	const { text, optional } = added;
	const insertions = placeMember(siblings, { name: variable, text, variable });
	return { path: [variable], optional, insertions };
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const name = libraryPath(call.getExpression(), TRANSFORMER) ?? '';
	const [owner, input] = argumentsOf(call);
	const isFilled = /^plainTo(?:Instance|Class)$/.test(name) && inputOf(input)?.literal === null;
	return isFilled ? filling(call, owner) : null;
}

function filling(call: Morph.CallExpression, owner: Morph.Expression | undefined): Validation {
	const place = (variable: string) => placeIn(classOf(owner), variable);
	return { node: call, under: null, types: [], place };
}

/** `plainToInstance(EnvironmentVariables, config)` in what Nest asks: `validate(config)`. */
function ofGiven(call: Morph.CallExpression) {
	const name = libraryPath(call.getExpression(), TRANSFORMER) ?? '';
	const [owner, given] = argumentsOf(call);
	const found = /^plainTo(?:Instance|Class)$/.test(name) ? classOf(owner) : null;
	if (!found || !morph().Node.isIdentifier(given)) return null;
	const keys = fieldsOf(found).map((field) => field.getName());
	return { validation: filling(call, owner), keys };
}

export const classValidatorDialect = validatedDialect({
	name: 'class-validator',
	mention: /class-transformer/,
	validationOf,
	ofGiven,
});
