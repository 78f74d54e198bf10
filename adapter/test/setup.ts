// Before the first test: is everything here that the tests need? What cannot be had is a failure that says how to get it.
import { requireServers } from './install-servers.ts';

export default function setup(): void {
	checkNode();
	requireServers(['redis', 'valkey']);
}

function checkNode(): void {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 22 || (major === 22 && minor >= 19)) return;
	throw new Error(
		`These tests need Node 22.19 or later, and this is ${process.versions.node}. The npm package node@22 brings one: put its bin folder first on PATH.`,
	);
}
