import './noJit';
import type { GalleryQuery } from '../../../src/gallery/query';
import { type HostAnswers, type HostParams, hostMethods } from '../../../src/protocol/hostMethods';
import { type Handlers, serve, type Served } from '../../../src/protocol/server';
import type { CardView, FormView, ViewState } from '../../../src/protocol/views';
import type { Channel, Downward, Upward } from '../../../src/protocol/wire';
import type { Script } from '../script';

// Stands in for the extension host, in the studio's own page: what it answers is in `window.script`, and what it was asked in
// `window.scripted.calls`. The wire and the schemas are the real ones.

type Call = { readonly method: string; readonly params: unknown };

declare global {
	interface Window {
		readonly script: Script;
		scripted: Scripted;
		acquireVsCodeApi: () => unknown;
	}
}

const { script } = window;

/** What a test changes and looks at. */
class Scripted {
	readonly calls: Call[] = [];
	state: ViewState = script.state;
	/** Takes the place of what would be answered, by method. `{ fail: 'words' }` fails the call; `'hold'` never answers. */
	readonly answers: Partial<Record<string, unknown>> = {};
	kept: unknown = script.kept;
	served?: Served<ViewState>;

	/** Sends a snapshot with these changes. */
	push(changes: Partial<ViewState>): void {
		this.state = { ...this.state, ...changes };
		this.served?.push(this.state);
	}
}

const scripted = new Scripted();
window.scripted = scripted;

const listeners = new Set<(message: unknown) => void>();
const channel: Channel<Downward<ViewState>, unknown> = {
	post: (message) => window.postMessage(message, window.origin),
	onMessage: (listener) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	},
};

window.acquireVsCodeApi = () => ({
	postMessage: (message: Upward) => {
		// As the editor does it: nothing but plain data, and later.
		const copy: unknown = structuredClone(message);
		setTimeout(() => listeners.forEach((listener) => listener(copy)));
	},
	getState: () => scripted.kept,
	setState: (kept: unknown) => (scripted.kept = structuredClone(kept)),
});

/** The pictures of the script, as far as a query takes them: the real host's queries have tests of their own. */
function browse({ search, favourites, model, operation, sort }: GalleryQuery): string[] {
	const words = search.toLowerCase().split(/\s+/);
	const found = script.cards.filter(
		(card) =>
			words.every((word) => `${card.prompt} ${card.name}`.toLowerCase().includes(word)) &&
			(!favourites || card.isFavourite) &&
			(model === undefined || card.model === model) &&
			(operation === undefined || card.operation === operation),
	);
	const ids = found.map(({ id }) => id);
	return sort === 'oldest' ? ids.toReversed() : ids;
}

const byId = new Map(script.cards.map((card) => [card.id, card]));

function cardOf(id: string): CardView {
	const card = byId.get(id);
	if (!card) throw new Error(`There is no picture ${id}.`);
	return card;
}

const isGone = (id: string) => script.gone?.includes(id) ?? false;

function formOf(model = 'sketch/placeholder'): FormView {
	const form = script.forms[model];
	if (!form) throw new Error(`There is no model ${model}.`);
	return form;
}

/** Answers a reference to one of the pictures, which are all of the script's. */
const reference = (id: string) => ({ id, name: cardOf(id).name, uri: script.thumbnails.replace('*', id) });

const handlers: Handlers<HostParams, HostAnswers> = {
	ready: async () => scripted.push({}),
	form: async ({ model }) => formOf(model),
	quote: async ({ n }) => ({ price: `$0.0${n}`, folder: 'docs/images', problems: [], notes: [] }),
	generate: async () => ({ job: 'job-1' }),
	cancel: async () => undefined,
	dismiss: async () => undefined,
	again: async () => ({ job: 'job-2' }),
	reuse: async () => undefined,
	cure: async () => undefined,
	chooseModel: async () => ({ model: Object.keys(script.forms)[1] ?? '' }),
	pickReferences: async () => script.cards.slice(0, 1).map(({ id }) => reference(id)),
	dropFiles: async ({ uris }) => script.cards.slice(0, uris.length).map(({ id }) => reference(id)),
	dropBytes: async () => reference(script.cards[0]?.id ?? ''),
	reference: async ({ id }) => reference(id),
	browse: async (query) => ({
		ids: browse(query),
		models: [...new Set(script.cards.flatMap(({ model }) => model ?? []))],
	}),
	cards: async ({ ids }) => ids.flatMap((id) => byId.get(id) ?? []),
	thumbnail: async ({ id }) =>
		isGone(id) ? { kind: 'missing' } : { kind: 'ready', uri: script.thumbnails.replace('*', id) },
	follow: async () => undefined,
	look: async ({ id }) => {
		const card = cardOf(id);
		return {
			card,
			path: `docs/images/${card.name}`,
			prompt: card.prompt,
			facts: [
				{ name: 'model', label: 'Model', value: card.model ?? '' },
				{ name: 'size', label: 'Size', value: '1024 × 768' },
				{ name: 'cost', label: 'Cost', value: '$0.04' },
			],
			...(isGone(id)
				? { problem: 'The file was deleted.' }
				: {
						picture: { uri: script.thumbnails.replace('*', id), width: 1024, height: 768, isWhole: true, stamp: '1' },
					}),
			children: [],
			draft: { prompt: card.prompt, n: 1, options: {}, references: [] },
			again: { price: '$0.04' },
			...script.details[id],
		};
	},
	read: async () => new Uint8Array(await (await fetch(script.thumbnails.replace('*', 'read'))).arrayBuffer()),
	perform: async () => ({ isProblem: false }),
	favour: async ({ ids, on }) => {
		for (const id of ids) byId.set(id, { ...cardOf(id), isFavourite: on });
	},
	does: async () => undefined,
	fault: async ({ message }) => console.error(message),
};

/** Writes each call down, and answers it as the test wants. */
const watched = new Proxy(handlers, {
	get: (target, method: keyof HostParams) => async (params: never, signal: AbortSignal) => {
		scripted.calls.push({ method, params });
		const answer = scripted.answers[method];
		if (answer === undefined) return target[method](params, signal);
		if (answer === 'hold') return new Promise(() => undefined);
		if (typeof answer === 'object' && answer !== null && 'fail' in answer) throw new Error(String(answer.fail));
		return answer;
	},
});

scripted.served = serve<HostParams, HostAnswers, ViewState>(channel, hostMethods, watched, (fault) =>
	fault instanceof Error ? fault.message : String(fault),
);
