// What 1.0.0-beta.5 to beta.7 read back after a crash in the middle of a write and another crash.
import { redis } from '../../src/lines/beta5/index.ts';
import { SHARED_TEARS } from '../beta/torn.ts';
import { describeTorn } from '../tearing.ts';

describeTorn({
	open: async (runner) => redis(runner, { inspectServer: false }).connect(),
	tears: SHARED_TEARS,
});
