// The tree as a completion script for fish 3 (tested with 3.6). Pure.
import { quoteForFish as quote } from './quote.ts';
import { type Flag, placesOf, type Tree, type Value } from './tree.ts';

const HEAD = `# Completion of \`flue\` for fish, printed by \`flue completion fish\`.
# flue completion fish > ~/.config/fish/completions/flue.fish
`;

/** The words before the cursor, without options and their values. */
function wordsFunction(taking: string[]): string {
	return `
function __flue_words
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

function __flue_after
	set -l words (__flue_words)
	test "$words" = "$argv"
end

function __flue_in
	set -l words (__flue_words)
	test "$words[1]" = "$argv"
end

# fish's own function for folders repeats the \`--option=\` before them.
function __flue_folders
	set -l typed (string replace -r '^--[^=]*=' '' -- (commandline -ct))
	complete -C "__flue_no_such_command $typed" | string match -r '.*/(?:\\t.*)?$'
end

complete -c flue -f
`;
}

function argumentOf({ words, paths }: Value): string {
	if (paths === 'folders') return " -x -a '(__flue_folders)'";
	const list = words.length > 0 ? ` -a ${quote(words.join(' '))}` : '';
	return paths === 'files' ? ` -r -F${list}` : ` -x${list}`;
}

function flagLine(condition: string, { names, meaning, value }: Flag): string {
	const how = names.map((name) =>
		name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
	);
	const end = value ? argumentOf(value) : '';
	return `complete -c flue -n ${quote(condition)} ${how.join(' ')}${end} -d ${quote(meaning)}\n`;
}

export function fishScript({ flags, commands }: Tree): string {
	const all = [flags, ...commands.map((command) => command.flags)].flat();
	const taking = all.filter(({ value }) => value).flatMap(({ names }) => names);
	const words = placesOf(commands).flatMap((place) =>
		place.words.map(({ word, meaning }) => {
			const condition = quote(`__flue_after ${place.before}`.trim());
			const text = meaning === '' ? '' : ` -d ${quote(meaning)}`;
			return `complete -c flue -n ${condition} -a ${word}${text}\n`;
		}),
	);
	return [
		HEAD,
		wordsFunction([...new Set(taking)]),
		...words,
		...flags.map((flag) => flagLine('__flue_after', flag)),
		...commands.flatMap((command) =>
			command.flags.map((flag) => flagLine(`__flue_in ${command.word}`, flag)),
		),
	].join('');
}
