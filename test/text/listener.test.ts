import { expect, it } from 'vitest';
import { hasListenerAlone } from '../../src/text/listener.ts';

const WRITTEN =
	"client.on('error', (error) => console.error('Redis connection:', error.message));\n";

it.each([
	['as it was written', WRITTEN],
	['in double quotes', WRITTEN.replaceAll("'", '"')],
	['without parentheses', WRITTEN.replace('(error) =>', 'error =>')],
	['under another name of the client', WRITTEN.replace('client', 'store')],
	[
		'in several lines',
		"client.on(\n\t'error',\n\t(error) =>\n\t\tconsole.error(\n\t\t\t'Valkey connection:',\n\t\t\terror.message,\n\t\t),\n);\n",
	],
])('knows the older listener %s', (_, text) => {
	expect(hasListenerAlone(`const client = createClient();\n${text}`)).toBe(true);
});

it.each([
	['that of today', `${WRITTEN}function renew() {}\n`],
	['one of somebody', "client.on('error', (error) => report(error));\n"],
	['another message', "client.on('error', (error) => console.error('redis', error));\n"],
	['none', 'await client.connect();\n'],
])('leaves %s alone', (_, text) => {
	expect(hasListenerAlone(text)).toBe(false);
});
