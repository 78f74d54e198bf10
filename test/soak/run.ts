// `npm run soak -- kills [COUNT] [SEED]`: what takes too long for CI. Ends with 1 when a promise was broken.
import { soakKills } from './kills.ts';

const [name, count = '200', seed = String(Date.now() % 1e9)] = process.argv.slice(2);
if (name !== 'kills') {
	process.stderr.write('npm run soak -- kills [COUNT] [SEED]\n');
	process.exit(2);
}
process.exitCode = await soakKills(Number(count), Number(seed));
