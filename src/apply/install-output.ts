// Reads what a package manager printed, where its exit status does not say enough. Pure.

/**
 * True when a pnpm install did everything but run the build scripts of packages that nobody has approved yet.
 * pnpm 11 and 12 then exit with 1, although every package is in place.
 */
export function isOnlyBlockedBuilds(tail: string): boolean {
	const codes = new Set(tail.match(/ERR_PNPM_[A-Z0-9_]+/g) ?? []);
	return codes.size === 1 && codes.has('ERR_PNPM_IGNORED_BUILDS');
}

// As printed by npm 11, pnpm 9 to 12, Yarn 1, 2, 3 and 4 and Bun 1.4; `NAME` stands for the package.
const MISSING = [
	'404 Not Found - GET \\S*/NAME(\\s|$)',
	"404[^\\n]*'NAME@",
	'No matching version found for\\s+NAME@',
	'GET \\S*/NAME: Not Found - 404',
	'(?<!\\S)NAME is not in the npm registry',
	'Couldn\'t find (package|any versions for) "NAME"',
	'(?<!\\S)NAME@\\S*: (Package not found|No candidates found|The remote server failed)',
	'GET \\S*/NAME - 404',
	'No version matching \\S+ found for specifier "NAME"',
];

// Yarn 2 does not say what it did not find.
const NAMELESS = /YN0001: │ HTTPError: Response code 404/;

/** True when an install failed because the registry has no such package, or not that version of it. */
export function missingPackage(tail: string, name: string): boolean {
	if (NAMELESS.test(tail)) return true;
	// The slash of a scoped name is encoded in addresses, by each manager in its own case.
	const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('/', '(?:/|%2[fF])');
	// pnpm 12 breaks long lines, with a rule before each.
	const text = tail.replace(/\n[ │]+/g, ' ').replace(/(GET \S*\/) /g, '$1');
	return MISSING.some((source) => new RegExp(source.replaceAll('NAME', pattern)).test(text));
}
