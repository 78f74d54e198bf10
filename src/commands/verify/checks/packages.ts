// What must be installed, in which version, and what runs it. Pure.
import { copiesText, cureText, FLAT, isSplit } from '../../../managers/one-runtime.ts';
import type { Facts, PackageFact } from '../../../model/facts.ts';
import type { Check, ProjectFacts } from '../../../model/verification.ts';
import { askedFor, isAbove, isBetween, isIn, rangeOf } from '../../../text/versions.ts';
import { fail, pass, skipped, warn } from './check.ts';

/** Where Flue itself runs (its own `engines`, 2.0.3). */
const NODE_OF_FLUE = '>=22.19.0 <23 || >=23.6.0';

/** What is wrong with a package, most basic first; null when nothing is. */
function packageFault({ name, declared, installed }: PackageFact): Check | null {
	const id = name === 'redis' ? 'project.client' : 'project.adapter';
	if (!declared)
		return fail(
			id,
			`package.json does not declare ${name}`,
			'Run `flue add database`, or install it.',
		);
	if (declared.field !== 'dependencies')
		return fail(
			id,
			`${name} stands in ${declared.field}, and a production install may leave it out`,
			'Move it to dependencies.',
		);
	if (installed === null)
		return fail(
			id,
			`${name} ${declared.range} is declared and not installed`,
			'Run the install of your package manager.',
		);
	const range = rangeOf(askedFor(declared));
	if (range !== null && !isBetween(installed, range))
		return fail(
			id,
			`${name} ${installed} is installed, and package.json asks for ${range}`,
			'Run the install of your package manager.',
		);
	return null;
}

/** What puts a copy into vendor/; `what` is the end of the sentence. Where none is for the project's runtime it would be refused. */
function vendorCure({ blueprint, hasNoCopy }: ProjectFacts, what: string): string {
	return hasNoCopy
		? 'None of the adapters that this command brings along is for that runtime: move the project to 1.0.0-beta.9 or 2.x.'
		: `Run \`flue add ${blueprint.kind} ${blueprint.name} --adapter vendored\`: ${what}.`;
}

/** What keeps everybody but this folder from installing the adapter; null when nothing does. */
function vendoredFault(project: ProjectFacts): Check | null {
	const { vendored } = project;
	if (!vendored) return null;
	const { path, isThere, lockfile } = vendored;
	const does = 'it puts a copy there under a name of its own, and installs it';
	const cure = vendorCure(project, does);
	if (!isThere)
		return fail(
			'project.adapter',
			`package.json takes the adapter from ${path}, which is not there`,
			cure,
		);
	const message = `${path} is not the file that ${lockfile} was made from, so a clean install fails`;
	return lockfile === null ? null : fail('project.adapter', message, cure);
}

/** Whether the adapter in vendor/ is for the project's runtime at all. */
function lineFault(project: ProjectFacts): Check | null {
	const { unfit, facts } = project;
	const { runtime } = facts;
	if (!unfit) return null;
	return fail(
		'project.adapter',
		`the adapter in vendor/ is for @flue/runtime ${unfit.runtime}, and the project's is ${runtime?.value}`,
		vendorCure(project, 'it puts the one for that runtime there, and installs it'),
	);
}

function adapterCheck(project: ProjectFacts): Check {
	const { adapter } = project.facts.packages;
	return (
		lineFault(project) ??
		packageFault(adapter) ??
		vendoredFault(project) ??
		pass('project.adapter', `${adapter.name} ${adapter.installed}`)
	);
}

function clientCheck({ facts, blueprint, adapterMake }: ProjectFacts): Check {
	const { client } = facts.packages;
	const fault = packageFault(client);
	if (fault) return fault;
	const { name, range, accepts } = blueprint.client;
	// An adapter that takes the runtime as a peer is this project's own, which takes either client on every line.
	const line = adapterMake === 'peer' ? '2.x' : facts.line.value;
	const version = client.installed ?? '';
	if (isIn(version, accepts[line])) return pass('project.client', `${name} ${version}`);
	const reason = isAbove(version, accepts[line])
		? `Flue ${line} was not run with it, or breaks with it`
		: 'it is older than the adapter works with';
	return fail('project.client', `${name} ${version}: ${reason}`, `Install ${name}@${range}.`);
}

/** The cure in the words of the project's manager; where that is open, in those of each that it may be. */
function oneRuntime({ packageManager, managerTraits, runtimes }: Facts): string {
	const may = 'options' in packageManager ? packageManager.options : [packageManager];
	const cures = may.map(({ value }) => [value, cureText(runtimes, value, managerTraits)] as const);
	const [first = '', ...others] = new Set(cures.map(([, cure]) => cure));
	if (others.length === 0) return first;
	return cures.map(([manager, cure]) => `With ${manager}: ${cure}`).join(' ');
}

function runtimeCheck({ facts }: ProjectFacts): Check {
	const id = 'project.runtime-copies';
	const { copies, cutOff } = facts.runtimes;
	if (copies.length === 0) return skipped(id, '@flue/runtime is not installed');
	if (cutOff.length > 0)
		return fail(id, `${cutOff.join(' and ')} does not find @flue/runtime from where it lies`, FLAT);
	if (!isSplit(facts.runtimes)) return pass(id, `one copy of @flue/runtime, ${copies[0]?.version}`);
	const message = `there are ${copies.length} copies of @flue/runtime: ${copiesText(facts.runtimes)}`;
	return fail(id, message, oneRuntime(facts));
}

function nodeCheck({ node }: ProjectFacts): Check {
	const id = 'project.node';
	if (node === null) return warn(id, 'there is no node on PATH', 'Flue needs Node 22.19 or later.');
	if (isIn(node, NODE_OF_FLUE)) return pass(id, `Node ${node} on PATH`);
	return fail(
		id,
		`Node ${node} is on PATH, and Flue needs 22.19 or later, or 23.6 or later`,
		'Install a newer Node.',
	);
}

/** What Flue builds for: Cloudflare refuses a db entry. */
export function targetCheck({ facts: { target } }: ProjectFacts): Check {
	const id = 'project.target';
	if ('options' in target)
		return warn(id, `the target is open: ${target.from}`, 'A build for Cloudflare refuses db.ts.');
	if (target.value === 'node') return pass(id, `node, because of ${target.from}`);
	return fail(
		id,
		`the project builds for Cloudflare (${target.from}), which refuses db.ts`,
		'Cloudflare agents keep their state in Durable Object SQLite: remove db.ts.',
	);
}

/** Packages, copies and Node. */
export function packageChecks(project: ProjectFacts): Check[] {
	return [adapterCheck, clientCheck, runtimeCheck, nodeCheck].map((check) => check(project));
}
