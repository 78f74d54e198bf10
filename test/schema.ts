// Holds a JSON document of the command against the published schema. The only owner of ajv.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** As it is published: the build puts the names of the databases into it. */
const SCHEMA = fileURLToPath(new URL('../dist/output.schema.json', import.meta.url));

/** Fails the test with what a schema has against a document. */
export type CheckDocument = (document: unknown) => void;

/** Reads a schema from a file. */
export function readSchema(path: string): CheckDocument {
	const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(path, 'utf8')));
	return (document) => {
		validate(document);
		expect(validate.errors ?? []).toEqual([]);
	};
}

/** For the documents of the program of this checkout. */
export const checkDocument: CheckDocument = readSchema(SCHEMA);
