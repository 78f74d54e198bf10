// Where a project that is none sends the user: to the members below it, to the project above it, or elsewhere.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findProject } from '../../src/inspect/project.ts';
import { requireFlue } from '../../src/inspect/require-flue.ts';
import { makeTree } from '../tree.ts';

const FLUE = '{ "dependencies": { "@flue/runtime": "2.0.3" } }';
const MEMBERS = '{ "workspaces": ["apps/*"] }';

it.each([
	['', { 'package.json': MEMBERS, 'apps/bot/package.json': FLUE }, /--cwd apps\/bot\.$/],
	[
		'apps/bot',
		{ 'package.json': FLUE, 'apps/bot/package.json': '{}' },
		/^Say --cwd \.\.\/\.\. for/,
	],
	['apps/bot', { 'package.json': '{}', 'apps/bot/package.json': '{}' }, /^Run the command in a/],
	['apps/bot', { 'package.json': '{', 'apps/bot/package.json': '{}' }, /^Run the command in a/],
])('from %j of %j', async (folder, files, hint) => {
	const root = makeTree({ '.git/': '', ...files });
	const project = findProject(join(root, folder));
	await expect(requireFlue(project)).rejects.toMatchObject({
		code: 'NOT_FLUE',
		hint: expect.stringMatching(hint),
	});
});
