// `npm run soak -- NAME`: what takes too long for CI. Ends with 1 when a promise was broken.
import { soakDrillEnds } from './drill-ends.ts';
import { soakKills } from './kills.ts';
import { soakMemory } from './memory.ts';
import { soakRolling } from './rolling.ts';

const [name = '', ...words] = process.argv.slice(2);

const seed = Number(words[1] ?? Date.now() % 1e9);

const SOAKS: Record<string, () => Promise<number>> = {
	kills: () => soakKills(Number(words[0] ?? 200), seed),
	drill: () => soakDrillEnds(Number(words[0] ?? 100), seed),
	memory: soakMemory,
	rolling: () => soakRolling(...words),
};

const soak = SOAKS[name];
if (!soak) {
	process.stderr.write(
		'npm run soak -- kills [COUNT] [SEED] | drill [COUNT] [SEED] | memory | rolling [shared|apart] [2,4] [SIGTERM,SIGKILL,nothing]\n',
	);
	process.exit(2);
}
process.exitCode = await soak();
