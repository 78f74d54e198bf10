// What keeps the process alive when the connection of a db entry drops. Pure.
import type { Check, ProjectFacts } from '../../../model/verification.ts';
import { pass, warn } from './check.ts';

/** Whether a dropped connection is made again, and how well that is seen. */
export function listenerCheck(project: ProjectFacts): Check {
	const id = 'project.listener';
	const { kind, name } = project.blueprint;
	const hint = `Run \`flue add ${kind} ${name} --reconnect --replace\`.`;
	const { path } = project.facts.dbEntry.value;
	if (project.shape?.listener === 'after' && project.shape.isListenerAlone)
		return warn(
			id,
			`${path} has an older listener of this command, which does not notice a connection that has died without a word, or leads to a replica since a failover`,
			`Run \`flue update ${kind}\`.`,
		);
	if (project.shape?.listener === 'after') return pass(id, 'a dropped connection is made again');
	if (project.shape?.listener === 'before')
		return warn(
			id,
			`${path} listens for errors before connect(): a wrong address becomes an endless retry, and no server ever listens`,
			hint,
		);
	return warn(
		id,
		`${path} has no error listener: the process exits when the connection drops`,
		hint,
	);
}
