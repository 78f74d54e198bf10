// A dialect's plan with what the module needs besides, or what takes its place where the dialect has none.
import type { KeyPlan } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { type Dialect, withChecks } from './dialect.ts';
import { withDemands } from './edit/demands.ts';
import { withHiding } from './edit/hiding-lists.ts';
import { withNames } from './edit/listed-names.ts';
import { orFunction } from './functions.ts';
import { neighbourDialect, planLikeNeighbour } from './neighbour.ts';

interface Asked {
	/** The dialects whose words the module holds. */
	possible: Dialect[];
	source: Morph.SourceFile;
	variable: string;
}

/** What the dialect says; where it has no place for the key, everywhere that a neighbour of it stands. */
export function planWith(dialect: Dialect, { possible, source, variable }: Asked): KeyPlan {
	const found = orFunction(dialect.addKey(source, variable), source, variable);
	if (found.kind === 'unclear') return planLikeNeighbour(source, variable) ?? found;
	if (found.insertions.length === 0) return found;
	const demanded = dialect === neighbourDialect ? found : withDemands(found, source, variable);
	const named = demanded.kind === 'ready' ? withNames(demanded, source, variable) : demanded;
	const hidden = named.kind === 'ready' ? withHiding(named, source, variable) : named;
	return withChecks(hidden, { possible, dialect, source, variable });
}
