// Template and options -> the text of db.ts. Pure: an option changes what it names and nothing else.
import type { Blueprint } from '../model/blueprint.ts';
import type { Style, TypeChecks } from '../model/facts.ts';
import type { SecretPlan } from '../model/plan.ts';
import { type Morph, morph, parse } from '../text/source.ts';
import { type Splice, spliceText } from './splice.ts';
import { styleText } from './style-text.ts';

export interface RenderOptions {
	blueprint: Blueprint;
	/** The environment variable, read straight from `process.env` unless `module` says otherwise. */
	variable: string;
	/** The config module to read the address from: its import specifier and its access expression. */
	module: SecretPlan['module'];
	keyPrefix: string | undefined;
	inspectServer: boolean;
	/** How long settled submissions stay, such as `30d`; absent: always. */
	retain?: string | undefined;
	/** The expression that stands in the file already; there is no option that writes one. */
	replicas?: string | undefined;
	reconnect: boolean;
	/** With the listener alone, as `--reconnect` wrote it before it looked at the connection: to know that text again. */
	isListenerAlone?: true;
	style: Style;
	/** What the compiler asks for; absent: nothing beyond the documented text. */
	checks?: (Omit<TypeChecks, 'from' | 'refusesAwait'> & Partial<TypeChecks>) | undefined;
}

/** The first line of a generated file, e.g. `// flue-blueprint: database/redis@1` (a convention of the framework). */
export function markerOf(blueprint: Blueprint): string {
	return `// flue-blueprint: ${blueprint.kind}/${blueprint.name}@${blueprint.version}`;
}

/** Names that the template binds itself; a config module that exports one of them is imported under another. */
const TAKEN = new Set(['redis', 'createClient', 'client', 'renew', 'look']);

function quoted(value: string, quote: string): string {
	const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
	return quote + inner.replaceAll(quote, `\\${quote}`) + quote;
}

/** The import line and the expression for a config module, with a local alias where the names would clash. */
function moduleAccess(module: NonNullable<RenderOptions['module']>): {
	line: string;
	expression: string;
} {
	const { kind, name } = module.access.import;
	const local = TAKEN.has(name) ? `${name}Config` : name;
	const bindings = {
		named: local === name ? `{ ${name} }` : `{ ${name} as ${local} }`,
		default: local,
		namespace: `* as ${local}`,
	};
	return {
		line: `import ${bindings[kind]} from '${module.specifier}';`,
		expression: local + module.access.expression.slice(name.length),
	};
}

/** The whole statement of the first descendant call whose text is `text`. */
function statementOf(file: Morph.SourceFile, text: string): Morph.Node {
	const call = file
		.getDescendantsOfKind(morph().SyntaxKind.CallExpression)
		.find((node) => node.getText() === text);
	const statement = call?.getFirstAncestor((node) => morph().Node.isStatement(node));
	if (!statement) throw new Error(`The template has no statement with ${text}.`);
	return statement;
}

function readEnvironment({ variable, checks }: RenderOptions): string {
	return checks?.bracketAccess ? `process.env['${variable}']` : `process.env.${variable}`;
}

/** The import of the config module: a package among the others in order of their names, a path of the project behind them. */
function importSplice(
	file: Morph.SourceFile,
	{ module, style }: RenderOptions,
	line: string,
): Splice {
	const imports = file.getImportDeclarations();
	const specifier = module?.specifier ?? '';
	const isOwn = /^(?:[.#]|[~@]\/)/.test(specifier);
	const next = imports.find((one) => !isOwn && one.getModuleSpecifierValue() > specifier);
	if (next) return { start: next.getStart(), end: next.getStart(), text: `${line}\n` };
	const end = imports.at(-1)?.getEnd() ?? 0;
	return { start: end, end, text: `${isOwn && style.separatesImports ? '\n' : ''}\n${line}` };
}

function addressSplices(file: Morph.SourceFile, options: RenderOptions): Splice[] {
	const canonical = file
		.getDescendantsOfKind(morph().SyntaxKind.PropertyAccessExpression)
		.find((node) => node.getExpression().getText() === 'process.env');
	if (!canonical) throw new Error('The template reads no environment variable.');
	const place = { start: canonical.getStart(), end: canonical.getEnd() };
	// The client takes an empty address for none (redis 5.12.1 and 6.3.1): what is unset stays so.
	const orEmpty = options.checks?.exactOptional && !options.module?.isSurelyText ? " ?? ''" : '';
	if (!options.module) return [{ ...place, text: readEnvironment(options) + orEmpty }];
	const { line, expression } = moduleAccess(options.module);
	return [importSplice(file, options, line), { ...place, text: expression + orEmpty }];
}

/** The adapter's second argument: only what was asked for. */
function argumentSplices(file: Morph.SourceFile, options: RenderOptions): Splice[] {
	const properties = [
		...(options.keyPrefix === undefined ? [] : [`keyPrefix: ${quoted(options.keyPrefix, "'")}`]),
		...(options.inspectServer ? [] : ['inspectServer: false']),
		...(options.retain === undefined ? [] : [`retain: { settled: '${options.retain}' }`]),
		...(options.replicas === undefined ? [] : [`replicas: ${options.replicas}`]),
	];
	if (properties.length === 0) return [];
	const call = file
		.getExportAssignmentOrThrow(() => true)
		.getExpressionIfKindOrThrow(morph().SyntaxKind.CallExpression);
	const end = call.getArguments()[0]?.getEnd() ?? call.getEnd() - 1;
	return [{ start: end, end, text: `, { ${properties.join(', ')} }` }];
}

/** The type of the default export beside it, in the adapter's own words. */
function typeSplices(file: Morph.SourceFile, { checks }: RenderOptions): Splice[] {
	if (!checks?.typedExports) return [];
	const end = file
		.getExportAssignmentOrThrow(() => true)
		.getExpression()
		.getEnd();
	return [{ start: end, end, text: ' as ReturnType<typeof redis>' }];
}

/** A compiler to CommonJS refuses the await; it says so itself once the comment has become needless. */
function awaitSplices(file: Morph.SourceFile, { checks }: RenderOptions): Splice[] {
	if (!checks?.refusesAwait) return [];
	const start = statementOf(file, 'client.connect()').getStart();
	const text = '// @ts-expect-error tsc makes a CommonJS module of it, and Flue an ES module.\n';
	return [{ start, end: start, text }];
}

/**
 * An error listener, after connect() and never before: without one a dropped connection ends the process, and with
 * one before connect() a wrong address becomes an endless retry instead of a failed start (both measured). And a look
 * at the connection, since no option of the client ends one that is dead or read-only: its `pingInterval` waits for an
 * answer for ever, each write puts its `socketTimeout` off, and after that one it does not connect again. DEL of a key
 * that never exists changes nothing, and a replica refuses it.
 */
function reconnectSplices(file: Morph.SourceFile, options: RenderOptions): Splice[] {
	if (!options.reconnect) return [];
	const end = statementOf(file, 'client.connect()').getEnd();
	const text = [
		'',
		'// With a listener a dropped connection is made again instead of ending the process. It stands',
		'// after connect(), so that a wrong address still fails at start.',
		`client.on('error', (error) => console.error('${options.blueprint.title} connection:', error.message));`,
		...(options.isListenerAlone ? [] : lookLines(options)),
	].join('\n');
	return [{ start: end, end, text }];
}

function lookLines({ keyPrefix }: RenderOptions): string[] {
	return [
		'',
		'function renew() {',
		'  if (!client.isOpen) return;',
		'  client.destroy();',
		'  client.connect().catch(() => {});',
		'}',
		'',
		'// A connection that has died without a word, or leads to what a failover has made a replica, is',
		'// made again: every 5 s the server must take a write within 10 s.',
		'async function look() {',
		'  if (!client.isReady) return;',
		'  const late = setTimeout(renew, 10_000);',
		'  try {',
		`    await client.del(${quoted(`${keyPrefix ?? 'flue'}:look`, "'")});`,
		'  } catch (error) {',
		"    if (String(error).includes('READONLY')) renew();",
		'  } finally {',
		'    clearTimeout(late);',
		'  }',
		'}',
		'setInterval(look, 5_000).unref();',
	];
}

/** Renders db.ts. With no option that asks for more, this is the canonical text behind the marker line. */
export function renderDb(template: string, options: RenderOptions): string {
	const file = parse('template.ts', template);
	const text = spliceText(template, [
		{ start: 0, end: 0, text: `${markerOf(options.blueprint)}\n` },
		...addressSplices(file, options),
		...awaitSplices(file, options),
		...reconnectSplices(file, options),
		...argumentSplices(file, options),
		...typeSplices(file, options),
	]);
	return styleText(text, options.style);
}
