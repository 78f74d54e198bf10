// A process that claims through the line's own store.
import { redis } from '../../src/lines/beta5/index.ts';
import { serveClaims } from '../beta/racer.ts';

await serveClaims(async (runner) => (await redis(runner).connect()).executionStore.submissions);
