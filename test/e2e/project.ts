// A real Flue 2 project for Node as values: path -> text. Its agent answers through a model that needs no provider.

/** The versions that go together (measured); everything is exact, so that there is one @flue/runtime. */
const VERSIONS = {
	'@flue/runtime': '2.0.3',
	'@flue/cli': '2.0.3',
	'@flue/vite': '2.0.3',
	'@earendil-works/pi-ai': '0.83.0',
	'@types/node': '22.20.0',
	hono: '4.12.32',
	typescript: '7.0.2',
	vite: '8.3.8',
} as const;

type PackageName = keyof typeof VERSIONS;

function pick(...names: PackageName[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, VERSIONS[name]]));
}

/** package.json as `flue init --deploy` writes it, with exact versions; `more` wins. */
export function manifest(name: string, more: object = {}): string {
	const content = {
		name,
		private: true,
		type: 'module',
		scripts: { build: 'vite build', start: 'node dist/server.mjs', 'check:types': 'tsc --noEmit' },
		dependencies: pick('@earendil-works/pi-ai', '@flue/runtime', 'hono'),
		devDependencies: pick('@flue/cli', '@flue/vite', '@types/node', 'typescript', 'vite'),
		...more,
	};
	return `${JSON.stringify(content, null, '\t')}\n`;
}

/** Answers with the number of messages that it was shown, after REPLY_MS milliseconds. */
const AGENT = `'use agent';
import { fauxAssistantMessage, fauxProvider } from '@earendil-works/pi-ai';
import { setProvider, useModel } from '@flue/runtime';

const faux = fauxProvider({ provider: 'faux', models: [{ id: 'm' }] });
faux.setResponses(
	Array.from({ length: 100 }, () => async (context) => {
		await new Promise((resume) => setTimeout(resume, Number(process.env.REPLY_MS ?? 0)));
		const { length } = context.messages;
		return fauxAssistantMessage(\`I was shown \${length} message\${length === 1 ? '' : 's'}.\`);
	}),
);
setProvider({
	...faux.provider,
	auth: { apiKey: { name: 'none needed', resolve: async () => ({ auth: { apiKey: 'x' } }) } },
});

export function Hello() {
	useModel('faux/m');
	return 'You are a helpful assistant.';
}
`;

const TSCONFIG = {
	compilerOptions: {
		target: 'ES2022',
		module: 'ESNext',
		moduleResolution: 'Bundler',
		lib: ['ESNext'],
		types: ['node'],
		allowImportingTsExtensions: true,
		verbatimModuleSyntax: true,
		strict: true,
		skipLibCheck: true,
		noEmit: true,
	},
};

/** The project with its sources in a folder: `src/`, `.flue/` or none. */
export function flueProject(name: string, sourceRoot: '' | 'src/' | '.flue/' = 'src/') {
	return {
		'package.json': manifest(name),
		'tsconfig.json': `${JSON.stringify(
			{ ...TSCONFIG, include: [`${sourceRoot}**/*.ts`] },
			null,
			'\t',
		)}\n`,
		'flue.config.ts':
			"import { defineConfig } from '@flue/runtime/config';\n\nexport default defineConfig({\n\ttarget: 'node',\n});\n",
		'vite.config.ts':
			"import { flue } from '@flue/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n\tplugins: [flue()],\n});\n",
		'.gitignore': 'node_modules/\ndist/\n.env\ndata/\n',
		[`${sourceRoot}agents/hello.ts`]: AGENT,
		[`${sourceRoot}app.ts`]: `import { createAgentRouter } from '@flue/runtime/routing';
import { Hono } from 'hono';
import { Hello } from './agents/hello.ts';

const app = new Hono();
app.route('/agents/hello', createAgentRouter(Hello));

export default app;
`,
	};
}
