// What @flue/redis exports, by its documentation: enough to type-check the templates where the package cannot be had.
declare module '@flue/redis' {
	type Argument = string | number;
	interface RedisRunner {
		command(command: string, args?: Argument[]): Promise<unknown>;
		eval(script: string, keys: string[], args?: Argument[]): Promise<unknown>;
		pipeline?(commands: { command: string; args?: Argument[] }[]): Promise<unknown[]>;
		close?(): Promise<void> | void;
	}
	interface RedisOptions {
		keyPrefix?: string;
		inspectServer?: boolean;
		replicas?: { wait: number; timeoutMs: number };
	}
	export function redis(runner: RedisRunner, options?: RedisOptions): object;
}
