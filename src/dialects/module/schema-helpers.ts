// Functions that check values by a schema that they are given: `function parse(schema, values) { … schema.safeParse(values) … }`.
import { morph, nodesBelow } from '../../text/source.ts';
import type { Callable } from './helper-functions.ts';
import { remembered } from './remembered.ts';

/** The names of its own parameters by which a function checks something; none for any other function. */
export const schemaParameters = remembered((callable: Callable): string[] => {
	const { ts } = morph();
	const names = callable.getParameters().map((one) => one.getName());
	if (names.length === 0) return [];
	const calls = nodesBelow(callable, ts.isCallExpression).map((call) => call.getText());
	return names.filter((name) => {
		const checks = new RegExp(
			`^${name.replaceAll('$', '\\$')}\\s*\\.[\\w.()\\s]*\\b(?:safeParse|parse)\\(`,
		);
		return /^[\w$]+$/.test(name) && calls.some((call) => checks.test(call));
	});
});
