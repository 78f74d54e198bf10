// What a file is, by its name alone, in a project that keeps its settings in env files. Pure.

export type EnvNameKind =
	/** Committed, without secrets; `odd` ones are taken only when their text is in dotenv syntax too. */
	| 'example'
	| 'odd-example'
	| 'dev-vars-example'
	/** `.env` and `.env.local`; only the first that exists is edited. */
	| 'private'
	| 'dev-vars'
	/** Loaded by some command, but not ours to edit: `.env.production`, `.envrc`. */
	| 'loaded'
	/** Written by a tool that encrypts. */
	| 'encrypted';

/** What most projects have, to be found in a folder of any size. */
export const COMMON_ENV_NAMES =
	'.env .env.local .env.development .env.production .env.example .env.sample .env.template .env.schema .envrc .dev.vars .dev.vars.example'.split(
		' ',
	);

const EXAMPLE = /^(example|examples|sample|template|tmpl|tpl|schema|dist|skeleton|demo)$/;
const ENCRYPTED = /^(vault|keys|enc|encrypted|gpg|asc|age|sops)$/;
const BACKUP = /^(bak|backup|old|orig|original|save|swp|swo|tmp|temp|rej|copy)$/;
const OTHER_SYNTAX =
	/^([cm]?[jt]sx?|json[c5]?|mdx?|ya?ml|toml|ini|html?|(ba|z|fi)?sh|ps1|bat|cmd|py|rb|go|rs|php|java|lock|log|css|svg|sql|zip|gz|tf|nix|hcl)$/;

function isNotAnEnvFile(parts: string[], name: string): boolean {
	const last = parts.at(-1) ?? '';
	return name.endsWith('~') || OTHER_SYNTAX.test(last) || parts.some((part) => BACKUP.test(part));
}

/** What a file of this name holds; null for anything that is no env file. */
export function envNameKind(name: string): EnvNameKind | null {
	const lower = name.toLowerCase();
	const parts = lower.split(/[._-]/).filter(Boolean);
	if (lower === '.envrc') return 'loaded';
	if (!parts.some((part) => /^(env|environment|vars)$/.test(part))) return null;
	if (isNotAnEnvFile(parts, lower)) return null;
	const isExample = parts.some((part) => EXAMPLE.test(part));
	if (/^\.?dev\.vars\b/.test(lower)) return devVarsKind(lower, isExample);
	const isEnv = /^\.env(\.|$)/.test(lower);
	if (isExample) return isEnv ? 'example' : 'odd-example';
	if (!isEnv) return null;
	if (lower === '.env' || lower === '.env.local') return 'private';
	return parts.some((part) => ENCRYPTED.test(part)) ? 'encrypted' : 'loaded';
}

function devVarsKind(name: string, isExample: boolean): EnvNameKind | null {
	if (isExample) return 'dev-vars-example';
	if (name === '.dev.vars') return 'dev-vars';
	return name.startsWith('.dev.vars.') ? 'loaded' : null;
}
