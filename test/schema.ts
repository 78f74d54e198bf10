// Holds a JSON document of the command against the published schema. The only owner of ajv.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const SCHEMA = new URL('../src/terminal/output.schema.json', import.meta.url);
const validate = new Ajv2020().compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

/** Fails the test with what the schema has against the document. */
export function checkDocument(document: unknown): void {
	validate(document);
	expect(validate.errors ?? []).toEqual([]);
}
