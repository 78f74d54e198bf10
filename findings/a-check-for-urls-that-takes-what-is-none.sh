#!/bin/sh
# A config module checks its addresses with its library's check for URLs, as their documentation shows for DATABASE_URL.
# Guess: redis://127.0.0.1:6379 passes, and cache:6379, whose scheme was forgotten, does not.
# Seen: nine of twelve take both: "cache:" counts as the scheme. zod 4.6.7 (both of its lines), valibot 1.5.0, envalid 8.2.0, envsafe 2.0.3, env-var 7.5.0, arktype 2.2.10 and Ajv's formats 3.0.1
# take "redis://" with no host too, and a password with a bare @ in it; joi 18.3.2 neither. yup 1.7.1, class-validator 0.15.1 and convict's formats 6.2.0 refuse every redis:// address; the last takes
# cache:6379 for a URL, and both of the last take 127.0.0.1:6379.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . zod@4.6.7 yup@1.7.1 joi@18.3.2 valibot@1.5.0 envalid@8.2.0 class-validator@0.15.1 arktype@2.2.10 \
	convict@6.2.5 convict-format-with-validator@6.2.0 ajv@8.20.0 ajv-formats@3.0.1 env-var@7.5.0 envsafe@2.0.3 >/dev/null
cat > look.mjs <<'JS'
import Ajv from 'ajv';
import formats from 'ajv-formats';
import { type } from 'arktype';
import { isURL } from 'class-validator';
import convict from 'convict';
import { url as convictUrl } from 'convict-format-with-validator';
import env from 'env-var';
import * as envalid from 'envalid';
import * as envsafe from 'envsafe';
import Joi from 'joi';
import * as v from 'valibot';
import * as yup from 'yup';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
const ajv = formats.default(new Ajv.default());
convict.addFormat(convictUrl);
const reporter = ({ errors }) => { if (Object.keys(errors).length > 0) throw new Error('refused'); };
const CHECKS = {
	'zod 4': (R) => z.url().parse(R),
	'zod 3': (R) => z3.string().url().parse(R),
	valibot: (R) => v.parse(v.pipe(v.string(), v.url()), R),
	arktype: (R) => type('string.url').assert(R),
	envalid: (R) => envalid.cleanEnv({ R }, { R: envalid.url() }, { reporter }),
	envsafe: (R) => envsafe.envsafe({ R: envsafe.url() }, { env: { R }, reporter }),
	'env-var': (R) => env.from({ R }).get('R').required().asUrlString(),
	joi: (R) => Joi.attempt(R, Joi.string().uri()),
	ajv: (R) => { if (!ajv.validate({ type: 'string', format: 'uri' }, R)) throw new Error('refused'); },
	convict: (R) => convict({ r: { format: 'url', default: R } }).validate(),
	yup: (R) => yup.string().url().validateSync(R),
	'class-validator': (R) => { if (!isURL(R)) throw new Error('refused'); },
};
const takes = (check, text) => { try { check(text); return 'yes'; } catch { return 'no'; } };
for (const text of ['redis://127.0.0.1:6379', 'cache:6379', '127.0.0.1:6379', 'redis://', 'redis://user:p@ss@cache:6379'])
	console.log(`${text}: ${Object.entries(CHECKS).map(([name, check]) => `${name} ${takes(check, text)}`).join(', ')}`);
JS
node look.mjs | tee seen
cmp - seen <<'END'
redis://127.0.0.1:6379: zod 4 yes, zod 3 yes, valibot yes, arktype yes, envalid yes, envsafe yes, env-var yes, joi yes, ajv yes, convict no, yup no, class-validator no
cache:6379: zod 4 yes, zod 3 yes, valibot yes, arktype yes, envalid yes, envsafe yes, env-var yes, joi yes, ajv yes, convict yes, yup no, class-validator no
127.0.0.1:6379: zod 4 no, zod 3 no, valibot no, arktype no, envalid no, envsafe no, env-var no, joi no, ajv no, convict yes, yup no, class-validator yes
redis://: zod 4 yes, zod 3 yes, valibot yes, arktype yes, envalid yes, envsafe yes, env-var yes, joi no, ajv yes, convict no, yup no, class-validator no
redis://user:p@ss@cache:6379: zod 4 yes, zod 3 yes, valibot yes, arktype yes, envalid yes, envsafe yes, env-var yes, joi no, ajv yes, convict no, yup no, class-validator no
END
