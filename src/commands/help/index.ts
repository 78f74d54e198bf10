// What is answered with words alone: help, a version, a completion script. Loads only what the one that is asked for needs.
import type { FlueError } from '../../errors.ts';
import type { DescribedProgram, Shell } from '../../model/request.ts';
import { readOutputSchema } from '../../package/texts.ts';
import type { Topic } from '../../terminal/help.ts';
import { type Surroundings, writeText } from '../../terminal/output.ts';

/** What was asked for; `text` is help that the parser has made. */
export type Asked =
	| { command: 'text'; text: string }
	| { command: 'help'; topic: 'agent' | 'errors' }
	| { command: 'version'; version: string }
	| { command: 'schema'; input: object }
	| { command: 'completion'; shell: Shell; program: DescribedProgram };

async function topicOf(topic: Topic['topic']): Promise<Topic> {
	if (topic === 'errors')
		return { topic, text: (await import('../../terminal/report.ts')).errorCodeLines().join('\n') };
	const [{ agentHelpText }, { BLUEPRINTS, ORIGIN }] = await Promise.all([
		import('../../terminal/agent-help.ts'),
		import('../../blueprints/index.ts'),
	]);
	return { topic, text: agentHelpText(BLUEPRINTS, ORIGIN) };
}

/** Prints the answer: a text, or with --json a document. A script is a script. */
export async function answer(
	asked: Asked,
	surroundings: Surroundings,
	inJson: boolean,
): Promise<void> {
	if (asked.command === 'completion') {
		const { completionScript } = await import('../completion/index.ts');
		const program = { ...asked.program, name: surroundings.start.name };
		writeText(surroundings, completionScript(asked.shell, program));
		return;
	}
	if (asked.command === 'schema') {
		const { schemaDocument } = await import('../../terminal/json.ts');
		writeText(surroundings, `${schemaDocument(asked.input, readOutputSchema())}\n`);
		return;
	}
	const documents = inJson ? await import('../../terminal/json.ts') : null;
	if (asked.command === 'version') {
		const { version } = asked;
		writeText(surroundings, `${documents?.versionDocument(version) ?? version}\n`);
		return;
	}
	const { helpTextOf, speakHelp, speakTopic } = await import('../../terminal/help.ts');
	const about = asked.command === 'text' ? asked.text : await topicOf(asked.topic);
	if (documents) {
		const text = helpTextOf(about, surroundings.start);
		writeText(surroundings, `${documents.textDocument(text)}\n`);
	} else if (typeof about === 'string') speakHelp(surroundings, about);
	else speakTopic(surroundings, about);
}

/** Speaks an error of `help --json`, as a document of that command. */
export async function speakHelpError(
	failure: FlueError,
	surroundings: Surroundings,
): Promise<void> {
	const [{ helpErrorDocument }, { errorInWords, wordsOf }] = await Promise.all([
		import('../../terminal/json.ts'),
		import('../../terminal/words.ts'),
	]);
	const error = errorInWords(failure, wordsOf(surroundings.start, {}));
	writeText(surroundings, `${helpErrorDocument(error)}\n`);
}
