// The project that `flue init` of the newest @flue/cli makes today, with nothing pinned by us.
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node22 } from '../node22.ts';
import { tool } from '../tools.ts';
import { flueProject } from './project.ts';
import { run } from './toolchain.ts';

interface Manifest {
	bin: Record<string, string>;
	dependencies: Record<string, string>;
}

const MODEL = '@earendil-works/pi-ai';

function readManifest(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * Runs `flue init --target node --deploy` in a folder that is not there yet, and gives the agent a model that needs no provider:
 * that, and the package that it comes from, is all that is ours. `wanted` is a version of @flue/cli other than the newest.
 * @returns the version of @flue/cli
 */
export async function initStock(root: string, wanted?: string): Promise<string> {
	const cwd = tmpdir();
	const version = wanted ?? (await run('npm', ['view', '@flue/cli', 'version'], { cwd })).trim();
	const cli = tool('@flue/cli', version);
	const program = join(cli, readManifest(cli).bin.flue ?? '');
	await run(node22(), [program, 'init', root, '--target', 'node', '--deploy'], { cwd });
	const agent = flueProject('stock')['src/agents/hello.ts'] ?? '';
	writeFileSync(join(root, 'src/agents/hello.ts'), agent);
	const manifest = readManifest(root);
	// The range is the framework's own, so that there is one copy of it too.
	manifest.dependencies[MODEL] = readManifest(join(cli, '../runtime')).dependencies[MODEL] ?? '*';
	writeFileSync(join(root, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	return version;
}
