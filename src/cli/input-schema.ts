// The tables of commands -> the JSON Schema of what may be asked. Pure.
import { BLUEPRINTS } from '../blueprints/index.ts';
import { type Field, fieldsOf } from './fields.ts';
import { COMMANDS, HELP_TOPICS, SHELLS } from './options.ts';
import type { CommandRow } from './rows.ts';

type Schema = Record<string, unknown>;

function schemaOfField(field: Field): Schema {
	const { meaning, switched, choices, pattern, initial } = field;
	const flags = switched ? [switched.on, switched.off].filter(Boolean) : [field.flag];
	return {
		type: switched ? 'boolean' : 'string',
		description: `${meaning} (${flags.join(', ')})`,
		...(choices ? { enum: choices } : {}),
		...(pattern === undefined ? {} : { pattern }),
		...(initial === undefined ? {} : { default: initial }),
	};
}

/** Whether a kind and a name stand behind the command. */
function isAboutOne({ isAboutAll, file }: CommandRow): boolean {
	return !isAboutAll && file === undefined;
}

/** The options of a command, as the properties of an object. */
export function propertiesOf(row: CommandRow): Schema {
	const kinds = [...new Set(BLUEPRINTS.map(({ kind }) => kind))];
	const blueprint = {
		kind: { type: 'string', description: 'The kind of blueprint.', enum: kinds },
		name: {
			type: 'string',
			description: 'The name of the blueprint.',
			enum: BLUEPRINTS.map(({ name }) => name),
		},
	};
	const fields = fieldsOf(row.options).map((field) => [field.name, schemaOfField(field)]);
	const file = { file: { type: 'string', description: row.file } };
	return {
		...(isAboutOne(row) ? blueprint : {}),
		...(row.file === undefined ? {} : file),
		...Object.fromEntries(fields),
	};
}

/** Options that may not be said together: a yes, or a text. */
function conflictsOf({ options }: CommandRow): Schema {
	const fields = fieldsOf(options);
	const said = (name: string): Schema => {
		const isSwitch = fields.find((field) => field.name === name)?.switched;
		return { [name]: isSwitch ? { const: true } : true };
	};
	const pairs = options.flatMap((row) => {
		const [own] = fieldsOf([row]);
		return own ? [row.conflicts ?? []].flat().map((other) => [own.name, other] as const) : [];
	});
	if (pairs.length === 0) return {};
	const together = pairs.map(([own, other]) => ({
		required: [own, other],
		properties: { ...said(own), ...said(other) },
	}));
	return { not: { anyOf: together } };
}

function schemaOfCommand(row: CommandRow): Schema {
	return {
		type: 'object',
		description: row.description,
		required: ['command', ...(row.file === undefined ? [] : ['file'])],
		additionalProperties: false,
		properties: { command: { type: 'string', const: row.name }, ...propertiesOf(row) },
		...(isAboutOne(row) ? { dependentRequired: { name: ['kind'] } } : {}),
		...conflictsOf(row),
	};
}

function schemaOfAside(
	command: string,
	place: string,
	words: readonly string[],
	needed: string[] = [],
): Schema {
	return {
		type: 'object',
		required: ['command', ...needed],
		additionalProperties: false,
		properties: {
			command: { type: 'string', const: command },
			[place]: { type: 'string', enum: words },
		},
	};
}

/** The schema of the whole command line. */
export function inputSchema(): Schema {
	const topics = [...COMMANDS.map(({ name }) => name), ...Object.keys(HELP_TOPICS)];
	const commands = {
		...Object.fromEntries(COMMANDS.map((row) => [row.name, schemaOfCommand(row)])),
		help: schemaOfAside('help', 'topic', topics),
		completion: schemaOfAside('completion', 'shell', SHELLS, ['shell']),
	};
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		$id: 'flue-blueprints/input.schema.json',
		title: 'What `flue-blueprints` can be asked, as a document of --input or as words',
		oneOf: Object.keys(commands).map((name) => ({ $ref: `#/$defs/${name}` })),
		$defs: commands,
	};
}
