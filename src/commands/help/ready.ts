// Help and the version where nothing else is said: answered with what the build has written down, and nothing is parsed for it.
import { readTexts } from '../../package/texts.ts';
import { speakHelp, speakTopic } from '../../terminal/help.ts';
import { type Reader, writeText } from '../../terminal/output.ts';

const HELP = ['-h', '--help'];
const WORD = /^[a-z]+$/;

/** The shortest command line that asks for the same text, if it is one of help or of the version; null for any other. */
export function askedForText([first = 'help', second, ...rest]: readonly string[]): string | null {
	if (rest.length > 0) return null;
	if (second === undefined) {
		if (first === '-V' || first === '--version') return 'flue --version';
		return first === 'help' || HELP.includes(first) ? 'flue' : null;
	}
	if (first === 'help' && (second === 'errors' || second === 'agent')) return `flue help ${second}`;
	const isAsked = first === 'help' || HELP.includes(second);
	const about = HELP.includes(second) ? first : second;
	return isAsked && WORD.test(about) ? `flue ${about}` : null;
}

/** Prints what a command line asks for; false where the build has no text for it. */
export function answerReady(args: readonly string[], reader: Reader): boolean {
	const asked = askedForText(args);
	if (asked === null) return false;
	const texts = readTexts();
	const text = Object.hasOwn(texts, asked) ? texts[asked] : undefined;
	if (text === undefined) return false;
	if (asked === 'flue --version') writeText(reader, text);
	else if (asked === 'flue help errors') speakTopic(reader, { topic: 'errors', text });
	else if (asked === 'flue help agent') speakTopic(reader, { topic: 'agent', text });
	else speakHelp(reader, text);
	return true;
}
