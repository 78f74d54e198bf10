// The tree as a completion script for zsh, to be sourced or put into a folder of $fpath as `_flue`. Pure.
import { quote } from './quote.ts';
import { type Flag, placesOf, type Tree, type Value, type Word } from './tree.ts';

const HEAD = `#compdef flue
# Completion of \`flue\` for zsh, printed by \`flue completion zsh\`. In ~/.zshrc, after compinit: source <(flue completion zsh)

_flue_words_or_files() {
	_alternative "words:word:($1)" 'files:file:_files'
}
`;

const TAIL = `
compdef _flue flue
# Loaded from a folder of $fpath, the file is the function itself.
if [[ $funcstack[1] == _flue ]]; then _flue "$@"; fi
`;

function actionOf({ name, words, paths }: Value): string {
	const list = words.join(' ');
	if (paths === 'folders') return `:${name}:_files -/`;
	if (paths === 'files') return `:${name}:{_flue_words_or_files ${JSON.stringify(list)}}`;
	return `:${name}:${list === '' ? ' ' : `(${list})`}`;
}

/** For \`_arguments\`: one argument in quotes for each name of the flag; the names exclude each other. */
function specsOf({ names, meaning, value }: Flag): string[] {
	const others = names.length > 1 ? `(${names.join(' ')})` : '';
	const text = `[${meaning.replace(/[\\[\]]/g, '\\$&')}]`;
	return names.map((name) => {
		const end = value ? `${name.startsWith('--') ? '=' : ''}${text}${actionOf(value)}` : text;
		return quote(`${others}${name}${end}`);
	});
}

/** For \`_describe\`. */
function described(words: Word[]): string {
	return words
		.map(({ word, meaning }) => quote(meaning === '' ? word : `${word}:${meaning}`))
		.join(' ');
}

function depthOf(words: Word[]): number {
	return words.length === 0 ? 0 : 1 + Math.max(...words.map(({ next }) => depthOf(next)));
}

function argumentsOf({ word, next, flags }: Tree['commands'][number]): string {
	const places = Array.from({ length: depthOf(next) }, (_, index) => {
		const before = [word, ...Array.from({ length: index }, (_, at) => `$line[${at + 1}]`)];
		return quote(`${index + 1}: :{_flue_words "${before.join(' ')}"}`);
	});
	return ['_arguments -S', ...flags.flatMap(specsOf), ...places].join(' \\\n\t\t\t\t');
}

export function zshScript({ flags, commands }: Tree): string {
	const places = placesOf(commands).map(
		({ before, words }) => `\t\t${quote(before)}) words=(${described(words)}) ;;`,
	);
	const root = ['_arguments -C -S', ...flags.flatMap(specsOf), '\'1: :{_flue_words ""}\''];
	const bodies = commands.map((command) => `\t\t\t${command.word}) ${argumentsOf(command)} ;;`);
	return `${HEAD}
_flue_words() {
	local -a words
	case $1 in
${places.join('\n')}
	esac
	_describe -t words word words
}

_flue() {
	local context state state_descr curcontext=$curcontext
	local -a line
	local -A opt_args
	${[...root, "'*:: :->rest'"].join(' \\\n\t\t')} && return
	if [[ $state == rest ]]; then
		case $line[1] in
${bodies.join('\n')}
		esac
	fi
}
${TAIL}`;
}
