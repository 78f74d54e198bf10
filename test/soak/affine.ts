// A proxy over HTTP that sends each conversation to one place, and whoever asks while a server is replaced waits for the next one there.
import {
	createServer,
	type IncomingMessage,
	request as requestOf,
	type ServerResponse,
} from 'node:http';

export interface AffineProxy {
	readonly url: string;
	/** The place whose server a conversation is sent to. */
	readonly placeOf: (conversation: string) => number;
	/** Sends nothing more to the server of a place; what comes waits. */
	readonly hold: (place: number) => void;
	/** Sends what waited, and what comes, to another server. */
	readonly lead: (place: number, url: string) => void;
	readonly stop: () => void;
}

interface Place {
	url: string | null;
	waiting: ((url: string) => void)[];
}

function serverOf(place: Place): Promise<string> {
	if (place.url !== null) return Promise.resolve(place.url);
	return new Promise((resolve) => place.waiting.push(resolve));
}

function forward(to: string, request: IncomingMessage, response: ServerResponse): void {
	const { connection: _hop, ...headers } = request.headers;
	// A connection for each request: one that is kept would outlive its server.
	const asked = requestOf(new URL(request.url ?? '/', to), {
		method: request.method,
		headers,
		agent: false,
	});
	asked.on('response', (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
		answer.on('error', () => response.destroy());
	});
	asked.on('error', () => response.destroy());
	response.on('close', () => asked.destroy());
	request.pipe(asked);
}

/** Conversations go to the places by turns, in the order in which they are first asked for. */
export async function startAffineProxy(count: number): Promise<AffineProxy> {
	const places = Array.from({ length: count }, (): Place => ({ url: null, waiting: [] }));
	const homes = new Map<string, number>();
	const placeOf = (conversation: string) => {
		const home = homes.get(conversation) ?? homes.size % count;
		homes.set(conversation, home);
		return home;
	};
	const at = (place: number): Place => {
		const found = places[place];
		if (!found) throw new Error(`There is no place ${place}.`);
		return found;
	};
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const { pathname } = new URL(request.url ?? '/', 'http://proxy');
		const to = await serverOf(at(placeOf(pathname.split('/').at(-1) ?? '')));
		if (!response.destroyed) forward(to, request, response);
	};
	const listener = createServer((request, response) => {
		serve(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const { port } = listener.address() as { port: number };
	return {
		url: `http://127.0.0.1:${port}`,
		placeOf,
		hold: (place) => {
			at(place).url = null;
		},
		lead: (place, url) => {
			const found = at(place);
			found.url = url;
			for (const go of found.waiting.splice(0)) go(url);
		},
		stop: () => {
			listener.closeAllConnections();
			listener.close();
		},
	};
}
