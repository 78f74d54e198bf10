// Values of the program's own types for tests: a plain project, of which a test changes what it is about.
import { blueprint as redis } from '../src/blueprints/redis.ts';
import type { Choices } from '../src/model/choices.ts';
import type { Facts } from '../src/model/facts.ts';
import type { Plan, SecretPlan, WriteStep } from '../src/model/plan.ts';
import type { AddOptions } from '../src/model/request.ts';
import type { RuntimeFacts } from '../src/model/runtime.ts';
import type { EntryDraft } from '../src/plan/entry.ts';
import { CANONICAL_STYLE } from '../src/plan/style-text.ts';

/** The options of `flue add` when nothing is said. */
export function makeOptions(changes: Partial<AddOptions> = {}): AddOptions {
	return {
		cwd: '.',
		yes: false,
		dryRun: false,
		json: false,
		print: false,
		install: true,
		inspectServer: true,
		format: false,
		replace: false,
		reconnect: undefined,
		alignRuntime: undefined,
		packageManager: undefined,
		secrets: undefined,
		envVar: undefined,
		keyPrefix: undefined,
		retain: undefined,
		adapter: undefined,
		target: undefined,
		entry: undefined,
		agentsMd: false,
		verify: false,
		planOut: undefined,
		...changes,
	};
}

/** One copy of the runtime, in a project that declares it. */
export function makeRuntimes(changes: Partial<RuntimeFacts> = {}): RuntimeFacts {
	return {
		copies: [{ path: 'node_modules/@flue/runtime', version: '2.0.3' }],
		pins: [],
		cutOff: [],
		declared: { range: '2.0.3', field: 'dependencies' },
		others: [],
		settings: null,
		...changes,
	};
}

/** What an install is told of a runtime that nothing is done about. */
export const RUNTIME_AS_IT_IS = { dependencies: [], verb: 'install' } as const;

/** A Node-target project of Flue 2 that npm manages, without a db entry, a package or an env file. */
export function makeFacts(changes: Partial<Facts> = {}): Facts {
	return {
		root: '/app',
		boundary: '/app',
		manifest: { path: 'package.json', text: '{\n  "name": "app"\n}\n' },
		line: { value: '2.x', from: 'package.json' },
		runtime: { value: '2.0.3', from: 'package-lock.json' },
		runtimes: makeRuntimes(),
		catalogs: [],
		foreignManager: null,
		target: { value: 'node', from: 'flue.config.ts:1' },
		packageManager: { value: 'npm', from: 'package-lock.json' },
		members: [],
		managerTraits: { yarnIsBerry: null, ignoresWorkspace: false, pnpmMajor: null },
		sourceRoot: { value: 'src', from: 'src/' },
		dbEntry: { value: { path: 'src/db.ts', text: null }, from: 'src/' },
		entryUse: null,
		scaffoldData: false,
		packages: {
			adapter: { name: '@flue/redis', declared: null, installed: null },
			client: { name: 'redis', declared: null, installed: null },
		},
		secrets: {
			convention: { value: 'none', from: 'nothing that holds secrets' },
			env: { files: [], present: {} },
			configModule: null,
			unknownModule: null,
		},
		style: { value: CANONICAL_STYLE, from: 'src/agents/hello.ts' },
		typeChecks: {
			bracketAccess: false,
			exactOptional: false,
			typedExports: false,
			refusesAwait: null,
			from: [],
		},
		importExtension: { value: '.ts', from: 'tsconfig.json' },
		warnings: [],
		...changes,
	};
}

/** A db entry with this text. */
export function withEntry(text: string | null, path = 'src/db.ts'): Pick<Facts, 'dbEntry'> {
	return { dbEntry: { value: { path, text }, from: 'src/' } };
}

export function makeSettled(changes: Partial<Choices> = {}): Choices {
	return {
		blueprint: redis,
		packageManager: { value: 'npm', from: 'package-lock.json' },
		target: { value: 'node', from: 'flue.config.ts:1' },
		replaceDb: false,
		reconnect: false,
		alignRuntime: null,
		adapter: undefined,
		copy: null,
		...changes,
	};
}

export function makeSecretPlan(changes: Partial<SecretPlan> = {}): SecretPlan {
	return {
		convention: { value: 'none', from: 'nothing that holds secrets' },
		expression: 'process.env.REDIS_URL',
		module: null,
		requiredBy: null,
		steps: [],
		warnings: [],
		...changes,
	};
}

export function makeDraft(state: EntryDraft['state'] = 'absent', reconnects = false): EntryDraft {
	return {
		blueprint: redis,
		writtenBy: null,
		isToldOtherwise: false,
		state,
		reconnects,
		render: (reconnect) => `// reconnect: ${reconnect}\n`,
	};
}

export function makePlanned(changes: Partial<Plan> = {}): Plan {
	return {
		root: '/app',
		boundary: '/app',
		steps: [],
		installTouches: [],
		warnings: [],
		installCommand: null,
		nextSteps: ['Set REDIS_URL.'],
		...changes,
	};
}

export function makeWrite(changes: Partial<WriteStep> = {}): WriteStep {
	return {
		kind: 'write',
		path: 'src/db.ts',
		before: null,
		after: 'export {};\n',
		shown: 'changes',
		...changes,
	};
}
