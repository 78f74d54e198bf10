// Makes checks. Pure.
import type { CheckId } from '../../../model/check-id.ts';
import type { Check } from '../../../model/verification.ts';

export function pass(id: CheckId, message: string): Check {
	return { id, status: 'pass', message, hint: null };
}

export function warn(id: CheckId, message: string, hint: string | null = null): Check {
	return { id, status: 'warn', message, hint };
}

export function fail(id: CheckId, message: string, hint: string | null = null): Check {
	return { id, status: 'fail', message, hint };
}

export function skipped(id: CheckId, message: string, hint: string | null = null): Check {
	return { id, status: 'skipped', message, hint };
}

/** `--strict`: a warning is a failure. */
export function strictly(checks: Check[]): Check[] {
	return checks.map((one) => (one.status === 'warn' ? { ...one, status: 'fail' } : one));
}
