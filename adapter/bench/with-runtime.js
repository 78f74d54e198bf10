// `node --import ./bench/with-runtime.js`: @flue/runtime is the copy that FLUE_RUNTIME names.
import { registerHooks } from 'node:module';

const copy = process.env.FLUE_RUNTIME ?? '@flue/runtime';

registerHooks({
	resolve: (name, context, next) => next(name.replace(/^@flue\/runtime/, copy), context),
});
