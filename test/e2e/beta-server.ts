// A built server of the 1.0 beta: what a person sends to its agent and its workflow, and everything that it then shows.
import { until } from '../../adapter/test/patience.ts';
import { type BuiltServer, startBuilt } from './server.ts';

/** What the server shows of one conversation and of its runs, as text. */
export interface Shown {
	readonly conversation: string;
	readonly listing: string;
	readonly record: string;
	readonly events: string;
}

export interface BetaServer extends BuiltServer {
	/** Sends a message to the agent and waits for the answer's text. */
	ask(conversation: string, text: string): Promise<string>;
	/** Runs the workflow to its end. Resolves to the id of the run. */
	summarize(): Promise<string>;
	/**
	 * The conversation as the server shows it.
	 * @throws when there is none
	 */
	read(conversation: string): Promise<string>;
	/**
	 * The conversation once so many submissions have ended well.
	 * @throws when one has failed
	 */
	settled(conversation: string, count: number): Promise<string>;
	/** Sends a message, and resolves when so much of the answer is stored that whoever comes next goes on with it. */
	sendAndBegin(conversation: string, text: string): Promise<void>;
	/** What lists the runs, as the server shows it. */
	list(): Promise<string>;
	/** The conversation, the listing of runs, and the record and the events of one of them. */
	show(conversation: string, runId: string): Promise<Shown>;
	/** The same, as soon as there is a server that shows it. */
	shown(conversation: string, runId: string): Promise<Shown>;
}

/** How the two contracts of the betas show a conversation, and the pieces of an answer that are stored while it is given. */
const VIEWS = {
	/**
	 * beta.5 and beta.7: events, from an offset on. An answer whose process is killed before a segment of it is stored fails, and segments
	 * are stored between its pieces.
	 */
	events: {
		query: '?offset=-1&limit=1000',
		pieces: '?offset=-1&limit=1000',
		piece: '"type":"text_delta"',
		enough: 2,
	},
	/**
	 * beta.8 and beta.9: a snapshot of the history, and updates. A conversation whose process is killed after an answer was begun and before
	 * any of it was stored never goes on: the framework leaves that answer open.
	 */
	history: {
		query: '',
		pieces: '?view=updates&offset=-1',
		piece: '"type":"message-delta"',
		enough: 1,
	},
};

function count(text: string, part: string): number {
	return text.split(part).length - 1;
}

/**
 * Starts the built server of a project made by `initBeta`.
 * @throws with its output when it ends instead
 */
export async function startBeta(
	root: string,
	{ version, environment }: { version: string; environment: Record<string, string> },
): Promise<BetaServer> {
	const built = await startBuilt(root, environment);
	const ask = async (method: string, path: string, body?: unknown) => {
		const response = await fetch(`${built.url}${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (response.ok) return text;
		throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
	};
	const message = (conversation: string, query: string, text: string) =>
		ask('POST', `/agents/hello/${conversation}${query}`, { message: text });
	const view = /beta\.[57]$/.test(version) ? VIEWS.events : VIEWS.history;
	const read = (conversation: string) => ask('GET', `/agents/hello/${conversation}${view.query}`);
	const readWhenThere = (conversation: string) => read(conversation).catch(() => '');
	const pieces = async (conversation: string) =>
		count(await ask('GET', `/agents/hello/${conversation}${view.pieces}`), view.piece);
	const list = () => ask('GET', '/listing');
	const show = async (conversation: string, runId: string): Promise<Shown> => {
		const [shown = '', listing = '', record = '', events = ''] = await Promise.all([
			read(conversation),
			list(),
			ask('GET', `/runs/${runId}?meta`),
			ask('GET', `/runs/${runId}?offset=-1&limit=1000`),
		]);
		return { conversation: shown, listing, record, events };
	};
	return {
		...built,
		read,
		async ask(conversation, text) {
			return JSON.parse(await message(conversation, '?wait=result', text)).result.text;
		},
		async sendAndBegin(conversation, text) {
			const before = await pieces(conversation);
			await message(conversation, '', text);
			await until(
				`an answer in ${conversation}`,
				async () => (await pieces(conversation)) >= before + view.enough,
			);
		},
		async summarize() {
			return JSON.parse(await ask('POST', '/workflows/summarize?wait=result')).runId;
		},
		settled: (conversation, wanted) =>
			until(`${wanted} settlements of ${conversation}`, async () => {
				const body = await readWhenThere(conversation);
				if (body.includes('"outcome":"failed"')) throw new Error(`A submission failed: ${body}`);
				return count(body, '"outcome":"completed"') >= wanted ? body : undefined;
			}),
		list,
		show,
		shown: (conversation, runId) =>
			until(`everything of ${conversation}`, () =>
				show(conversation, runId).catch(() => undefined),
			),
	};
}
