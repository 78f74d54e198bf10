// Dialect `helpers`: an exported object built by calls, thunks and getters such as `required('DATABASE_URL')`.
import { type Dialect, ENVIRONMENT } from './dialect.ts';
import { leavesOf } from './module/object-literal.ts';
import { readOf } from './module/reads.ts';
import { exportedObjects, planInObject } from './object.ts';

export const helpersDialect: Dialect = {
	name: 'helpers',
	mention: ENVIRONMENT,
	recognise: (source) =>
		exportedObjects(source)
			.flatMap(({ object }) => leavesOf(object))
			.some(({ entry }) => readOf(entry.value)?.by === 'helper'),
	addKey: planInObject,
};
