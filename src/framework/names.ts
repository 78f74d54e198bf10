// What the framework's own command, `flue` of @flue/cli, has: its commands and its blueprints. Data, held to the real one by a test.

/** Of @flue/cli 2.0.3 and, `dev` and `build`, of the 1.0 beta. `add` is there too, beside ours. */
export const FRAMEWORK_COMMANDS = ['run', 'init', 'docs', 'update', 'dev', 'build'];

/** Kinds and names of its `add`, which prints a guide for a coding agent (@flue/cli 2.0.3), but for those that are ours too. */
export const FRAMEWORK_BLUEPRINTS: Readonly<Record<string, readonly string[]>> = {
	channel: [
		'discord',
		'github',
		'google-chat',
		'intercom',
		'linear',
		'messenger',
		'notion',
		'resend',
		'salesforce-marketing-cloud',
		'shopify',
		'slack',
		'stripe',
		'teams',
		'telegram',
		'twilio',
		'whatsapp',
		'zendesk',
	],
	database: ['libsql', 'mongodb', 'mysql', 'postgres', 'supabase', 'turso'],
	sandbox: [
		'boxd',
		'cloudflare',
		'cloudflare-computer',
		'daytona',
		'e2b',
		'exedev',
		'islo',
		'mirage',
		'modal',
		'vercel',
	],
	tooling: ['braintrust', 'sentry', 'vitest-evals'],
};
