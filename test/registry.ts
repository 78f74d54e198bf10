// A registry of npm packages on a loopback port, with a few small packages in it: real managers resolve and install from it in a moment.
// What the packages of the real one do is shown with those, by `npm run test:all` and by the stock journey.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeTree } from './tree.ts';

/** A package: what its package.json says beside name and version, and its other files. */
export interface Publication {
	name: string;
	version: string;
	manifest?: object;
	files?: Record<string, string>;
}

/** Long ago: some managers take nothing that is new. */
const PUBLISHED = '2026-01-01T00:00:00.000Z';

interface Packed {
	name: string;
	manifest: { name: string; version: string };
	path: string;
	tarball: Buffer;
}

function pack({ name, version, manifest = {}, files = {} }: Publication): Packed {
	const whole = { name, version, ...manifest };
	const texts = { ...files, 'package.json': JSON.stringify(whole) };
	const folder = makeTree(
		Object.fromEntries(Object.entries(texts).map(([path, text]) => [`package/${path}`, text])),
	);
	const tarball = execFileSync('tar', ['-czf', '-', '-C', folder, 'package']);
	const path = `/${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;
	return { name, manifest: whole, path, tarball };
}

/** What a registry says of a package: all of its versions, of which the last is the newest. */
function describePackage(name: string, all: Packed[], url: string): object {
	const versions = all.map(({ manifest, path, tarball }) => {
		const digest = (algorithm: string) => createHash(algorithm).update(tarball);
		const dist = {
			tarball: `${url}${path}`,
			shasum: digest('sha1').digest('hex'),
			integrity: `sha512-${digest('sha512').digest('base64')}`,
		};
		return [manifest.version, { ...manifest, dist }] as const;
	});
	const times = versions.map(([version]) => [version, PUBLISHED] as const);
	return {
		name,
		'dist-tags': { latest: versions.at(-1)?.[0] },
		versions: Object.fromEntries(versions),
		modified: PUBLISHED,
		time: { created: PUBLISHED, modified: PUBLISHED, ...Object.fromEntries(times) },
	};
}

/**
 * Serves packages for the time of a test; the versions of one from old to new.
 * @returns what has to stand in a manager's environment for it to ask here, with a home of its own
 */
export async function serveRegistry(publications: Publication[]): Promise<NodeJS.ProcessEnv> {
	const packed = publications.map(pack);
	const server = createServer(({ url: asked = '/' }, response) => {
		const path = decodeURIComponent(asked.replace(/[?#].*$/, ''));
		const archive = packed.find((one) => one.path === path);
		const versions = packed.filter(({ name }) => path === `/${name}`);
		if (archive) return void response.end(archive.tarball);
		response.setHeader('content-type', 'application/json');
		if (versions.length > 0)
			return void response.end(JSON.stringify(describePackage(path.slice(1), versions, url)));
		response.statusCode = 404;
		response.end('{ "error": "Not found" }');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const HOME = makeTree({ '.npmrc': `registry=${url}/\n` });
	return {
		...{ HOME, npm_config_userconfig: join(HOME, '.npmrc'), npm_config_registry: `${url}/` },
		...{ npm_config_cache: join(HOME, 'npm'), BUN_INSTALL_CACHE_DIR: join(HOME, 'bun') },
		...{ XDG_CACHE_HOME: join(HOME, 'cache'), XDG_DATA_HOME: join(HOME, 'data') },
		...{ YARN_NPM_REGISTRY_SERVER: url, YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1' },
		...{ YARN_GLOBAL_FOLDER: join(HOME, 'berry'), YARN_CACHE_FOLDER: join(HOME, 'yarn') },
	};
}
