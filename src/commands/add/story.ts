// The story of `add`: inspect, refuse, ask, plan, show, confirm, apply.
import { cleanUp } from '../../apply/clean-up.ts';
import { applyPlan } from '../../apply/index.ts';
import { cancelled } from '../../errors.ts';
import type { Warning } from '../../model/found.ts';
import type { Outcome, Step, StepState } from '../../model/plan.ts';
import type { AddOptions } from '../../model/request.ts';
import { decide, learn } from './decide.ts';
import type { AddWorld } from './world.ts';

/** Adds a blueprint to a project. `account` holds what is known, also after a failure. */
export async function add(
	name: { kind: string; name: string },
	typed: AddOptions,
	world: AddWorld,
): Promise<Outcome> {
	const { account, person, tools } = world;
	const lesson = await learn(name, typed, world);
	const { choices, plan, isDeclined } = await decide(lesson, world);
	const { options } = lesson;
	const outcome = (status: Outcome['status']): Outcome => ({
		status,
		plan,
		warnings: plan.warnings,
	});

	if (options.print) return outcome('previewed');
	if (isDeclined) return outcome('declined');
	if (plan.steps.length === 0) {
		if (!options.dryRun) cleanUp(plan);
		return outcome('unchanged');
	}
	if (options.dryRun) return outcome('previewed');
	if (person && !(await person.confirm(account))) return outcome('declined');
	if (world.signal.aborted) throw cancelled();
	const warnings: Warning[] = [];
	account.applying = true;
	const facts = account.facts ?? lesson.facts;
	const states = new Map<Step, StepState>();
	account.states = states;
	const left = await applyPlan(plan, {
		...tools.applySeams({ facts, choices }, world.signal, warnings),
		mark: (step, state) => states.set(step, state),
	});
	return { ...outcome('applied'), warnings: [...plan.warnings, ...warnings, ...left] };
}
