// What an outlet of a module is for: the whole project, browsers, or one other service whose room is not ours.
import { type Morph, morph } from '../../text/source.ts';
import { handersOf } from './handers.ts';
import {
	handerOf,
	isPublicName,
	isPublicVariable,
	liesInReach,
	partsOf,
	reachesBrowser,
} from './reach.ts';

/** Words that say that something is a configuration, and nothing of what. */
const GENERAL = new Set(
	`a all and app application agent api base by common config configs configuration conf cfg core create default define env envs environment
	fetch for from get global init internal is load loaded loader main make my node of options opts parse parsed private process project raw read
	required resolve root runtime safe schema secret secrets server service settings setup shared system the to typed use validate validated values
	variables vars with backend bot flue worker`.split(/\s+/),
);
const OWN = /^(?:redis|valkey|keydb)$/;
/** Things that have settings of their own in many projects. */
const SERVICES = new Set(
	`airtable algolia amplitude anthropic apple auth aws azure bedrock betterauth bigquery billing bucket bugsnag clerk clickhouse cloudflare
	cloudinary cohere cors database datadog db discord docker dynamo dynamodb elastic elasticsearch email facebook feature features figma firebase flags gcp gemini
	github gitlab google grafana groq honeycomb hubspot intercom jira jwt kafka langfuse langsmith linear llm log logger logging mail mailer
	mailgun meilisearch microsoft minio mistral mixpanel mongo mongodb mssql mysql neon notion oauth okta ollama openai openrouter oracle otel
	paddle passport payment payments pg pinecone pinata planetscale posthog postgres postgresql postmark prisma pusher qdrant rabbitmq resend s3
	salesforce segment sendgrid sentry session sessions shopify slack smtp snowflake sms sqlite sqs storage stripe supabase telegram telemetry
	tracing turso twilio twitter typesense upload uploads vercel whatsapp zendesk zoom`.split(/\s+/),
);

/** True for `loadConfig`, which says nothing of what its settings are for; `loadDemoConfig` says more. */
export function isGeneral(name: string): boolean {
	return partsOf(name).every((word) => GENERAL.has(word));
}

/** True when a name, or every variable beside it, says that an outlet belongs to one other service. */
function isOfOtherService(name: string, variables: Iterable<string>): boolean {
	const words = partsOf(name).filter((word) => !GENERAL.has(word));
	if (words.length === 0 || words.some((word) => OWN.test(word))) return false;
	const joined = words.join('');
	if (words.some((word) => SERVICES.has(word)) || SERVICES.has(joined)) return true;
	const all = [...variables].map((one) => one.toLowerCase().replaceAll('_', ''));
	return all.length > 0 && all.every((one) => one.startsWith(joined) || isLong(words[0], one));
}

/** `PROXMOX_TOKEN` in what is called `proxmoxResizeConfig`; a short word may begin the name of anything. */
function isLong(word: string | undefined, variable: string): boolean {
	return word !== undefined && word.length > 4 && variable.startsWith(word);
}

/** Of these a program that has settings of nothing else may well be made: its own data, its sessions, what it logs. */
const OWN_AFFAIRS =
	/^(?:auth|aws|azure|cors|database|db|docker|dynamo\w*|features?|flags|gcp|google|kafka|log\w*|mongo\w*|mssql|mysql|neon|oracle|pg|planetscale|postgres\w*|rabbitmq|sessions?|sqlite|sqs|supabase|telemetry|turso|vercel)$/;

/** The one service that several variables are of: TWILIO_SID and TWILIO_TOKEN. */
function serviceOf(variables: readonly string[]): string | null {
	const [word = '', ...others] = new Set(variables.map((one) => one.split('_')[0] ?? ''));
	const name = word.toLowerCase();
	const isOne = others.length === 0 && new Set(variables).size > 1;
	return isOne && SERVICES.has(name) && !OWN_AFFAIRS.test(name) ? word : null;
}

/** Something that a module gives. */
interface Outlet {
	/** The name in the module; null where it has none. */
	name: string | null;
	exported: string;
	/** The expressions that it is made of. */
	values: Morph.Node[];
	types: Morph.TypeNode[];
}

const VARIABLE = /(?:\benv\??\.|['"`]|\benv\??\.?\[\s*['"`])([A-Z][A-Z0-9_]*)\b/g;

function variablesOf(values: Morph.Node[]): string[] {
	const text = values.map((value) => value.getText()).join('\n');
	const all = [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
	return all.filter((name) => name !== 'NODE_ENV');
}

/** `schema.parse({ URL: process.env.URL })`: what is read is all there to see. */
function isGivenAll(call: Morph.CallExpression): boolean {
	const { Node } = morph();
	const [first] = call.getArguments();
	const listed = Node.isObjectLiteralExpression(first) ? first.getProperties() : [];
	return (
		listed.length > 0 &&
		listed.every((one) => /\benv\b/.test(one.getText()) && !/\{/.test(one.getText()))
	);
}

/** `{ ...parse(schema, process.env), NEXT_PUBLIC_URL: process.env.NEXT_PUBLIC_URL }` */
function hasAll(values: Morph.Node[]): boolean {
	return values.some((value) => /\bprocess\.env\b(?!\s*\??[.[])/.test(value.getText()));
}

/** Why an outlet is no place for an address; null when it may be one. Ends a sentence. */
export function strangeness(source: Morph.SourceFile, outlet: Outlet): string | null {
	const { name, exported, values, types } = outlet;
	const variables = variablesOf(values);
	const { Node } = morph();
	const isLiteral = values.every((value) => !Node.isCallExpression(value) || isGivenAll(value));
	const isOpen =
		isPublicName(exported) ||
		(name !== null && reachesBrowser(source, name)) ||
		values.some((value) => liesInReach(value.getSourceFile(), value.getStart(), value.getEnd())) ||
		types.some((type) => isPublicName(type.getText())) ||
		(isLiteral && !hasAll(values) && variables.length > 0 && variables.every(isPublicVariable));
	const others = isOpen ? [...handersOf(source).values()] : [];
	const hander = handerOf(source, name) ?? others[0];
	if (hander !== undefined) return `${hander} hands the whole of ${exported} to browsers`;
	if (isOpen) return 'what it gives is meant for browsers';
	const own = name ?? exported;
	const typed = types.map((type) => type.getText()).filter(isName);
	// `loadConfig(): AcmeConfig` of ACME_PORT and ACME_KEY is that of the program itself, which is called Acme.
	const told = isGeneral(own) ? [] : variables;
	const isOther =
		isOfOtherService(own, variables) || typed.some((one) => isOfOtherService(one, told));
	if (isOther) return `${exported} is for another service`;
	const alone = isGeneral(own) && isLiteral && !hasAll(values) ? serviceOf(variables) : null;
	return alone === null ? null : `${exported} holds the settings of ${alone} alone`;
}

function isName(text: string): boolean {
	return /^[A-Za-z]\w*$/.test(text);
}
