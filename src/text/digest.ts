// The digest by which a file is known again. Loads node:crypto when the first one is wanted: most runs need none.
import type * as Crypto from 'node:crypto';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.filename);
const crypto = () => load('node:crypto') as typeof Crypto;

/** A digest of a content, of a text as UTF-8. */
export function digest(
	algorithm: string,
	content: string | Uint8Array,
	encoding: 'hex' | 'base64',
): string {
	return crypto().createHash(algorithm).update(content).digest(encoding);
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
	return digest('sha256', content, 'hex');
}

/** Files whose text may be little more than a secret. */
const PRIVATE = /(?:^|\/)\.(?:env|dev\.vars)(?!.*(?:example|sample|template|schema|dist))[^/]*$/i;

/**
 * What a plan that others read may hold of a file: SHA-256, and of a file of secrets scrypt with the plan's salt, so that
 * who reads it cannot try a dictionary on a short password.
 * @param isLocal git ignores the file
 */
export function fileDigest(
	{ path, isLocal = false }: { path: string; isLocal?: boolean },
	content: string | Uint8Array,
	salt: string,
): string {
	if (!isLocal && !PRIVATE.test(path)) return sha256(content);
	return crypto().scryptSync(content, salt, 32, { N: 16_384, r: 8, p: 1 }).toString('hex');
}
