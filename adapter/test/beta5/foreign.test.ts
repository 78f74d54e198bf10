// What 1.0.0-beta.5 to beta.7 do with data of others.
import { PersistedSchemaVersionError } from '@flue/runtime/adapter';
import { redis } from '../../src/lines/beta5/index.ts';
import { defineForeignDataTests } from '../foreign.ts';

defineForeignDataTests({
	redis,
	stamp: ['schemaVersion', '3'],
	refusal: PersistedSchemaVersionError,
	words: /created by a newer Flue version \(schema version 4; this|unrecognized schema version/,
});
