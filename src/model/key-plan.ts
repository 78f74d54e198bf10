// How a config module gets one more key.

/** Text to put at `at`, an offset into the original text. Nothing is ever removed. */
export interface Insertion {
	at: number;
	text: string;
}

/** How another module reads the value: what to import, and the expression to write. */
export interface Access {
	import: { kind: 'named' | 'default' | 'namespace'; name: string };
	/** E.g. `env.REDIS_URL`, `config.redis.url`, `loadConfig().redisUrl`, `config.get('redis.url')`. */
	expression: string;
}

/** What a dialect says of a module that is written in its style. */
export type KeyPlan =
	/** `insertions` is empty when the key is already there. */
	| { kind: 'ready'; access: Access; insertions: Insertion[] }
	/** The style is ours but this shape is not: nothing is touched. `reason` ends a sentence; `snippet` is to be pasted by the user. */
	| { kind: 'unclear'; reason: string; snippet: string };
