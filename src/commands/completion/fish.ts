// The tree as a completion script for fish 3 (tested with 3.6). Pure.
import { quoteForFish as quote } from './quote.ts';
import { type Flag, placesOf, type Tree, type Value } from './tree.ts';

function head(program: string): string {
	return `# Completion of \`${program}\` for fish: ${program} completion fish > ~/.config/fish/completions/${program}.fish\n`;
}

/** The words before the cursor, without options and their values. */
function wordsFunction(program: string, taking: string[]): string {
	return `
function __flue_blueprints_words
	set -l isValue no
	for word in (commandline -opc)[2..-1]
		if test $isValue = yes
			set isValue no
			continue
		end
		switch $word
			case ${taking.join(' ')}
				set isValue yes
			case '-*'
			case '*'
				echo $word
		end
	end
end

function __flue_blueprints_after
	set -l words (__flue_blueprints_words)
	test "$words" = "$argv"
end

function __flue_blueprints_in
	set -l words (__flue_blueprints_words)
	test "$words[1]" = "$argv"
end

# fish's own function for folders repeats the \`--option=\` before them.
function __flue_blueprints_folders
	set -l typed (string replace -r '^--[^=]*=' '' -- (commandline -ct))
	complete -C "__flue_blueprints_no_such_command $typed" | string match -r '.*/(?:\\t.*)?$'
end

complete -c ${program} -f
`;
}

function argumentOf({ words, paths }: Value): string {
	if (paths === 'folders') return " -x -a '(__flue_blueprints_folders)'";
	const list = words.length > 0 ? ` -a ${quote(words.join(' '))}` : '';
	return paths === 'files' ? ` -r -F${list}` : ` -x${list}`;
}

function flagLine(start: string, { names, meaning, value }: Flag): string {
	const how = names.map((name) =>
		name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
	);
	const end = value ? argumentOf(value) : '';
	return `${start} ${how.join(' ')}${end} -d ${quote(meaning)}\n`;
}

export function fishScript({ program, flags, commands }: Tree): string {
	const when = (condition: string) => `complete -c ${program} -n ${quote(condition)}`;
	const all = [flags, ...commands.map((command) => command.flags)].flat();
	const taking = all.filter(({ value }) => value).flatMap(({ names }) => names);
	const filing = commands.filter(({ takesFile }) => takesFile);
	const words = placesOf(commands).flatMap((place) =>
		place.words.map(({ word, meaning }) => {
			const start = when(`__flue_blueprints_after ${place.before}`.trim());
			return `${start} -a ${word}${meaning === '' ? '' : ` -d ${quote(meaning)}`}\n`;
		}),
	);
	return [
		head(program),
		wordsFunction(program, [...new Set(taking)]),
		...words,
		...filing.map(({ word }) => `${when(`__flue_blueprints_after ${word}`)} -F\n`),
		...flags.map((flag) => flagLine(when('__flue_blueprints_after'), flag)),
		...commands.flatMap((command) =>
			command.flags.map((flag) => flagLine(when(`__flue_blueprints_in ${command.word}`), flag)),
		),
	].join('');
}
