import type { HttpRequest } from '../../src/providers/provider';
import { callFor, png, sentFor } from '../unit/providers/calls';
import { endpointOf, endRigs, endServers, key, type Loopback, never, rigOf, serve } from '../unit/network/servers';
import { type Attack, messageOf, Tally } from './figure';

/** S2: the API itself sends us to another origin, where neither the key nor the prompt has any business. */
export const apiRedirects: Attack = async () => {
	const elsewhere = new Elsewhere();
	try {
		const second = await elsewhere.listen();
		for (const status of [301, 302, 303, 307, 308]) {
			const location = new URL('/elsewhere', second.base).href;
			const first = await serve((response) => response.writeHead(status, { location }).end());
			for (const [provider, request] of requests()) {
				for (const transport of ['direct', 'editor'] as const) {
					await rigOf(transport).network.exchange(request, endpointOf(first, { provider }), never);
					elsewhere.note(`${provider} ${request.method} ${request.path}, ${status}, ${transport}`);
				}
				await carelessly(first, request);
				elsewhere.noteCareless();
			}
		}
	} finally {
		await endRigs();
		endServers();
	}
	return elsewhere.figures;
};

const prompt = 'a fox that nobody else hears of';

/** By model: one of each dialect, and OpenAI's form with files. */
function requests(): (readonly [provider: string, request: HttpRequest])[] {
	const mask = { operation: 'edit', images: [png], mask: png } as const;
	const calls = [
		callFor('openai/gpt-image-2', { prompt }),
		callFor('openai/gpt-image-2', { prompt, operation: 'edit' }, { task: mask }),
		callFor('runware/runware:100@1', { prompt }),
		callFor('lumenfall/gpt-image-2', { prompt }),
		callFor('vincony/openai/gpt-image-2', { prompt }),
		callFor('replicate/openai/gpt-image-2', { prompt }),
		callFor('custom/sd-cpp-local', { prompt }),
	];
	const orders = calls.map((call) => [call.offer.provider, sentFor(call)] as const);
	const asked = new Set(orders.map(([provider]) => provider));
	const lists = Array.from(
		asked,
		(provider) => [provider, { kind: 'http', method: 'GET', path: '/models', billed: false }] as const,
	);
	return [...orders, ...lists];
}

/** The other origin, and what it heard. */
class Elsewhere {
	readonly #hits = new Tally('S2', 'API redirects are followed to another origin');
	readonly #keys = new Tally('S2', 'the key arrives there');
	readonly #prompts = new Tally('S2', 'the prompt arrives there');
	#heard: string[] = [];

	async listen(): Promise<Loopback> {
		return serve((response, request, body) => {
			this.#heard.push(`${JSON.stringify(request.headers)} ${body.toString()}`);
			response.end('{}');
		});
	}

	/** Whoever follows has done so before the exchange is over. */
	note(name: string): void {
		const heard = this.#taken();
		this.#hits.note(heard === '' ? undefined : name);
		this.#keys.note(heard.includes(key) ? name : undefined);
		this.#prompts.note(heard.includes(prompt) ? name : undefined);
	}

	noteCareless(): void {
		const heard = this.#taken();
		this.#hits.noteCareless(heard !== '');
		this.#keys.noteCareless(heard.includes(key));
		this.#prompts.noteCareless(heard.includes(prompt));
	}

	get figures() {
		return [this.#hits.figure, this.#keys.figure, this.#prompts.figure];
	}

	#taken(): string {
		return this.#heard.splice(0).join('\n');
	}
}

/** As `fetch` does it unless told otherwise, with the key in a header of its own. */
async function carelessly({ base }: Loopback, { method }: HttpRequest): Promise<void> {
	const body = method === 'POST' ? { body: JSON.stringify({ prompt }) } : {};
	await messageOf(async () => (await fetch(base, { method, headers: { 'x-api-key': key }, ...body })).text());
}
