#!/bin/sh
# `.env.example` holds REDIS_URL= with nothing behind it, and is copied to .env. The config module asks for a text: once as required, once as optional, once with a default ("x").
# Guess: an empty line is an unset one: the required text is refused, the optional one passes, the default is taken.
# Seen: no library of ten does all three. zod 4.6.7, valibot 1.5.0, arktype 2.2.10, envalid 8.2.0, convict 6.2.5 and Effect 3.22.4 take the empty text for a value each time, whatever was asked.
# yup 1.7.1 and env-var 7.5.0 refuse the required one, and leave the default aside for the empty text. joi 18.3.2 refuses all three, the optional one and the one with a default too: there the copied
# line stops a project that starts without it. envsafe 2.0.3 takes the default, and refuses the one whose default is undefined.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . zod@4.6.7 yup@1.7.1 joi@18.3.2 valibot@1.5.0 arktype@2.2.10 envalid@8.2.0 envsafe@2.0.3 env-var@7.5.0 convict@6.2.5 effect@3.22.4 >/dev/null
cat > look.mjs <<'JS'
import { type } from 'arktype';
import convict from 'convict';
import { Config, ConfigProvider, Effect } from 'effect';
import env from 'env-var';
import * as envalid from 'envalid';
import * as envsafe from 'envsafe';
import Joi from 'joi';
import * as v from 'valibot';
import * as yup from 'yup';
import { z } from 'zod';
const R = '';
const reporter = ({ errors }) => { if (Object.keys(errors).length > 0) throw new Error('refused'); };
const effect = (config) => Effect.runSync(Effect.withConfigProvider(config, ConfigProvider.fromMap(new Map([['R', R]]))));
const convicted = (format, value) => convict({ r: { format, default: value, env: 'R' } }, { env: { R }, args: [] }).validate().get('r');
const LIBRARIES = {
	zod: [z.string(), z.string().optional(), z.string().default('x')].map((one) => () => one.parse(R)),
	valibot: [v.string(), v.optional(v.string()), v.optional(v.string(), 'x')].map((one) => () => v.parse(one, R)),
	arktype: ['string', 'string?', 'string = "x"'].map((one) => () => type({ R: one }).assert({ R }).R),
	envalid: [envalid.str(), envalid.str({ default: undefined }), envalid.str({ default: 'x' })].map((one) => () => envalid.cleanEnv({ R }, { R: one }, { reporter }).R),
	convict: [[String, null], ['*', undefined], [String, 'x']].map(([format, value]) => () => convicted(format, value)),
	effect: [Config.string('R'), Config.option(Config.string('R')), Config.withDefault(Config.string('R'), 'x')].map((one) => () => { const got = effect(one); return got?.value ?? got; }),
	'env-var': [(one) => one.required(), (one) => one, (one) => one.default('x')].map((asked) => () => asked(env.from({ R }).get('R')).asString()),
	yup: [yup.string().required(), yup.string(), yup.string().default('x')].map((one) => () => one.validateSync(R)),
	joi: [Joi.string().required(), Joi.string(), Joi.string().default('x')].map((one) => () => Joi.attempt(R, one)),
	envsafe: [envsafe.str(), envsafe.str({ default: undefined }), envsafe.str({ default: 'x' })].map((one) => () => envsafe.envsafe({ R: one }, { env: { R }, reporter }).R),
};
const made = (make) => { try { return JSON.stringify(make()) ?? 'unset'; } catch { return 'refused'; } };
for (const [name, [required, optional, defaulted]] of Object.entries(LIBRARIES))
	console.log(`${name}: required ${made(required)}, optional ${made(optional)}, with a default ${made(defaulted)}`);
JS
node look.mjs | tee seen
cmp - seen <<'END'
zod: required "", optional "", with a default ""
valibot: required "", optional "", with a default ""
arktype: required "", optional "", with a default ""
envalid: required "", optional "", with a default ""
convict: required "", optional "", with a default ""
effect: required "", optional "", with a default ""
env-var: required refused, optional "", with a default ""
yup: required refused, optional "", with a default ""
joi: required refused, optional refused, with a default refused
envsafe: required refused, optional refused, with a default "x"
END
