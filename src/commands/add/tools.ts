// The programs that `add` may call: the project's formatter and its package manager, beside git. Made once, from the environment.
import { join } from 'node:path';
import type { ApplySeams } from '../../apply/index.ts';
import { blockedWarnings, failureOf } from '../../apply/install-failure.ts';
import { saysAbsent, viewArguments } from '../../apply/registry.ts';
import { checkInstalled } from '../../apply/resolve-check.ts';
import { type Command, type CommandResult, runCommand } from '../../apply/run.ts';
import { FlueError } from '../../errors.ts';
import { findExecutable } from '../../inspect/files.ts';
import { readPackageFact } from '../../inspect/packages/packages.ts';
import { readRuntimes } from '../../inspect/packages/runtimes.ts';
import { findProject } from '../../inspect/project.ts';
import { detectFormatter } from '../../inspect/style/formatter.ts';
import type { Choices } from '../../model/choices.ts';
import type { Facts } from '../../model/facts.ts';
import type { Warning } from '../../model/found.ts';
import type { PackageManager } from '../../model/request.ts';
import { checkClient } from '../../plan/client.ts';
import { VENDORED } from '../../plan/vendor.ts';
import {
	type CommonTools,
	type Environment,
	makeCommonTools,
	type ShowProgress,
} from '../tools.ts';

type InstallSeams = Omit<ApplySeams, 'mark'>;

/** What an install is held to. */
type InstallChoices = Pick<
	Choices,
	'blueprint' | 'copy' | 'alignRuntime' | 'adapter' | 'packageManager'
>;

export interface Tools extends CommonTools {
	/**
	 * The text of db.ts as the project's own formatter writes it.
	 * @throws FORMATTER_FAILED when there is none, or it fails.
	 */
	format(facts: Facts, text: string): Promise<string>;
	/** Whether the manager's registry says that it has no adapter; false also when it says nothing in time. */
	lacksAdapter(project: { facts: Facts; choices: Choices }, signal: AbortSignal): Promise<boolean>;
	/** @throws MANAGER_MISSING when it is not on PATH. */
	requireManager(name: PackageManager): void;
	/** What `applyPlan` needs; `warnings` receives what the check after the install has to say. */
	applySeams(
		project: { facts: Facts; choices: InstallChoices },
		signal: AbortSignal,
		warnings: Warning[],
	): InstallSeams;
}

/** Where a package manager lies. @throws MANAGER_MISSING */
export function managerPath(name: PackageManager, environment: Environment): string {
	const file = findExecutable(name, environment);
	if (file) return file;
	throw new FlueError(
		'MANAGER_MISSING',
		`The project uses ${name}, and there is no ${name} on PATH. Nothing was changed.`,
		{
			flag: '--no-install',
			hint: `Install ${name}, name another with --package-manager, or leave the install to yourself with --no-install.`,
		},
	);
}

async function formatText(facts: Facts, text: string, environment: Environment): Promise<string> {
	const formatter = detectFormatter(facts, facts.dbEntry.value.path);
	if (!formatter) {
		throw new FlueError(
			'FORMATTER_FAILED',
			'The project has neither Prettier nor Biome installed.',
			{
				hint: 'Install its packages first, or leave --format out.',
			},
		);
	}
	const { name, file, args } = formatter.value;
	const result = await runCommand({ file, args, cwd: facts.root, environment, input: text });
	if (result.exitCode === 0 && result.stdout.trim() !== '') return result.stdout;
	throw new FlueError(
		'FORMATTER_FAILED',
		`${name} failed on db.ts: ${result.tail.trim().slice(-4000) || 'it printed nothing'}`,
		{
			hint: 'Mend its configuration, or leave --format out.',
		},
	);
}

interface Programs {
	environment: Environment;
	progress: ShowProgress;
}

/** Runs a package manager, with its output on the display. */
export async function runManager(
	{ environment, progress }: Programs,
	run: Pick<Command, 'args' | 'cwd' | 'onStart'> & {
		command: PackageManager;
		signal: AbortSignal;
	},
): Promise<CommandResult> {
	const display = progress?.([run.command, ...run.args].join(' '));
	try {
		const file = managerPath(run.command, environment);
		const onOutput = (chunk: string): void => display?.output(chunk);
		return await runCommand({ ...run, file, environment, onOutput });
	} finally {
		display?.stop();
	}
}

/** So long the registry may take to say whether it has the adapter: what it is asked for is a convenience. */
const ASKING_MS = 15_000;

async function lacksAdapter(
	tools: Programs,
	{ facts, choices }: { facts: Facts; choices: Choices },
	signal: AbortSignal,
): Promise<boolean> {
	const command = choices.packageManager.value;
	const args = viewArguments(command, facts.managerTraits, choices.blueprint.adapter.name);
	const limited = AbortSignal.any([signal, AbortSignal.timeout(ASKING_MS)]);
	const { tail } = await runManager(tools, { command, args, cwd: facts.root, signal: limited });
	return saysAbsent(tail);
}

/** A tarball of ours has no version in package.json that an install could be held to. */
function vendoredVersion({ adapter, copy, blueprint }: InstallChoices): Record<string, string> {
	return adapter === VENDORED && copy ? { [blueprint.adapter.name]: copy.version } : {};
}

function installSeams(
	tools: Programs,
	{ facts, choices }: { facts: Facts; choices: InstallChoices },
	run: { signal: AbortSignal; warnings: Warning[] },
): InstallSeams {
	const { adapter, client } = choices.blueprint;
	return {
		signal: run.signal,
		install: ({ command, args, folder = '' }, onStart) => {
			const cwd = join(facts.root, folder);
			return runManager(tools, { command, args, cwd, signal: run.signal, onStart });
		},
		checkInstalled({ command }, result) {
			const hasCopy = choices.copy !== null;
			const failure = failureOf(result, { command, adapter: adapter.name, hasCopy });
			if (failure) throw failure;
			run.warnings.push(...blockedWarnings(command, result));
			const project = { ...findProject(facts.root), catalogs: facts.catalogs };
			const installed = {
				manager: command,
				traits: facts.managerTraits,
				packages: [readPackageFact(project, adapter.name), readPackageFact(project, client.name)],
				runtimes: readRuntimes(project, facts),
			};
			const promised = {
				oneRuntime: choices.alignRuntime === true,
				before: facts.runtimes,
				versions: vendoredVersion(choices),
			};
			run.warnings.push(...checkInstalled(installed, promised));
			const [, clientFact] = installed.packages;
			const packages = { ...facts.packages, client: clientFact ?? facts.packages.client };
			checkClient({ ...facts, packages }, choices);
		},
	};
}

/** Makes the tools. Nothing is run before one of them is called. */
export function makeTools(environment: Environment, progress: ShowProgress): Tools {
	return {
		...makeCommonTools(environment),
		format: (facts, text) => formatText(facts, text, environment),
		lacksAdapter: (project, signal) => lacksAdapter({ environment, progress }, project, signal),
		requireManager: (name) => void managerPath(name, environment),
		applySeams: (project, signal, warnings) =>
			installSeams({ environment, progress }, project, { signal, warnings }),
	};
}
