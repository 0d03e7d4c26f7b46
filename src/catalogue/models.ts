import type { Operation } from '../domain/imageRequest';
import type { Size } from '../domain/size';
import { sketchProvider } from './providers';

/** Which sizes a model takes. `free`: any, each side within `min` and `max` pixels; a ratio is given about as many pixels as `default` has. */
export interface SizeRule {
	readonly kind: 'free';
	readonly min: number;
	readonly max: number;
	readonly default: Size;
}

/** A control of the model's own, set through `options`. */
export type Control =
	| { readonly kind: 'choice'; readonly name: string; readonly values: readonly string[] }
	/** A whole number of any length; it may come as a string, because JSON numbers lose digits beyond 2^53. */
	| { readonly kind: 'seed'; readonly name: string };

/** What a model is, whoever sells it. */
export interface Model {
	readonly id: string;
	readonly title: string;
	/** Unicode characters. */
	readonly promptLimit: number;
	readonly size: SizeRule;
	readonly controls: readonly Control[];
}

/** A price as somebody read it: prices change, so each carries its day. */
export interface Price {
	readonly usdPerPicture: number;
	/** `YYYY-MM-DD`. */
	readonly read: string;
}

/** Who sells a model, under what name, and what this vendor's version of it really does. */
export interface Offer {
	/** Id of a provider. */
	readonly provider: string;
	/** The provider's own name for the model, as sent. */
	readonly name: string;
	/** Id of a {@link Model}. */
	readonly model: string;
	readonly operations: readonly Operation[];
	/** The most pictures that one request gives. */
	readonly picturesPerCall: number;
	readonly price: Price;
	/** Chosen by `limn.model: auto` when this provider is. */
	readonly recommended: boolean;
}

/** The models that Limn knows. */
export const models: readonly Model[] = [
	{
		id: 'placeholder',
		title: 'Sketch placeholder (no AI, offline, free)',
		promptLimit: 4000,
		size: { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } },
		controls: [
			{ kind: 'choice', name: 'style', values: ['horizon', 'orbits', 'ribbons', 'facets', 'bauhaus', 'papercut'] },
			{ kind: 'seed', name: 'seed' },
		],
	},
];

/** Who offers them. One picture a call where that costs nothing: each is saved, and can be cancelled, on its own. */
export const offers: readonly Offer[] = [
	{
		provider: sketchProvider,
		name: 'placeholder',
		model: 'placeholder',
		operations: ['generate', 'edit', 'expand', 'vary'],
		picturesPerCall: 1,
		price: { usdPerPicture: 0, read: '2026-11-21' },
		recommended: true,
	},
];
