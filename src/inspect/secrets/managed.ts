// Values and scripts that show that a secret manager sets a variable when a program starts. Pure.
import type { Found } from '../../model/found.ts';

/** [how a reference begins, the program that puts the secret in its place] */
const REFERENCES: readonly (readonly [RegExp, string])[] = [
	[/^op:\/\//, '`op run`'],
	[/^encrypted:/, '`dotenvx run`'],
	[/^ENC\[/, '`sops exec-env`'],
	[/^ref\+[a-z0-9]+:\/\//, '`vals exec`'],
	[
		/^(vault|infisical|doppler|secret|secrets|bws|pass|keyring|aws-?sm|gcp-?sm|sm|akv):/,
		'your secret manager',
	],
];

/** The program that a value is a reference for; undefined for one that is none. */
export function managerOf(value: string): string | undefined {
	return REFERENCES.find(([pattern]) => pattern.test(value.trim()))?.[1];
}

const RUNNER =
	/(?:^|[\s/\\])(op run|dotenvx run|doppler run|infisical run|varlock run|secretspec run|fnox exec|phase run|bws run|vals exec|chamber exec|teller run|berglas exec|aws-vault exec|sops exec-env|envchain|akeyless exec)(?=\s)/;

/** The first script that starts its program with a secret manager. */
export function runnerIn(commands: { from: string; text: string }[]): Found<string> | null {
	for (const { from, text } of commands) {
		const value = RUNNER.exec(text)?.[1];
		if (value) return { value, from };
	}
	return null;
}
