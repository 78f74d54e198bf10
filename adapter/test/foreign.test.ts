// What 2.x does with data of others.
import { PersistedFormatVersionError } from '@flue/runtime/adapter';
import { redis } from '../src/lines/v2/index.ts';
import { defineForeignDataTests } from './foreign.ts';

defineForeignDataTests({
	redis,
	stamp: ['format_version', '1'],
	refusal: PersistedFormatVersionError,
	words: /unrecognized format version/,
});
