// The skill for coding agents: what `flue help agent` says, as the file that agents look for.
import { BLUEPRINTS, ORIGIN } from '../../src/blueprints/index.ts';
import { agentHelpText } from '../../src/terminal/agent-help.ts';
import { pasteable, wordsOf } from '../../src/terminal/words.ts';

export const SKILL = 'skills/flue-blueprints/SKILL.md';

/** The text of the file; its commands are those of a project that npm manages. */
export function skillText(): string {
	const titles = BLUEPRINTS.map(({ title }) => title).join(' or ');
	const start = { name: 'flue-blueprints', way: 'installed', said: ['flue-blueprints'] } as const;
	const words = wordsOf({ ...start, said: [...start.said], manager: null }, {});
	return `---
name: flue-blueprints
description: Gives a Flue project durable state in ${titles}, checks it, updates it and takes it back. Use it when a project that depends on @flue/runtime is to keep its state in ${titles}, or when its db.ts, @flue/redis or the connection to that server is the matter.
---

${pasteable(agentHelpText(BLUEPRINTS, ORIGIN), words)}`;
}
