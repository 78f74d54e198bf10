// Dialect `envalid`: `export const env = cleanEnv(process.env, { DATABASE_URL: url(), … })`, also mapped to an object.
import type { Insertion, KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import { mappingsOf, planMapping } from './edit/mapping.ts';
import { addEntry } from './edit/new-entry.ts';
import { addToTypes } from './edit/type-members.ts';
import { isEnvironment } from './module/environment.ts';
import { follow, givenValues } from './module/given.ts';
import { callsOf, importName, importsOf, libraryNames, writtenName } from './module/library.ts';
import { findEntry, objectIn } from './module/object-literal.ts';

const LIBRARY = 'envalid';

/** The one call, and its list of variables. */
interface Checked {
	call: Morph.CallExpression;
	variables: Morph.ObjectLiteralExpression;
}

function callsIn(source: Morph.SourceFile): Morph.CallExpression[] {
	const callee = writtenName(source, LIBRARY, 'cleanEnv');
	return callee === null ? [] : callsOf(source, callee);
}

function checkedIn(source: Morph.SourceFile): Checked | string {
	const [call, ...others] = callsIn(source);
	if (!call) return 'it reads the environment in a way of envalid that is not known here';
	if (others.length > 0) return 'it calls cleanEnv more than once';
	const [environment, list] = call.getArguments();
	if (!isEnvironment(environment)) return 'its cleanEnv reads something other than process.env';
	const variables = morph().Node.isExpression(list) ? objectIn(follow(list).value) : null;
	return variables ? { call, variables } : 'its variables are listed in another module';
}

/** The validators that give the very text of the variable, as the module writes them. */
function textValidators(source: Morph.SourceFile): string[] {
	return ['str', 'url'].flatMap((name) => writtenName(source, LIBRARY, name) ?? []);
}

/** `validator` of `validator(…)`; `bare` when nothing is said about this one variable. */
function validatorOf(value: Morph.Expression | null): { name: string; bare: boolean } | null {
	if (value === null || !morph().Node.isCallExpression(value)) return null;
	return { name: value.getExpression().getText(), bare: value.getArguments().length === 0 };
}

function snippetFor(source: Morph.SourceFile, variable: string): string {
	return `${variable}: ${textValidators(source)[0] ?? 'str'}(),`;
}

interface Validator {
	text: string;
	insertions: Insertion[];
}

/** What to write for a text; `str` is imported when no validator for texts is. */
function plainValidator(source: Morph.SourceFile): Validator | null {
	const [known] = textValidators(source);
	if (known !== undefined) return { text: `${known}()`, insertions: [] };
	const declaration = importsOf(source, LIBRARY).find((one) => one.getNamedImports().length > 0);
	if (!declaration || source.getLocal('str')) return null;
	return { text: 'str()', insertions: importName(declaration, 'str') };
}

/** The entry in the call's list: none when it is there, a reason when it is there but gives something else. */
function listed({ variables }: Checked, variable: string): Insertion[] | string {
	const source = variables.getSourceFile();
	const texts = textValidators(source);
	const there = findEntry(variables, variable);
	if (there) {
		const gives = texts.includes(validatorOf(there.value)?.name ?? '');
		return gives ? [] : `its ${variable} is not checked by str or url`;
	}
	const validator = plainValidator(source);
	if (!validator) return 'it has another thing that is called str';
	const added = addEntry(variables, {
		variable,
		key: variable,
		otherwise: validator.text,
		copyable: ({ key, value }) => {
			const own = validatorOf(value);
			return own?.bare && texts.includes(own.name) ? key : null;
		},
	});
	if (!added) return 'its list of variables leaves no place for the new one';
	return added.model ? added.insertions : [...validator.insertions, ...added.insertions];
}

/** How the checked values leave the module, when the variable is among them. */
function planOutside(checked: Checked, variable: string): KeyPlan {
	const source = checked.call.getSourceFile();
	const values = givenValues(source, 'env');
	const [mapping, ...others] = mappingsOf(values, checked.call);
	const whole = values.find(({ value }) => value === checked.call);
	if (mapping && others.length === 0) {
		const plan = planMapping(mapping, variable);
		if (!whole || (plan.kind === 'ready' && plan.insertions.length === 0)) return plan;
	}
	const snippet = snippetFor(source, variable);
	if (!whole) return unclear('it does not export what cleanEnv gives as one value', snippet);
	const added = { path: [variable], model: null, callable: false, insertions: [] };
	const typed = addToTypes(whole.types, { ...added, variable }, 'string');
	if (!typed) return unclear('its type is declared in another module', snippet);
	return ready(whole.import, member(whole.base, [variable]), typed);
}

function addVariable(source: Morph.SourceFile, variable: string): KeyPlan {
	const snippet = snippetFor(source, variable);
	const checked = checkedIn(source);
	if (typeof checked === 'string') return unclear(checked, snippet);
	const insertions = listed(checked, variable);
	if (typeof insertions === 'string') return unclear(insertions, snippet);
	const plan = planOutside(checked, variable);
	if (plan.kind === 'unclear') return plan;
	return { ...plan, insertions: [...insertions, ...plan.insertions] };
}

export const envalidDialect: Dialect = {
	name: 'envalid',
	recognise(source) {
		if (importsOf(source, LIBRARY).length === 0) return false;
		const custom = writtenName(source, LIBRARY, 'customCleanEnv');
		const [whole] = libraryNames(source, LIBRARY);
		return (
			callsIn(source).length > 0 ||
			[custom, whole && `${whole}.customCleanEnv`].some((name) => name && callsOf(source, name)[0])
		);
	},
	addKey: addVariable,
};
