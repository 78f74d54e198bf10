// Dialect `object`: `export const config = { port: process.env.PORT, … }`, flat or nested.
import type { Dialect } from './dialect.ts';
import { exportedObjects, planInOnly } from './edit/object-module.ts';

export const objectDialect: Dialect = {
	name: 'object',
	recognise: (source) => exportedObjects(source).length > 0,
	addKey: (source, variable) => planInOnly(exportedObjects(source), variable),
};
