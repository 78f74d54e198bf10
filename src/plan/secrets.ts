// Where the address comes from, and the edits that make room for it. Pure.
import { posix } from 'node:path';
import { type CheckedKeyPlan, planKey } from '../dialects/index.ts';
import { FlueError } from '../errors.ts';
import type { Facts } from '../model/facts.ts';
import type { Found } from '../model/found.ts';
import type { Import } from '../model/key-plan.ts';
import type { SecretPlan } from '../model/plan.ts';
import type { SecretConvention } from '../model/request.ts';
import type { ConfigModule } from '../model/secrets.ts';
import { TOO_DEEP, unlessTooDeep } from '../text/nesting.ts';
import { planEnvFiles } from './env-file.ts';
import { isDemanded, isSurelyText } from './module-words.ts';

interface Wish {
	variable: string;
	/** The value of `--secrets`. */
	convention: SecretConvention | undefined;
	/** The environment of the run has it: a private file must not be given an empty one. */
	isSetInEnvironment: boolean;
}

/** The import specifier from one file of the project to another, in the project's own manner. */
export function importSpecifier(
	from: string,
	to: string,
	extension: Facts['importExtension']['value'],
): string {
	const relative = posix.relative(posix.dirname(from), to);
	const path = relative.startsWith('../') ? relative : `./${relative}`;
	if (extension === '.ts') return path;
	// TypeScript looks for no .mts or .cts behind a name without an ending.
	if (extension === '.js' || /\.[cm][jt]s$/.test(path))
		return path.replace(/\.([cm]?)ts$/, '.$1js');
	return path.replace(/\.[jt]s$/, '').replace(/(?<=\w)\/index$/, '');
}

interface ModulePlan extends Pick<SecretPlan, 'module' | 'steps' | 'warnings' | 'requiredBy'> {
	/** Whether the module holds the variable, by an import or by what it says of process.env. */
	isUsed: boolean;
	/** See `KeyPlan`. */
	refusesEmpty: boolean;
}

function leftAlone(message: string): ModulePlan {
	return {
		isUsed: false,
		refusesEmpty: false,
		module: null,
		steps: [],
		requiredBy: null,
		warnings: [{ code: 'CONFIG_MODULE_NOT_UNDERSTOOD', message }],
	};
}

function specifierOf(facts: Facts, path: string): string {
	return importSpecifier(facts.dbEntry.value.path, path, facts.importExtension.value);
}

/** How db.ts imports a name of the module, as other Flue code does; null where its package does not give the name. */
function wayTo(
	facts: Facts,
	{ path, through }: ConfigModule,
	{ kind, name }: Import,
): string | null {
	if (!through) return specifierOf(facts, path);
	const isItself = through.path === path;
	const isGiven = kind === 'named' && (through.names === null || through.names.includes(name));
	if (isItself || isGiven) return through.specifier ?? specifierOf(facts, through.path);
	return through.specifier === null ? specifierOf(facts, path) : null;
}

/** `REDIS_URL` -> `redisUrl` */
function camelCase(variable: string): string {
	return variable.toLowerCase().replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** For a module in no style that we know: the lines with which it can be used all the same. */
function planUnknown(facts: Facts, path: string, variable: string): ModulePlan {
	const name = camelCase(variable);
	const lines = [
		`\`export const ${name} = process.env.${variable};\` in ${path}`,
		`\`import { ${name} } from '${specifierOf(facts, path)}';\` in db.ts`,
	];
	return leftAlone(
		`${path} reads process.env in a style that is not known and was left alone: db.ts reads process.env.${variable} itself. To use the module, put ${lines.join(' and ')}, with ${name} for the address.`,
	);
}

function planChecked({ path, text, beside }: ConfigModule, variable: string): CheckedKeyPlan {
	const unclear = { kind: 'unclear', reason: TOO_DEEP, snippet: '' } as const;
	const otherwise = { ...unclear, after: text, others: [] };
	return unlessTooDeep(() => planKey(path, text, variable, beside), otherwise);
}

/** The key in the config module; null when there is none. What must not be touched gives a warning with what to paste. */
function planModule(facts: Facts, variable: string): ModulePlan | null {
	const { configModule: found, unknownModule: unknown } = facts.secrets;
	if (!found) return unknown === null ? null : planUnknown(facts, unknown, variable);
	const { path, text: before } = found;
	const plan = planChecked(found, variable);
	if (plan.kind === 'unclear') {
		const advice = plan.snippet === '' ? '' : ` To use the module, add: ${plan.snippet}`;
		return leftAlone(
			`${path} was left alone: ${plan.reason}. db.ts reads process.env.${variable} itself.${advice}`,
		);
	}
	const { after, access } = plan;
	const own = after === before ? [] : [{ path, before, after }];
	const { import: how, expression } = access;
	const specifier = how && wayTo(facts, found, how);
	if (how && specifier === null) {
		const from = found.through?.specifier ?? path;
		return leftAlone(
			`${path} was left alone: ${from} does not export ${how.name}. db.ts reads process.env.${variable} itself.`,
		);
	}
	const changed = plan.others.map((one) => one.after);
	const all = [after, ...found.beside.files.map((one) => one.text), ...changed].join('\n');
	const isText = isSurelyText(found.dialect, all, { variable, expression });
	const asks = plan.isRequired === true || isDemanded(after, variable);
	return {
		isUsed: true,
		refusesEmpty: plan.refusesEmpty === true,
		module: how && {
			specifier: specifier ?? path,
			access: { import: how, expression },
			isSurelyText: isText,
		},
		steps: [...own, ...plan.others].map((one) => ({ kind: 'write', ...one, shown: 'additions' })),
		warnings: [],
		requiredBy: asks ? path : null,
	};
}

/** The convention that is left where the config module has to be left alone. */
function withoutModule({ env, configModule }: Facts['secrets']): Found<SecretConvention> {
	const [file] = env.files;
	const alone = `${configModule?.path ?? 'the config module'} was left alone`;
	return file
		? { value: 'env', from: `${file.path}; ${alone}` }
		: { value: 'none', from: `no env file, and ${alone}` };
}

/**
 * Plans the edits of the secret convention.
 * @throws BAD_USAGE when `--secrets config-module` is asked for and there is no module that can be used.
 */
export function planSecrets(facts: Facts, wish: Wish): SecretPlan {
	const asked: Found<SecretConvention> = wish.convention
		? { value: wish.convention, from: '--secrets' }
		: facts.secrets.convention;
	const isWanted = asked.value === 'config-module' || wish.convention === undefined;
	const module = isWanted ? planModule(facts, wish.variable) : null;
	if (wish.convention === 'config-module' && !module?.isUsed) {
		throw new FlueError(
			'BAD_USAGE',
			module?.warnings[0]?.message ?? 'There is no config module that this command understands.',
			{
				flag: '--secrets env|dev-vars|none',
				hint: 'Use --secrets env, --secrets dev-vars or --secrets none.',
			},
		);
	}
	const convention =
		asked.value === 'config-module' && !module?.isUsed ? withoutModule(facts.secrets) : asked;
	const isOptional = module?.refusesEmpty ?? false;
	const env = planEnvFiles(facts.secrets.env, {
		...wish,
		convention: convention.value,
		isOptional,
	});
	return {
		convention,
		expression: module?.module?.access.expression ?? `process.env.${wish.variable}`,
		module: module?.module ?? null,
		requiredBy: module?.requiredBy ?? null,
		steps: [...(module?.steps ?? []), ...env.steps],
		warnings: [...(module?.warnings ?? []), ...env.warnings],
	};
}
