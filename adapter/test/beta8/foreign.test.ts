// What 1.0.0-beta.8 and beta.9 do with data of others.
import { PersistedSchemaVersionError } from '@flue/runtime/adapter';
import { redis } from '../../src/lines/beta8/index.ts';
import { defineForeignDataTests } from '../foreign.ts';

defineForeignDataTests({
	redis,
	stamp: ['schemaVersion', '4'],
	refusal: PersistedSchemaVersionError,
	words: /unrecognized schema version/,
});
