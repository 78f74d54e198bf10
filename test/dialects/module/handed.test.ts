import { describe, expect, it } from 'vitest';
import { planKey } from '../../../src/dialects/index.ts';

const CONFIG = `export const config = {
	databaseUrl: process.env.DATABASE_URL,
	appName: process.env.APP_NAME ?? 'app',
};
export default config;
`;

function planBesideUser(path: string, text: string, config = CONFIG) {
	const found = [...text.matchAll(/from '([^']+config)'/g)].map(([, one = '']) => one);
	const links = { [path]: Object.fromEntries(found.map((one) => [one, 'src/config.ts'])) };
	const importers = [{ path, text }];
	// A tree is kept with what was found out about it.
	const own = `${config}// ${path}: ${text.replaceAll('\n', ' ')}\n`;
	return planKey('src/config.ts', own, 'REDIS_URL', { files: [], links, users: [], importers });
}

const IMPORT = "import { config } from './config';\n";

describe('a module whose values another file hands to browsers whole is left alone', () => {
	it.each([
		['src/a.ts', `${IMPORT}app.get('/config', (req, res) => res.json(config));`],
		['src/a.ts', `${IMPORT}app.get('/env', (c) => c.json({ ...config }));`],
		['src/a.ts', `${IMPORT}app.get('/env', async () => ({ config }));`],
		['src/a.ts', `${IMPORT}reply.code(200).send({ settings: config });`],
		['src/a.ts', `${IMPORT}export const GET = () => Response.json(config);`],
		[
			'src/a.ts',
			`${IMPORT}export const GET = () => new Response(JSON.stringify(config, null, 2));`,
		],
		['src/a.ts', `${IMPORT}router.use((ctx) => { ctx.body = config; });`],
		['src/a.ts', `${IMPORT}const all = { ...config };\nserve((c) => c.json(Object.freeze(all)));`],
		['src/a.ts', `${IMPORT}function state() { return config; }\nserve((c) => c.json(state()));`],
		['src/a.ts', "import settings from './config';\nserve((c) => c.json(settings));"],
		['src/a.ts', "import * as all from './config';\nserve((c) => c.json(all.config));"],
		['src/a.ts', "import * as all from './config';\nserve((c) => c.json(all));"],
		['src/a.ts', "import { config as own } from './config';\nserve((c) => c.json(own));"],
		['src/a.ts', `${IMPORT}const { databaseUrl, ...rest } = config;\nserve((c) => c.json(rest));`],
		['src/a.ts', `${IMPORT}serve((c) => c.json(omit(config, ['databaseUrl'])));`],
		['src/a.ts', `'use server';\n${IMPORT}export async function all() { return config; }`],
		['src/a.tsx', `${IMPORT}export async function loader() { return { ENV: config }; }`],
		[
			'src/a.tsx',
			`${IMPORT}export const getServerSideProps = async () => ({ props: { config } });`,
		],
		['src/a.tsx', `${IMPORT}export const Page = () => <SettingsProvider value={config} />;`],
		['src/a.tsx', `${IMPORT}export const Page = () => <Providers config={config} />;`],
		['src/+page.server.ts', `${IMPORT}export const load = async () => { return { config }; };`],
		['src/a.ts', `${IMPORT}await esbuild.build({ define: { CONFIG: JSON.stringify(config) } });`],
		[
			'src/a.ts',
			`${IMPORT}const page = () => \`<script>window.ENV = \${JSON.stringify(config)}</script>\`;`,
		],
		[
			'src/a.ts',
			`${IMPORT}const page = () => '<script>ENV=' + JSON.stringify(config).replace(/</g, '') + '</script>';`,
		],
		[
			'src/a.ts',
			`${IMPORT}export const router = t.router({ all: publicProcedure.query(() => config) });`,
		],
		['src/a.ts', `${IMPORT}export const resolvers = { Query: { config: () => config } };`],
		['src/a.ts', `${IMPORT}class A { @Get('config') all() { return config; } }`],
		[
			'vite.config.ts',
			`${IMPORT}export default { define: { 'process.env': JSON.stringify(config) } };`,
		],
		[
			'vite.config.ts',
			`${IMPORT}export default { define: Object.fromEntries(Object.entries(config).map(([k, v]) => [k, v])) };`,
		],
		['next.config.ts', `${IMPORT}export default { env: { ...config } };`],
		[
			'nuxt.config.ts',
			`${IMPORT}export default defineNuxtConfig({ runtimeConfig: { public: config } });`,
		],
		[
			'webpack.config.js',
			`${IMPORT}export default { plugins: [new webpack.EnvironmentPlugin(config)] };`,
		],
	])('%s: %s', (path, text) => {
		const plan = planBesideUser(path, text);
		expect(plan.kind).toBe('unclear');
		expect(plan.after.startsWith(CONFIG)).toBe(true);
		expect(plan.kind === 'unclear' && plan.reason).toMatch(`${path} hands`);
	});

	it('where the whole of it is a part of what is handed on', () => {
		const text = CONFIG.replace('default config', 'const all = { ...config, version: 1 }');
		const user = "import { all } from './config';\nserve((c) => c.json(all));";
		expect(planBesideUser('src/a.ts', user, text).kind).toBe('unclear');
	});

	it('where it does so itself', () => {
		const text = `${CONFIG}export const app = new Hono().get('/', (c) => c.json(config));\n`;
		expect(planBesideUser('src/a.ts', '', text).kind).toBe('unclear');
	});
});

describe('what is no such thing', () => {
	it.each([
		`${IMPORT}export default createApp(config);`,
		`${IMPORT}logger.info('started', { port: config.port });`,
		`${IMPORT}app.get('/', (c) => c.json({ name: config.appName }));`,
		`${IMPORT}app.get('/', async (c) => c.json(await createDb(config).list()));`,
		`${IMPORT}const db = createDb(config);\napp.get('/', (c) => c.json(db.list(config)));`,
		`${IMPORT}app.get('/', (c) => c.json(toPublic(config)));`,
		`${IMPORT}app.get('/', (c) => c.json(pick(config, ['appName'])));`,
		`${IMPORT}app.get('/', (c) => c.text(JSON.stringify(config, ['appName'])));`,
		`${IMPORT}app.use('/x', makeMiddleware(config));`,
		`${IMPORT}cache.get('config', () => config);`,
		`${IMPORT}worker.send(config); process.send(config); mailer.send({ config });`,
		`${IMPORT}const { appName } = config;\napp.get('/', (c) => c.json({ appName }));`,
		`${IMPORT}const options = { env: config, define: config };`,
		"import type { config } from './config';\napp.get('/', (c) => c.json(config));",
	])('%s', (text) => {
		expect(planBesideUser('src/a.ts', text).kind).toBe('ready');
	});

	it('is another export of the module', () => {
		const text = `export const site = { name: process.env.NAME, url: process.env.SITE_URL };\n${CONFIG}`;
		const user = "import { site } from './config';\nserve((c) => c.json(site));";
		const plan = planBesideUser('src/a.ts', user, text);
		expect(plan).toMatchObject({ kind: 'ready', access: { expression: 'config.redisUrl' } });
	});
});
