// A small Flue project for tests.

const MANIFEST = {
	name: 'app',
	private: true,
	type: 'module',
	dependencies: { '@flue/runtime': '2.0.3' },
};

/** The files of a Node-target project of Flue 2 that npm manages. */
export const PROJECT: Record<string, string> = {
	'package.json': `${JSON.stringify(MANIFEST, null, 2)}\n`,
	'package-lock.json': '{ "name": "app", "lockfileVersion": 3 }\n',
	'flue.config.ts': "export default { target: 'node' };\n",
	'src/agents/hello.ts': 'export {};\n',
	'.env': 'TOKEN=canary-token\n',
	'.gitignore': '.env\nnode_modules/\n',
};
