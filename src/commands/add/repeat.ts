// Choices -> the command line that does the same again with nobody to ask. Pure.
import type { Choices } from '../../model/choices.ts';
import type { Facts } from '../../model/facts.ts';
import type { AddRequest } from '../../model/request.ts';
import { shellWord } from '../../terminal/words.ts';

/** The command line that does the same again with nobody to ask. */
export function equivalentCommand(
	request: AddRequest,
	choices: Choices,
	facts?: Pick<Facts, 'foreignManager'>,
): string {
	const { options } = request;
	// As it was typed: a path is meant from where one stands.
	const adapter = options.adapter ?? choices.adapter;
	const pairs: [boolean, string[]][] = [
		[options.cwd !== '.', ['--cwd', options.cwd]],
		[!facts?.foreignManager, ['--package-manager', choices.packageManager.value]],
		[
			choices.target.from.startsWith('answered') || options.target !== undefined,
			['--target', 'node'],
		],
		[choices.entry !== undefined, ['--entry', choices.entry ?? '']],
		[choices.replaceDb, ['--replace']],
		[true, [choices.reconnect ? '--reconnect' : '--no-reconnect']],
		[
			choices.alignRuntime !== null,
			[choices.alignRuntime ? '--align-runtime' : '--no-align-runtime'],
		],
		[options.secrets !== undefined, ['--secrets', options.secrets ?? '']],
		[options.envVar !== undefined, ['--env-var', options.envVar ?? '']],
		[options.keyPrefix !== undefined, ['--key-prefix', options.keyPrefix ?? '']],
		[!options.inspectServer, ['--no-inspect-server']],
		[options.retain !== undefined, ['--retain', options.retain ?? '']],
		[options.format, ['--format']],
		[adapter !== undefined, ['--adapter', adapter ?? '']],
		[!options.install, ['--no-install']],
		[options.agentsMd, ['--agents-md']],
		[options.verify, ['--verify']],
		[true, ['--yes']],
	];
	const flags = pairs.filter(([said]) => said).flatMap(([, words]) => words);
	return ['flue', 'add', choices.blueprint.kind, choices.blueprint.name, ...flags]
		.map(shellWord)
		.join(' ');
}
