// The tree as a completion script for bash 4 and later (tested with 5.2), without the package bash-completion. Pure.
import { quote } from './quote.ts';
import { type Flag, placesOf, type Tree, type Value } from './tree.ts';

function head(program: string): string {
	return `# Completion of \`${program}\` for bash. In ~/.bashrc: source <(${program} completion bash)\n`;
}

const MAIN = `
_flue_blueprints_offer() {
	local reply
	while IFS= read -r reply; do COMPREPLY+=("$reply"); done < <(compgen "$@" -- "$current")
}

# Paths as they are typed; readline itself completes the ones with quotes or backslashes.
_flue_blueprints_paths() {
	compopt -o filenames 2>/dev/null
	_flue_blueprints_offer "$1"
	if [[ \${#COMPREPLY[@]} -eq 0 ]]; then compopt -o "$2" 2>/dev/null; fi
}

_flue_blueprints() {
	local current=\${COMP_WORDS[COMP_CWORD]} before='' option='' word index
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index++)); do
		word=\${COMP_WORDS[index]}
		case $word in
			=) ;; # readline takes --option=value apart
			-*) if _flue_blueprints_takes_value "$word"; then option=$word; else option=''; fi ;;
			*) if [[ $option ]]; then option=''; else before="\${before:+$before }$word"; fi ;;
		esac
	done
	if [[ $current == = ]]; then current=''; fi
	if [[ $option ]]; then _flue_blueprints_value "\${before%% *} $option"
	elif [[ $current == -* ]]; then _flue_blueprints_offer -W "$(_flue_blueprints_flags "\${before%% *}")"
	elif _flue_blueprints_takes_file "$before"; then _flue_blueprints_paths -f default
	else _flue_blueprints_offer -W "$(_flue_blueprints_words "$before")"
	fi
}
`;

function caseOf(name: string, rows: [pattern: string, body: string][]): string {
	const lines = rows.map(([pattern, body]) => `\t\t${pattern}) ${body} ;;\n`);
	return `\n${name}() {\n\tcase $1 in\n${lines.join('')}\tesac\n}\n`;
}

function say(words: readonly string[]): string {
	return `echo ${quote(words.join(' '))}`;
}

function offers({ words, paths }: Value): string {
	const parts = words.length > 0 ? [`_flue_blueprints_offer -W ${quote(words.join(' '))}`] : [];
	if (paths === 'folders') parts.push('_flue_blueprints_paths -d dirnames');
	if (paths === 'files') parts.push('_flue_blueprints_paths -f default');
	return parts.join('; ') || ':';
}

function valuesOf(command: string, flags: Flag[]): [string, string][] {
	return flags.flatMap(({ names, value }): [string, string][] =>
		value ? [[names.map((name) => quote(`${command} ${name}`)).join('|'), offers(value)]] : [],
	);
}

export function bashScript({ program, flags, commands }: Tree): string {
	const all = [{ word: '', flags }, ...commands];
	const namesOf = (list: Flag[]) => list.flatMap(({ names }) => names);
	const taking = all.flatMap((one) => namesOf(one.flags.filter(({ value }) => value !== null)));
	const places = placesOf(commands).map(({ before, words }): [string, string] => [
		quote(before),
		say(words.map(({ word }) => word)),
	]);
	const filing = commands.filter(({ takesFile }) => takesFile).map(({ word }) => word);
	return [
		head(program),
		caseOf('_flue_blueprints_words', places),
		caseOf(
			'_flue_blueprints_flags',
			all.map((one) => [quote(one.word), say(namesOf(one.flags))]),
		),
		caseOf('_flue_blueprints_takes_value', [
			[[...new Set(taking)].join('|'), 'return 0'],
			['*', 'return 1'],
		]),
		caseOf('_flue_blueprints_takes_file', [
			...filing.map((word): [string, string] => [word, 'return 0']),
			['*', 'return 1'],
		]),
		caseOf(
			'_flue_blueprints_value',
			all.flatMap((one) => valuesOf(one.word, one.flags)),
		),
		MAIN,
		`\ncomplete -F _flue_blueprints ${program}\n`,
	].join('');
}
