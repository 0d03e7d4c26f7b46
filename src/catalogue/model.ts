import type { ImageFormat } from '../domain/imageFormat';
import type { Operation } from '../domain/imageRequest';
import type { Size } from '../domain/size';

/** A day, `YYYY-MM-DD`: such texts compare as days do. Of a release sometimes only the month is known: `YYYY-MM`. */
export type Day = string;

/** Which sizes a model takes. A ratio becomes pixels, about as many as `default` has. */
export type SizeRule =
	/** Any, each side within `min` and `max` pixels. */
	| { readonly kind: 'free'; readonly min: number; readonly max: number; readonly default: Size }
	/** These and no others. */
	| { readonly kind: 'list'; readonly sizes: readonly Size[]; readonly default: Size }
	/** Both sides multiples of `step`, within the other limits. `maxRatio`: long side to short side. */
	| {
			readonly kind: 'grid';
			readonly step: number;
			/** Absent: one step. */
			readonly minSide?: number;
			readonly maxSide: number;
			readonly maxRatio: number;
			readonly minPixels: number;
			readonly maxPixels: number;
			readonly default: Size;
	  }
	/** Nobody knows, or the server fits them: pixels are sent as wished. `ratios`: so are ratios; else they become pixels, multiples of 64. */
	| { readonly kind: 'open'; readonly ratios: boolean; readonly default?: Size }
	/** The server decides: there is no way to tell it a wish. */
	| { readonly kind: 'none'; readonly default?: Size };

interface ControlBase {
	/** What a person calls it: mostly as the API does. */
	readonly name: string;
	/** Where the API has it, if that is elsewhere: `providerSettings.openai.quality`. It is a name for it as well. */
	readonly path?: string;
	/** Absent: taken by every operation. */
	readonly only?: readonly Operation[];
}

/** A control of the model's own, set through `options`. `default`: what holds where it is not sent. */
export type Control =
	| (ControlBase & { readonly kind: 'choice'; readonly values: readonly string[]; readonly default?: string })
	/** A number from `min` to `max`, both included, of which either may be infinite; `whole`: without a fraction. */
	| (ControlBase & {
			readonly kind: 'number';
			readonly min: number;
			readonly max: number;
			readonly whole: boolean;
			readonly default?: number;
	  })
	| (ControlBase & { readonly kind: 'flag'; readonly default?: boolean })
	| (ControlBase & { readonly kind: 'text'; readonly maxLength?: number })
	/** An address on the web, `http:` or `https:`. */
	| (ControlBase & { readonly kind: 'url' })
	/** The API's own word for how many pictures are wanted. */
	| (ControlBase & { readonly kind: 'count' })
	/** A whole number of any length; it may come as a string, because JSON numbers lose digits beyond 2^53. */
	| (ControlBase & { readonly kind: 'seed' });

/** What a model is, whoever sells it. */
export interface Model {
	readonly id: string;
	readonly title: string;
	readonly family: string;
	readonly released?: Day;
	/** The first day on which it no longer answers; it may lie in the future. */
	readonly retired?: Day;
	/** Id of the model that takes its place. */
	readonly successor?: string;
	/** Unicode characters. Absent: unknown. */
	readonly promptLimit?: number;
	readonly size: SizeRule;
	/** `open`: nobody knows them, so every option is sent. */
	readonly controls: readonly Control[] | 'open';
	/** Facts of this row that no first-party source confirms, in words. */
	readonly unverified?: readonly string[];
}

/** What one picture costs, for the sizes (`1024x1024`) and qualities that it names; absent: any. */
export interface PriceRow {
	readonly usd: number;
	readonly size?: string;
	readonly quality?: string;
}

/** USD for a million tokens. */
export interface TokenPrice {
	readonly textIn: number;
	readonly imageIn: number;
	readonly imageOut: number;
}

/** Prices as somebody read them: they change, so each table carries its day. */
export interface Price {
	readonly read: Day;
	/** The first that fits holds. Empty: unknown. */
	readonly rows: readonly PriceRow[];
	/** Absent: not sold by tokens. */
	readonly tokens?: TokenPrice;
	readonly unverified?: readonly string[];
}

/** What the OpenAI Images dialect needs to know of an offer. */
export interface ImagesDialect {
	/** Values of `output_format`; empty: there is no such parameter, and a PNG comes. */
	readonly formats: readonly ImageFormat[];
	/** Takes `response_format`. GPT image models answer 400 to it. */
	readonly responseFormat: boolean;
	/** Takes `stream` and `partial_images`. */
	readonly streams: boolean;
	/** Where seed, steps and the like go: parameters of their own, or stable-diffusion.cpp's tag in the prompt. */
	readonly extras: 'parameters' | 'prompt-tag';
	/** What the server may call the mask: it is sent under each of these names. Absent: `mask` alone. */
	readonly maskFields?: readonly string[];
}

/**
 * What the Runware dialect needs to know of an offer: it refuses what a model does not declare (Runware reference, *Five things*),
 * and pictures go in under other names in each family. The names are paths: `inputs.referenceImages`.
 */
export interface RunwareDialect {
	/** Where pictures go that the prompt speaks of, and how many there may be. */
	readonly references?: { readonly path: string; readonly most: number };
	/** Where the picture goes that is painted over. */
	readonly source?: string;
	/** Where the mask goes: white is repainted. It belongs to `source`, else to the first reference. */
	readonly mask?: string;
	/** Takes `strength`: how far the result goes from the source, 0 to 1. */
	readonly strength?: true;
	/** Takes `outpaint`: pixels for each side of the source. */
	readonly outpaint?: true;
	/** Takes no `width` and `height` beside a picture. */
	readonly unsized?: true;
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
	/**
	 * Takes a mask with an edit, or makes no edit without one. `unsure`: one is sent, and nobody knows whether it is heeded; `described`: one
	 * is sent if the model's own description has a place for it.
	 */
	readonly masks?: 'taken' | 'needed' | 'unsure' | 'described';
	/** Takes marks, drawn on a clear picture of the same size, that say where the picture is to change. */
	readonly markup?: true;
	/** A picture that it changes as a whole must have the size of what is made of it. */
	readonly sameSize?: true;
	/** Its own variations take neither words nor a strength. */
	readonly variesAlone?: true;
	/** Bytes of a picture that goes in, at most. Absent: nobody says. */
	readonly mostBytes?: number;
	/** Pictures that an edit sends, at most. Absent: nobody says; at Runware its dialect does. */
	readonly mostPictures?: number;
	/** Where this vendor takes other prompts than the model itself, in Unicode characters. */
	readonly promptLimit?: number;
	/** Where this vendor takes other sizes than the model itself. */
	readonly size?: SizeRule;
	/** Taken by this vendor besides the model's; one of the same name stands in for the model's. */
	readonly controls?: readonly Control[];
	/** Names of controls of the model that this vendor does not take. */
	readonly lacks?: readonly string[];
	/** Where this vendor ends the model on another day; `null`: it says that it has set none. */
	readonly retired?: Day | null;
	/** Present where the vendor speaks the OpenAI Images dialect. */
	readonly images?: ImagesDialect;
	/** Present where the vendor is Runware. */
	readonly runware?: RunwareDialect;
	readonly unverified?: readonly string[];
}

/** An offer with the model that it sells. */
export interface Offered {
	readonly offer: Offer;
	readonly model: Model;
}

/** The two tables, as a value: tests bring their own. */
export interface Catalogue {
	readonly models: readonly Model[];
	readonly offers: readonly Offer[];
}
