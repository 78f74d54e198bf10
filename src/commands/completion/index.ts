// The completion script for a shell: `flue completion bash|zsh|fish` prints it and installs nothing. Pure.

import type { DescribedProgram, Shell } from '../../model/request.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type Tree, treeOf } from './tree.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS: Record<Shell, (tree: Tree) => string> = {
	bash: bashScript,
	zsh: zshScript,
	fish: fishScript,
};

/** The text to source, ending with a line feed. `program` is the whole command line as the parser knows it. */
export function completionScript(shell: Shell, program: DescribedProgram): string {
	return SCRIPTS[shell](treeOf(program));
}
