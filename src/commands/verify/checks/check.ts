// Makes checks. Pure.
import type { Check } from '../../../model/verification.ts';

export function pass(id: string, message: string): Check {
	return { id, status: 'pass', message, hint: null };
}

export function warn(id: string, message: string, hint: string | null = null): Check {
	return { id, status: 'warn', message, hint };
}

export function fail(id: string, message: string, hint: string | null = null): Check {
	return { id, status: 'fail', message, hint };
}

export function skipped(id: string, message: string, hint: string | null = null): Check {
	return { id, status: 'skipped', message, hint };
}

/** `--strict`: a warning is a failure. */
export function strictly(checks: Check[]): Check[] {
	return checks.map((one) => (one.status === 'warn' ? { ...one, status: 'fail' } : one));
}
