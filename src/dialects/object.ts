// Dialect `object`: `export const config = { port: process.env.PORT, … }`, flat or nested.
import type { Dialect } from './dialect.ts';
import { unclear } from './dialect.ts';
import { exportedObjects, planInObject } from './object-module.ts';

export const objectDialect: Dialect = {
	name: 'object',
	recognise: (source) => exportedObjects(source).length > 0,
	addKey(source, variable) {
		const [first, ...others] = exportedObjects(source);
		if (!first) return unclear('no exported object reads process.env', variable);
		// The same object under two names is one object; two objects leave the choice open.
		if (others.some(({ object }) => object !== first.object)) {
			return unclear('it exports more than one object', `process.env.${variable}`);
		}
		return planInObject(first, variable);
	},
};
