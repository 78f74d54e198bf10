// `npm run surface`: writes docs/public-surface.md from the build. Read the difference before you commit it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FILE, publicSurface } from './surface.ts';

mkdirSync(dirname(FILE), { recursive: true });
writeFileSync(FILE, publicSurface());
process.stdout.write(`${FILE} is written. Read what changed: git diff ${FILE}\n`);
