import type { Catalogue } from '../../src/catalogue/catalogue';
import { check, type Plan } from '../../src/catalogue/check';
import type { Terms } from '../../src/catalogue/lifecycle';
import type { Model, Offer } from '../../src/catalogue/model';
import type { ImageRequest } from '../../src/domain/imageRequest';
import { english, type Message } from '../../src/domain/message';
import type { Pixels } from '../../src/image/pixels';

const model: Model = {
	id: 'easel',
	title: 'Easel',
	family: 'easel',
	promptLimit: 50,
	size: { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } },
	controls: [
		{ kind: 'choice', name: 'quality', values: ['low', 'high'] },
		{ kind: 'seed', name: 'seed' },
	],
};

const offer: Offer = {
	provider: 'openai',
	name: 'vendor/easel:2@1',
	model: 'easel',
	operations: ['generate'],
	picturesPerCall: 4,
	price: { read: '2026-11-01', rows: [{ usd: 0.04 }] },
	recommended: true,
};

/** A catalogue of one model, sold by two: dear and by the four at OpenAI, one at a time and free as a sketch. */
export const catalogue: Catalogue = {
	models: [model],
	offers: [
		offer,
		{
			...offer,
			provider: 'sketch',
			name: 'easel',
			picturesPerCall: 1,
			price: { read: '2026-11-02', rows: [{ usd: 0 }] },
		},
	],
};

/** A day on which the tests' models answer, and nobody asks for a retired one. */
export const terms: Terms = { today: '2026-11-21', allowRetired: [] };

/** A request that {@link catalogue} can fulfil, with what a test changes of it. */
export function requestOf(changes: Partial<ImageRequest> = {}): ImageRequest {
	return {
		operation: 'generate',
		prompt: 'a fox at dawn',
		model: 'openai/vendor/easel:2@1',
		n: 1,
		options: {},
		format: 'png',
		...changes,
	};
}

/** The plan of a request that can be done. */
export function planOf(changes: Partial<ImageRequest> = {}): Plan {
	const plan = check(requestOf(changes), catalogue, terms);
	if ('calls' in plan) return plan;
	throw new Error(plan.map(({ message }) => sentence(message)).join(' '));
}

/** The English of a message that must be there. */
export function sentence(message: Message | undefined): string {
	if (!message) throw new Error('There is no message.');
	return english(message);
}

/** Repeatable pixels that look like noise, alpha included unless `alpha` is given. */
export function noise(width: number, height: number, salt: number, alpha?: number): Pixels {
	let state = salt | 1;
	const data = Uint8Array.from({ length: width * height * 4 }, (_, index) => {
		state = (Math.imul(state, 1664525) + 1013904223) | 0;
		return alpha !== undefined && index % 4 === 3 ? alpha : state >>> 24;
	});
	return { width, height, data };
}
