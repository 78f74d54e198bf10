import { describe, expect, it } from 'vitest';
import { reasonAgainst, recogniseDialect } from '../../../src/dialects/index.ts';
import { readSources } from '../../../src/inspect/code/source-files.ts';
import { findConfigModule } from '../../../src/inspect/secrets/config-module.ts';
import { makeTree } from '../../tree.ts';

const MODULE =
	'export const config = { databaseUrl: process.env.DATABASE_URL, apiKey: process.env.API_KEY };\n';

function find(files: Record<string, string>) {
	const root = makeTree({ 'src/config.ts': MODULE, ...files });
	const place = { root, boundary: root, sourceRoot: 'src', manifest: {}, members: [] };
	const dialects = { recognise: recogniseDialect, reasonAgainst };
	return findConfigModule({ ...place, ...dialects, sources: readSources(place) });
}

const SENDS =
	"import { config } from '@/config';\nexport const GET = () => Response.json(config);\n";
const MAKES = "import type { Config } from '../src/config.ts';\nconst mock: Config = { a: '' };\n";

describe('the files that import a config module', () => {
	it('keep it from being used where one of them hands it to browsers', () => {
		const { fact, warnings } = find({
			'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
			'src/app/api/info/route.ts': SENDS,
		});
		expect(fact.known).toBeNull();
		expect(warnings).toEqual([
			{
				code: 'CONFIG_MODULE_UNUSABLE',
				message:
					'src/config.ts is not used because src/app/api/info/route.ts hands the whole of config to browsers: db.ts reads process.env instead.',
			},
		]);
	});

	it('are known by way of a file that gives the module on', () => {
		const { fact } = find({
			'src/config.ts': 'export const nothing = 1;\n',
			'src/settings/env.ts': MODULE,
			'src/settings/index.ts': "export * from './env';\n",
			'src/agents/a.ts': "import { config } from '../settings';\n",
			'src/app.ts': "import { config } from './settings';\napp.get('/', (c) => c.json(config));\n",
		});
		expect(fact.known).toBeNull();
	});

	it('are known by way of a file of another name that gives the module on', () => {
		const { fact } = find({
			'src/lib.ts': "export { config } from './config.js';\n",
			'src/app.ts': "import { config } from './lib.js';\napp.get('/', (c) => c.json(config));\n",
		});
		expect(fact.known).toBeNull();
	});

	it('are known where they make objects', () => {
		const { fact } = find({ 'test/mock.ts': MAKES, 'test/other.ts': 'export const one = 1;\n' });
		expect(fact.known?.beside.importers.map(({ path }) => path)).toEqual(['test/mock.ts']);
	});

	it('are not looked for in packages and in what a build made', () => {
		const there = { 'node_modules/a/a.js': SENDS, 'dist/a.js': SENDS, '.next/a.js': SENDS };
		expect(find(there).fact.known?.beside.importers).toEqual([]);
	});
});
