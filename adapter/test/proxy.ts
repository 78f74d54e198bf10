// Stands between client and server and, when asked, lets a request through but not its reply, or nothing at all.
import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
	readonly port: number;
	/** Pass the next request on, wait until the server has answered, then cut the connection. */
	readonly cutNextReply: () => void;
	/** Let nothing through and close nothing, as when a cable is out. */
	readonly hold: () => void;
	/** Let through what was held, and what comes. */
	readonly release: () => void;
	/** As hold, but for the connections of now alone: the other end is gone, and who connects anew finds another. */
	readonly strand: () => void;
	/** Where connections lead that are made from now on. */
	readonly redirect: (next: number) => void;
	readonly stop: () => void;
}

export async function startProxy(first: number): Promise<CuttingProxy> {
	let target = first;
	let cut = false;
	let isHeld = false;
	const sockets = new Set<Socket>();
	const listener = createServer((client) => {
		const server = connect(target, '127.0.0.1');
		for (const socket of [client, server]) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => {
				sockets.delete(socket);
				client.destroy();
				server.destroy();
			});
		}
		client.on('data', (data) => server.write(data));
		server.on('data', (data) => {
			if (!cut) {
				client.write(data);
				return;
			}
			cut = false;
			client.destroy();
		});
		// Behind the listeners, which set it flowing.
		if (isHeld) for (const socket of [client, server]) socket.pause();
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	return {
		port: (listener.address() as { port: number }).port,
		cutNextReply: () => {
			cut = true;
		},
		hold: () => {
			isHeld = true;
			for (const socket of sockets) socket.pause();
		},
		strand: () => {
			for (const socket of sockets) socket.pause();
		},
		redirect: (next) => {
			target = next;
		},
		release: () => {
			isHeld = false;
			for (const socket of sockets) socket.resume();
		},
		stop: () => {
			for (const socket of sockets) socket.destroy();
			listener.close();
		},
	};
}
