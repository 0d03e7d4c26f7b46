import * as z from 'zod';
import { costOfTokens } from '../../catalogue/price';
import type { ReceivedImage } from '../../domain/picture';
import { base64 } from '../found';
import type { Call, Delivery, LinkedImage, Reply } from '../provider';
import { seedOf } from '../seed';

const link = z.string().refine((text) => text !== '' && !text.startsWith('data:'));

/** Every field may be missing, `null`, or something else on some gateway: what is not understood is left out. */
const notes = z.object({
	revised_prompt: z.string().optional().catch(undefined),
	seed: z.union([z.string(), z.int()]).optional().catch(undefined),
});

const base64Item = z.object({ b64_json: base64 });
const dataUrlItem = z.object({ url: base64 });
const linkItem = z.object({ url: link });

const tokens = z.number().min(0);
const usage = z.object({
	output_tokens: tokens,
	input_tokens_details: z.object({ text_tokens: tokens, image_tokens: tokens }),
});

const envelope = z.object({
	data: z.array(z.unknown()).optional().catch(undefined),
	usage: usage.optional().catch(undefined),
	metadata: z
		.object({ cost: z.number().min(0), cost_currency: z.literal('USD').default('USD') })
		.optional()
		.catch(undefined),
});

/** What a successful answer brought (OpenAI reference, *Response*; Lumenfall reference, *Response*). Empty: nothing that is a picture. */
export function imagesOf({ json, picture }: Reply, call: Call): NonNullable<Delivery['images']> {
	if (picture) return [{ bytes: picture, ...ownSeed(call) }];
	const { data } = envelope.safeParse(json);
	const items = (data?.data ?? []).flatMap((item) => imageOf(item, call) ?? []);
	const cost = data && costOf(data, call);
	return cost === undefined ? items : items.map((item) => Object.assign(item, { costUsd: cost / items.length }));
}

/** The picture of a stream's event, finished or not. */
export function imageOfEvent(data: unknown, call: Call): ReceivedImage | undefined {
	const item = base64Item.safeParse(data).data;
	if (!item) return undefined;
	const cost = costOf(envelope.parse(data), call);
	return { bytes: item.b64_json, ...noteOf(data, call), ...(cost !== undefined && { costUsd: cost }) };
}

function imageOf(item: unknown, call: Call): ReceivedImage | LinkedImage | undefined {
	const bytes = base64Item.safeParse(item).data?.b64_json;
	if (bytes) return { bytes, ...noteOf(item, call) };
	const url = linkItem.safeParse(item).data?.url;
	if (url !== undefined) return { url, ...noteOf(item, call) };
	const inline = dataUrlItem.safeParse(item).data?.url;
	return inline && { bytes: inline, ...noteOf(item, call) };
}

/** Some servers give back our own prompt as the revised one, with the line ends that forms have. */
function noteOf(item: unknown, call: Call): Pick<ReceivedImage, 'revisedPrompt' | 'seed'> {
	const { revised_prompt: revisedPrompt, seed } = notes.parse(item);
	return {
		...(revisedPrompt !== undefined && plain(revisedPrompt) !== plain(call.prompt) && { revisedPrompt }),
		...(seed === undefined ? ownSeed(call) : { seed: String(seed) }),
	};
}

/** Without what a form changes: every line in one ends with CR and LF. */
function plain(prompt: string): string {
	return prompt.trim().replaceAll(/\r\n?/g, '\n');
}

/** Which seed each of several pictures got, the API does not say. */
function ownSeed(call: Call): { seed?: string } {
	const seed = seedOf(call);
	return seed !== undefined && call.n === 1 ? { seed } : {};
}

/** USD for the whole answer: what the gateway says, else its tokens times their price, else unknown. */
function costOf({ usage, metadata }: z.infer<typeof envelope>, { offer }: Call): number | undefined {
	if (metadata) return metadata.cost;
	if (!usage || !offer.price.tokens) return undefined;
	const { text_tokens: textIn, image_tokens: imageIn } = usage.input_tokens_details;
	return costOfTokens(offer.price.tokens, { textIn, imageIn, imageOut: usage.output_tokens });
}

const usd = z.literal('USD').default('USD');
const micros = z.object({ total_cost_micros: z.number().min(0), currency: usd });
/** In the words of another of its documents, which are those of an answer with pictures. */
const estimate = z.object({ metadata: z.object({ cost: z.number().min(0), cost_currency: usd }) });
const pictures = z.object({ data: z.array(z.unknown()).min(1) });

/**
 * USD of a dry run's answer; `undefined` where it names none. Two documents show it in two ways (unverified which is true:
 * OpenAI-compatible reference, *Cost estimate*). `made`: it brings pictures, so it was none.
 */
export function quotedBy({ json }: Reply): number | 'made' | undefined {
	if (pictures.safeParse(json).success) return 'made';
	const counted = micros.safeParse(json).data;
	return counted ? counted.total_cost_micros / 1e6 : estimate.safeParse(json).data?.metadata.cost;
}
