import { describe, expect, test } from 'vitest';
import {
	blockedBuilds,
	isHeldBack,
	missingPackage,
	tellingLines,
} from '../../src/apply/install-output.ts';

// Printed by the managers themselves, with another host.
const ABSENT: Record<string, string> = {
	'npm 11': `npm error code E404
npm error 404 Not Found - GET https://registry.example/@flue%2fredis
npm error 404
npm error 404  The requested resource '@flue/redis@2.0.3' could not be found or you do not have permission to access it.`,
	'npm 8': `npm ERR! code E404
npm ERR! 404  '@flue/redis@2.0.3' is not in this registry.`,
	'pnpm 9 and 10': ` ERR_PNPM_FETCH_404  GET https://registry.example/@flue%2Fredis: Not Found - 404

This error happened while installing a direct dependency of /app

@flue/redis is not in the npm registry, or you have no permission to fetch it.`,
	'pnpm 12': `Error: ERR_PNPM_FETCH_404

  × installing dependencies
  ├─▶ Failed to resolve dependency tree: GET https://registry.example/
  │   @flue%2Fredis: Not Found - 404
  │   
  ╰─▶ GET https://registry.example/@flue%2Fredis: Not Found - 404`,
	'Yarn 1': `[1/4] Resolving packages...
error Couldn't find package "@flue/redis" on the "npm" registry.`,
	'Yarn 2': `➤ YN0001: │ HTTPError: Response code 404 (Not Found)
    at se.<anonymous> (/yarn.js:23:10082)`,
	'Yarn 3': `➤ YN0035: │ @flue/redis@npm:2.0.3: The remote server failed to provide the requested resource
➤ YN0035: │   Response Code: 404 (Not Found)`,
	'Yarn 4': `➤ YN0035: │ @flue/redis@npm:2.0.3: Package not found
➤ YN0035: │   Response Code: 404 (Not Found)`,
	'Bun 1.4': `error: GET https://registry.example/@flue%2fredis - 404
error: @flue/redis@2.0.3 failed to resolve`,
};

const NO_SUCH_VERSION: Record<string, string> = {
	'npm 11':
		'npm error code ETARGET\nnpm error notarget No matching version found for @flue/redis@9.0.0.',
	'pnpm 10':
		' ERR_PNPM_NO_MATCHING_VERSION  No matching version found for @flue/redis@9.0.0 while fetching it',
	'pnpm 12':
		'  ├─▶ Failed to resolve dependency tree: No matching version found for\n  │   @flue/redis@9.0.0',
	'Yarn 1': 'error Couldn\'t find any versions for "@flue/redis" that matches "9.0.0"',
	'Yarn 4': '➤ YN0082: │ @flue/redis@npm:9.0.0: No candidates found',
	'Bun 1.4':
		'error: No version matching "9.0.0" found for specifier "@flue/redis" (but package exists)',
};

describe('missingPackage', () => {
	test.each(Object.entries(ABSENT))('it sees that %s found no such package', (_, tail) => {
		expect(missingPackage(tail, '@flue/redis')).toBe(true);
	});

	test.each(Object.entries(NO_SUCH_VERSION))('it sees that %s found no such version', (_, tail) => {
		expect(missingPackage(tail, '@flue/redis')).toBe(true);
	});

	test.each(Object.entries(ABSENT).filter(([manager]) => manager !== 'Yarn 2'))(
		'it blames no other package in the words of %s',
		(_, tail) => {
			expect(missingPackage(tail, 'redis')).toBe(false);
			expect(missingPackage(tail, '@flue/runtime')).toBe(false);
		},
	);

	test('it leaves other failures alone', () => {
		const tail =
			'npm error code ECONNREFUSED\nnpm error GET https://registry.example/@flue%2fredis';
		expect(missingPackage(tail, '@flue/redis')).toBe(false);
	});
});

describe('blockedBuilds', () => {
	test.each([
		[
			'[ERR_PNPM_IGNORED_BUILDS] Ignored build scripts: esbuild@0.28.1, protobufjs@7.5.4\n\nRun "pnpm approve-builds"',
			'esbuild@0.28.1, protobufjs@7.5.4',
		],
		[
			'Error: ERR_PNPM_IGNORED_BUILDS\n\n  ╰─▶ Ignored build scripts: esbuild@0.28.1,\n      protobufjs@7.5.4\n',
			'esbuild@0.28.1, protobufjs@7.5.4',
		],
		['ERR_PNPM_IGNORED_BUILDS', 'packages'],
	])('it names them in %j', (tail, names) => {
		expect(blockedBuilds('pnpm', tail)).toBe(names);
	});

	test.each(['', 'ERR_PNPM_FETCH_404', 'ERR_PNPM_IGNORED_BUILDS\nERR_PNPM_FETCH_404'])(
		'it sees none in %j',
		(tail) => {
			expect(blockedBuilds('pnpm', tail)).toBeNull();
		},
	);

	test('it sees none where another manager ran', () => {
		expect(blockedBuilds('npm', 'ERR_PNPM_IGNORED_BUILDS')).toBeNull();
	});
});

// Printed by the managers themselves.
const HELD_BACK = `npm error code ETARGET
npm error notarget No matching version found for @flue/redis@2.0.3 with a date before 6/10/2024, 10:25:56 PM.
npm error notarget In most cases you or one of your dependencies are requesting a package version that doesn't exist.
npm error A complete log of this run can be found in: debug-0.log`;

describe('isHeldBack', () => {
	test('it sees that npm takes no release that is so young', () => {
		expect(isHeldBack('npm', HELD_BACK)).toBe(true);
		const none = 'npm error code ENOVERSIONS\nnpm error No versions available for redis';
		expect(isHeldBack('npm', none)).toBe(true);
	});

	test.each(Object.entries({ ...ABSENT, ...NO_SUCH_VERSION }))(
		'it sees nothing of it in the words of %s',
		(name, tail) => {
			const manager = name.split(' ')[0]?.toLowerCase();
			expect(isHeldBack(manager as 'npm' | 'pnpm' | 'yarn' | 'bun', tail)).toBe(false);
		},
	);
});

describe('tellingLines', () => {
	const noise = Array.from({ length: 30 }, (_, index) => `npm warn deprecated package-${index}`);

	test('it keeps the cause where a long tail follows', () => {
		const lines = tellingLines('npm', [HELD_BACK, ...noise].join('\n')).split('\n');
		expect(lines[1]).toContain('with a date before');
		expect(lines).toHaveLength(12);
		expect(lines.at(-1)).toBe('npm warn deprecated package-29');
	});

	test('it is the end alone where that holds the cause', () => {
		const lines = tellingLines('npm', [...noise, HELD_BACK].join('\n')).split('\n');
		expect(lines.slice(-4).join('\n')).toBe(HELD_BACK);
		expect(lines[0]).toBe('npm warn deprecated package-22');
	});
});
