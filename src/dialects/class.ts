// Dialect `class`: fields and getters that read the environment, by the class's exported instance or as statics.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { classModule, planMember, strangenessOf } from './edit/class-member.ts';
import { keyLine, plainRead } from './edit/plain-read.ts';
import { SETTINGS } from './module/class-settings.ts';
import { readsAnything } from './module/conversions.ts';
import { directRead } from './module/environment.ts';
import { replaceWord, usualFor } from './module/names.ts';
import { copyableRead, readOf } from './module/reads.ts';
import { classesIn } from './module/statements.ts';

/** Why the first class of settings is no place for an address; null when there is none. */
export function strangeClass(source: Morph.SourceFile): string | null {
	const found = classesIn(source).flatMap((owner) => {
		const all = SETTINGS.flatMap((settingsOf) => settingsOf(owner, readsAnything));
		return all.length > 0 ? (strangenessOf(owner, all) ?? []) : [];
	});
	return found[0] ?? null;
}

/** As the class mostly reads what tells how an address is treated: by a helper of its own, or from process.env. */
function usualRead(owner: Morph.ClassDeclaration, variable: string): string {
	const { Node } = morph();
	const reads = owner.getDescendants().flatMap((node) => {
		const isRead = Node.isCallExpression(node) || directRead(node) !== null;
		const name = isRead ? copyableRead(node) : null;
		return name === null ? [] : [{ name, text: replaceWord(node.getText(), name, variable) }];
	});
	return usualFor(reads, variable)?.text ?? plainRead(owner, variable);
}

function planVariable(source: Morph.SourceFile, variable: string): KeyPlan {
	const found = classModule(source, readsAnything);
	if (!found) return unclear('its class is not made here', keyLine(source, variable));
	return planMember(found, {
		variable,
		gives: (value) => readOf(value)?.variable === variable,
		copyable: copyableRead,
		by: variable,
		otherwise: usualRead(found.owner, variable),
	});
}

export const classDialect: Dialect = {
	name: 'class',
	mention: ENVIRONMENT,
	recognise: (source) => classModule(source, readsAnything) !== null,
	addKey: planVariable,
};
