// A real project of the 1.0 beta for Node, made by that line's own `flue init`: an agent and a workflow, on a model that needs no provider.
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { flueProject } from './project.ts';
import { run, runLocal } from './toolchain.ts';

const MODEL = '@earendil-works/pi-ai';

/** beta.8 moved what registers a model for every agent into an entry of its own. */
function modelEntry(version: string): string {
	return /beta\.[57]$/.test(version) ? MODEL : `${MODEL}/compat`;
}

/** Answers with the number of messages that it was shown, TOKENS_PER_SECOND tokens each second or at once. */
const app = (
	version: string,
) => `import { fauxAssistantMessage, registerFauxProvider } from '${modelEntry(version)}';
import { listRuns, registerProvider } from '@flue/runtime';
import { flue } from '@flue/runtime/routing';
import { Hono } from 'hono';

const faux = registerFauxProvider({
	api: 'faux',
	provider: 'faux',
	models: [{ id: 'm' }],
	tokensPerSecond: Number(process.env.TOKENS_PER_SECOND ?? 0),
});
faux.setResponses(
	Array.from(
		{ length: 100 },
		() => ({ messages: { length } }) =>
			fauxAssistantMessage(\`I was shown \${length} message\${length === 1 ? '' : 's'}.\`),
	),
);
registerProvider('faux', { api: 'faux', baseUrl: 'http://faux.invalid', apiKey: 'none needed' });

const app = new Hono();
app.route('/', flue());
// The framework has no route that lists runs.
app.get('/listing', async (context) => context.json(await listRuns()));

export default app;
`;

const AGENT = `import { type AgentRouteHandler, defineAgent } from '@flue/runtime';

export const route: AgentRouteHandler = async (_context, next) => next();

export default defineAgent(() => ({
	model: 'faux/m',
	instructions: 'You are a helpful assistant.',
}));
`;

const WORKFLOW = `import {
	defineAgent,
	defineWorkflow,
	type WorkflowRouteHandler,
	type WorkflowRunsHandler,
} from '@flue/runtime';

export const route: WorkflowRouteHandler = async (_context, next) => next();
export const runs: WorkflowRunsHandler = async (_context, next) => next();

export default defineWorkflow({
	agent: defineAgent(() => ({ model: 'faux/m', instructions: 'Be brief.' })),
	async run({ harness }) {
		const session = await harness.session();
		const { text } = await session.prompt('Summarize.');
		return { summary: text };
	},
});
`;

/** The range in which the runtime itself takes the model's package, so that there is one copy of it. */
async function modelRange(version: string): Promise<string> {
	const asked = [`@flue/runtime@${version}`, `dependencies.${MODEL}`];
	return (await run('npm', ['view', ...asked], { cwd: tmpdir() })).trim();
}

/**
 * Makes the project in a folder that is not there yet: package.json with exact versions, an install, the line's own `flue init`, and the
 * sources.
 */
export async function initBeta(root: string, version: string): Promise<void> {
	const manifest = {
		name: 'my-agents',
		private: true,
		type: 'module',
		dependencies: {
			[MODEL]: await modelRange(version),
			'@flue/runtime': version,
			hono: '4.12.32',
		},
		devDependencies: { '@flue/cli': version, '@types/node': '22.20.0', typescript: '7.0.2' },
	};
	const { 'tsconfig.json': tsconfig = '' } = flueProject('beta');
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	};
	write('package.json', `${JSON.stringify(manifest, null, '\t')}\n`);
	await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: root });
	await runLocal('flue', ['init', '--target', 'node'], root);
	write('tsconfig.json', tsconfig);
	write('src/app.ts', app(version));
	write('src/agents/hello.ts', AGENT);
	write('src/workflows/summarize.ts', WORKFLOW);
}
