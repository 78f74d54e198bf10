// Decides whether the one at the terminal is a person: no CI, no coding agent, no dumb terminal.

function isSet(value: string | undefined): boolean {
	return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
}

/** False unless somebody can answer. Whether there is a terminal at all is the caller's to check. */
export async function isInteractive(
	environment: Record<string, string | undefined>,
): Promise<boolean> {
	if (environment.TERM === 'dumb') return false;
	if ([environment.CI, environment.CONTINUOUS_INTEGRATION, environment.BUILD_NUMBER].some(isSet))
		return false;
	const { determineAgent } = await import('@vercel/detect-agent');
	return !(await determineAgent()).isAgent;
}
