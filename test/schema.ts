// Holds a JSON document of the command against the published schema. The only owner of ajv.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** As they are published: the build puts the names of the databases into them. */
const schemaPath = (name: string): string =>
	fileURLToPath(new URL(`../dist/${name}.schema.json`, import.meta.url));

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
export const checkDocument: CheckDocument = readSchema(schemaPath('output'));

/** For plan files. */
export const checkPlanDocument: CheckDocument = readSchema(schemaPath('plan'));
