// What a module gives, as a tree of names: the keys of its objects and types, the members of its classes and namespaces.
import type { Import } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { argumentsFor, type Member, resultsIn } from './declared-members.ts';
import { exportedValues, exportOf } from './exports.ts';
import type { Callable } from './helper-functions.ts';
import { statementsOf } from './inert.ts';
import { isInline } from './scope.ts';
import { classesIn, functionsIn } from './statements.ts';

/** Something that a module exports. */
export interface Outlet extends Member {
	import: Import;
	base: string;
}

export function outletsOf(source: Morph.SourceFile): Outlet[] {
	const { Node, ts } = morph();
	const values = exportedValues(source).flatMap(({ import: how, value, declaration }): Outlet[] => {
		const node = declaration ?? value;
		if (isInline(value)) return calledOutlet(how, node, value);
		const type = declaration?.getTypeNode();
		const things = [...(type ? [type] : []), value];
		return [{ import: how, base: how.name, key: how.name, node, isCalled: false, things }];
	});
	const functions = functionsIn(source).flatMap((callable) => {
		const how = exportOf(source, callable.getName() ?? '');
		return how ? calledOutlet(how, callable, callable) : [];
	});
	const classes = classesIn(source).flatMap((owner): Outlet[] => {
		const how = exportOf(source, owner.getName() ?? '');
		const base = how?.name ?? '';
		return how
			? [{ import: how, base, key: base, node: owner, isCalled: false, things: [owner] }]
			: [];
	});
	const rooms = statementsOf(source, ts.isModuleDeclaration)
		.filter(Node.isModuleDeclaration)
		.filter((one) => one.hasExportKeyword())
		.map((node): Outlet => {
			const how: Import = { kind: 'named', name: node.getName() };
			return { import: how, base: how.name, key: how.name, node, isCalled: false, things: [node] };
		});
	return [...values, ...functions, ...classes, ...rooms];
}

function calledOutlet(how: Import, node: Morph.Node, callable: Callable): Outlet[] {
	const given = argumentsFor(callable);
	if (given === null)
		return [
			{ import: how, base: how.name, key: how.name, node, isCalled: false, things: [callable] },
		];
	const base = `${how.name}(${given})`;
	return [{ import: how, base, key: how.name, node, isCalled: true, things: resultsIn(callable) }];
}
