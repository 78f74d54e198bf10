// A Flue application of 1.0.0-beta.5 to beta.7 in this process: the runtime's own parts, put together as its
// build puts them together, with an agent and a workflow.
import { defineAgent, defineWorkflow, registerProvider } from '@flue/runtime';
import type { PersistenceStores } from '@flue/runtime/adapter';
import {
	admitDetachedWorkflow,
	Bash,
	bashFactoryToSessionEnv,
	configureFlueRuntime,
	createDefaultFlueApp,
	createFlueContext,
	createNodeAgentCoordinator,
	createNodeDispatchQueue,
	createRuntimeActivityGate,
	InMemoryFs,
	resolveModel,
} from '@flue/runtime/internal';

export interface Application {
	/** Sends one HTTP request to the application and reads its answer as JSON. */
	readonly ask: (
		method: string,
		path: string,
		body?: unknown,
	) => Promise<{ status: number; body: unknown }>;
	readonly stop: () => Promise<void>;
}

const pass = async (_context: unknown, next: () => Promise<void>) => next();

const assistant = defineAgent(() => ({ model: 'fake/m', instructions: 'Be brief.' }));

const summarize = defineWorkflow({
	agent: assistant,
	async run({ harness }) {
		const session = await harness.session();
		const reply = await session.prompt('Summarize.');
		return { summary: reply.text };
	},
});

/** Starts the application on some stores; the model is whatever answers at an address. */
export async function startApplication(
	stores: PersistenceStores,
	modelUrl: string,
): Promise<Application> {
	registerProvider('fake', { api: 'openai-completions', baseUrl: modelUrl, apiKey: 'fake' });
	const { executionStore, runStore, eventStreamStore } = stores;
	const activityGate = createRuntimeActivityGate();
	const createContext = (given: { id?: string; runId?: string; agentName?: string }) =>
		createFlueContext({
			...given,
			id: given.runId ?? given.id ?? '',
			env: {},
			agentConfig: { resolveModel },
			createDefaultEnv: async () =>
				bashFactoryToSessionEnv(() => new Bash({ fs: new InMemoryFs() })),
			defaultStore: executionStore.sessions,
			submissionStore: executionStore.submissions,
		});
	const agents = [{ name: 'assistant', definition: assistant, route: pass }];
	const workflows = [{ name: 'summarize', definition: summarize, route: pass, runs: pass }];
	const coordinator = createNodeAgentCoordinator({
		...executionStore,
		...{ agents, createContext, eventStreamStore, activityGate },
	});
	configureFlueRuntime({
		target: 'node',
		devMode: false,
		temporaryLocalExposure: false,
		createAgentAdmission: (agent: string, instance: string) =>
			coordinator.createAdmission(agent, instance),
		dispatchQueue: createNodeDispatchQueue(coordinator),
		admitWorkflow: ({ workflowName, input }: { workflowName: string; input: unknown }) =>
			admitDetachedWorkflow({
				...{ workflowName, input, createContext, runStore, eventStreamStore, activityGate },
				workflow: summarize,
				request: new Request('https://flue.invalid/', { method: 'POST' }),
			}),
		channelHandlers: {},
		createWorkflowContext: createContext,
		...{ agents, workflows, activityGate, runStore, eventStreamStore },
	} as unknown as Parameters<typeof configureFlueRuntime>[0]);
	await coordinator.reconcileSubmissions();
	const app = createDefaultFlueApp();
	return {
		async ask(method, path, body) {
			const init = { method, headers: { 'content-type': 'application/json' } };
			const request = new Request(`http://localhost${path}`, {
				...init,
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const response = await app.fetch(request, {});
			return { status: response.status, body: await response.json() };
		},
		stop: () => coordinator.shutdown(),
	};
}
