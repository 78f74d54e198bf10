// Decides whether there is a person to ask: a terminal on both ends, no CI, no coding agent. Reads values only.

export interface Situation {
	stdin: { isTTY?: boolean };
	stderr: { isTTY?: boolean };
	environment: Record<string, string | undefined>;
}

function isSet(value: string | undefined): boolean {
	return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
}

/** False unless somebody can answer: a prompt without a terminal would never settle. */
export async function isInteractive({ stdin, stderr, environment }: Situation): Promise<boolean> {
	if (!stdin.isTTY || !stderr.isTTY || environment.TERM === 'dumb') return false;
	if (isSet(environment.CI) || isSet(environment.CONTINUOUS_INTEGRATION) || isSet(environment.BUILD_NUMBER)) return false;
	const {
		default: { determineAgent },
	} = await import('@vercel/detect-agent');
	return !(await determineAgent()).isAgent;
}
