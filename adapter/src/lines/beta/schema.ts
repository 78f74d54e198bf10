// How the betas stamp their data: with the runtime's schema version, 3 or 4, under upstream's name for it.
import { FLUE_SCHEMA_VERSION, PersistedSchemaVersionError } from '@flue/runtime/adapter';
import type { Line } from '../../migrate.ts';

export const SCHEMA: Line = {
	stamp: { field: 'schemaVersion', version: String(FLUE_SCHEMA_VERSION) },
	refuse(storedVersion) {
		return new PersistedSchemaVersionError({
			storedVersion,
			supportedVersion: FLUE_SCHEMA_VERSION,
		});
	},
};
