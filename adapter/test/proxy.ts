// Stands between client and server and, when asked, lets a request through but not its reply.
import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
	readonly port: number;
	/** Pass the next request on, wait until the server has answered, then cut the connection. */
	readonly cutNextReply: () => void;
	readonly stop: () => void;
}

export async function startProxy(target: number): Promise<CuttingProxy> {
	let cut = false;
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
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	return {
		port: (listener.address() as { port: number }).port,
		cutNextReply: () => {
			cut = true;
		},
		stop: () => {
			for (const socket of sockets) socket.destroy();
			listener.close();
		},
	};
}
