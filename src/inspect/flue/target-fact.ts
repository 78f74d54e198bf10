// Turns claims about the target into one fact: found, or open with the evidence for each side. Pure.
import { FlueError } from '../../errors.ts';
import type { Target } from '../../model/facts.ts';
import type { Found, Undecided } from '../../model/found.ts';
import type { ConfigValue } from './flue-config.ts';

export type TargetFact = Found<Target> | Undecided<Target>;

const TARGETS: readonly Target[] = ['node', 'cloudflare'];

export function isUndecided(fact: TargetFact): fact is Undecided<Target> {
	return 'options' in fact;
}

/**
 * A target as written somewhere.
 * @throws UNREADABLE_PROJECT when Flue has no such target.
 */
export function targetNamed(value: string, from: string): Found<Target> {
	const target = TARGETS.find((one) => one === value);
	if (target) return { value: target, from };
	const message = `${from} sets the target to '${value}', and Flue has only 'node' and 'cloudflare'.`;
	throw new FlueError('UNREADABLE_PROJECT', message, {
		path: from.replace(/:\d+$/, ''),
		hint: 'Correct the target and run the command again.',
	});
}

/** An open target: both are options, each with its own evidence where there is one. */
export function undecided(from: string, known: Found<Target>[] = []): Undecided<Target> {
	const options = TARGETS.map(
		(value) => known.find((one) => one.value === value) ?? { value, from },
	);
	return { options, from };
}

/**
 * The target that a field of a config file sets.
 * @throws UNSUPPORTED_TARGET for one that a package makes.
 */
export function targetOf({ value, from, text, maker, candidates = [] }: ConfigValue): TargetFact {
	// Flue's own two are texts.
	if (maker !== undefined && candidates.length === 0) {
		throw new FlueError(
			'UNSUPPORTED_TARGET',
			`The project builds for a host of its own, ${maker}(…) (${from}): db.ts is for the Node target.`,
			{ hint: `See what ${maker} says of persistence; for Node write target: 'node'.` },
		);
	}
	if (value !== null) return targetNamed(value, from);
	const known = candidates.map((one) => targetNamed(one.value, one.from));
	const options = undecided(from, known).options;
	return { options, from: `${from} decides the target when it runs: ${text}` };
}

/** What several claims come to: the first when all say the same, else an open target. */
export function agreed(claims: [TargetFact, ...TargetFact[]]): TargetFact {
	const open = claims.find(isUndecided);
	if (open) return open;
	const found = claims.filter((claim): claim is Found<Target> => !isUndecided(claim));
	if (found.every(({ value }) => value === found[0]?.value)) return claims[0];
	const sides = undecided('', found).options;
	return {
		options: sides,
		from: sides.map((side) => `${side.from} says ${side.value}`).join(', '),
	};
}
