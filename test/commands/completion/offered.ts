// What each real shell offers for a command line, with our script sourced: the shell is asked, not the script read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import type { Shell } from '../../../src/model/request.ts';

const END = '--- end of a line ---';

/** Reads lines from stdin and calls the completion function as readline does. */
const BASH = `
source "$1"
while IFS= read -r line; do
	read -ra COMP_WORDS <<< "\${line//=/ = }"
	if [[ $line == *' ' ]]; then COMP_WORDS+=(''); fi
	COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
	_flue_blueprints flue
	printf '%s\\n' "\${COMPREPLY[@]}" '${END}'
done
`;

const FISH = `
source $argv[1]
while read -l line
	complete -C $line
	echo '${END}'
end
`;

/** An interactive shell whose line editor lists the choices for each line and ends; compadd tells what it is given. */
const ZSH = `
unsetopt zle_bracketed_paste; zstyle ':completion:*' verbose no
autoload -Uz compinit && compinit -u -D
source "$SCRIPT"
compadd() {
	local -a said=("\${@[1,(i)(-|--)]}")
	if [[ " $said " == *' -'(O|A|D)' '* ]]; then builtin compadd "$@"; return; fi
	local -a hits
	builtin compadd -A hits "$@"
	if (( $#hits )); then print -rl -- $hits >> $ANSWERS; fi
	builtin compadd "$@"
}
ask() {
	local line
	while IFS= read -r line; do
		BUFFER=$line CURSOR=$#line
		zle list-choices
		print -r -- '${END}' >> $ANSWERS
	done < $QUESTIONS
	exit
}
zle -N zle-line-init ask
`;

interface Asked {
	script: string;
	folder: string;
	input: string;
	cwd: string;
}

function askZsh({ script, folder, input, cwd }: Asked): Promise<string> {
	const [questions, answers] = [join(folder, 'questions'), join(folder, 'answers')];
	writeFileSync(questions, input);
	writeFileSync(answers, '');
	writeFileSync(join(folder, '.zshrc'), ZSH);
	const env = {
		PATH: process.env.PATH ?? '',
		HOME: folder,
		ZDOTDIR: folder,
		TERM: 'xterm',
		SCRIPT: script,
		QUESTIONS: questions,
		ANSWERS: answers,
	};
	const terminal = spawn('zsh', ['-d', '-i'], { cwd, cols: 200, rows: 100, env });
	let screen = '';
	terminal.onData((chunk) => {
		screen += chunk;
	});
	return new Promise((resolve, reject) => {
		terminal.onExit(({ exitCode }) => {
			if (exitCode === 0) resolve(readFileSync(answers, 'utf8'));
			else reject(new Error(`zsh ended with ${exitCode}:\n${screen}`));
		});
	});
}

function askFilter(command: string[], { input, cwd, folder }: Asked): string {
	const [file = '', ...args] = command;
	const env = { PATH: process.env.PATH, HOME: folder };
	return execFileSync(file, args, { input, cwd, env, encoding: 'utf8' });
}

function ask(shell: Shell, asked: Asked): Promise<string> | string {
	if (shell === 'zsh') return askZsh(asked);
	if (shell === 'fish') return askFilter(['fish', '--no-config', '-c', FISH, asked.script], asked);
	return askFilter(['bash', '--norc', '-c', BASH, 'bash', asked.script], asked);
}

/** Without what a shell adds to a word: a description, the option before `=`, that `=`, the folders before and the end of one. */
function bare(answer: string): string {
	return answer
		.replace(/\t.*/, '')
		.replace(/^--[\w-]+=(?=.)/, '')
		.replace(/[=/]$/, '')
		.replace(/^.*\//, '');
}

/** For each line the words that the shell offers, sorted. All lines are asked in one shell. */
export async function offered(
	shell: Shell,
	text: string,
	{ lines, cwd }: { lines: string[]; cwd: string },
): Promise<Record<string, string[]>> {
	const folder = mkdtempSync(join(tmpdir(), 'flue-shell-'));
	try {
		const script = join(folder, `flue.${shell}`);
		writeFileSync(script, text);
		const input = lines.map((line) => `${line}\n`).join('');
		const answers = (await ask(shell, { script, folder, input, cwd })).split(`${END}\n`);
		const words = (answer = '') => answer.split('\n').filter((word) => word !== '');
		return Object.fromEntries(
			lines.map((line, index) => [line, [...new Set(words(answers[index]).map(bare))].sort()]),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
