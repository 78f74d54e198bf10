// How esbuild makes what this package brings along: for the oldest Node that runs it, in ASCII.

/** Only ASCII is left in a text, which halves its size in memory. */
export const minified = { platform: 'node', target: 'node20.12', charset: 'ascii', minify: true };

// ES modules first: the CommonJS form of jsonc-parser cannot be bundled.
export const bundled = {
	...minified,
	bundle: true,
	metafile: true,
	mainFields: ['module', 'main'],
	logLevel: 'warning',
};
