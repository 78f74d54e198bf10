// The tree as a completion script for zsh, to be sourced or put into a folder of $fpath as `_` and the program's name. Pure.
import { quote } from './quote.ts';
import { type Flag, placesOf, type Tree, type Value, type Word } from './tree.ts';

function head(program: string): string {
	return `#compdef ${program}
# Completion of \`${program}\` for zsh. In ~/.zshrc, after compinit: source <(${program} completion zsh)

_flue_blueprints_words_or_files() {
	_alternative "words:word:($1)" 'files:file:_files'
}
`;
}

function tail(program: string): string {
	return `
compdef _flue_blueprints ${program}
# Loaded from a folder of $fpath, the file is the function itself.
if [[ $funcstack[1] == _${program} ]]; then _flue_blueprints "$@"; fi
`;
}

function actionOf({ name, words, paths }: Value): string {
	const list = words.join(' ');
	if (paths === 'folders') return `:${name}:_files -/`;
	if (paths === 'files')
		return `:${name}:{_flue_blueprints_words_or_files ${JSON.stringify(list)}}`;
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

function argumentsOf({ word, next, flags, takesFile }: Tree['commands'][number]): string {
	const places = Array.from({ length: depthOf(next) }, (_, index) => {
		const before = [word, ...Array.from({ length: index }, (_, at) => `$line[${at + 1}]`)];
		return quote(`${index + 1}: :{_flue_blueprints_words "${before.join(' ')}"}`);
	});
	const file = takesFile ? [quote('1:file:_files')] : [];
	return ['_arguments -S', ...flags.flatMap(specsOf), ...places, ...file].join(' \\\n\t\t\t\t');
}

export function zshScript({ program, flags, commands }: Tree): string {
	const places = placesOf(commands).map(
		({ before, words }) => `\t\t${quote(before)}) words=(${described(words)}) ;;`,
	);
	const root = [
		'_arguments -C -S',
		...flags.flatMap(specsOf),
		'\'1: :{_flue_blueprints_words ""}\'',
	];
	const bodies = commands.map((command) => `\t\t\t${command.word}) ${argumentsOf(command)} ;;`);
	return `${head(program)}
_flue_blueprints_words() {
	local -a words
	case $1 in
${places.join('\n')}
	esac
	_describe -t words word words
}

_flue_blueprints() {
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
${tail(program)}`;
}
