// Dialect `helpers`: an exported object built by calls, thunks and getters such as `required('DATABASE_URL')`.
import type { Dialect } from './dialect.ts';
import { exportedObjects, leafReads, planInOnly } from './edit/object-module.ts';

export const helpersDialect: Dialect = {
	name: 'helpers',
	recognise: (source) =>
		exportedObjects(source).some(({ object }) =>
			leafReads(object).some(({ by }) => by === 'helper'),
		),
	addKey: (source, variable) => planInOnly(exportedObjects(source), variable),
};
