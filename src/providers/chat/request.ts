import type { Call, HttpRequest, InputImage, JsonObject } from '../provider';
import { seedOf } from '../seed';

/**
 * The request for a call's picture: one message of a user (Vincony's page for developers; OpenAI-compatible reference, *Vincony*).
 * A chat knows no size and no count.
 */
export function requestFor(call: Call): HttpRequest {
	const { offer, options } = call;
	const messages = [{ role: 'user', content: contentOf(call) }];
	const value = { ...options, ...seeded(call), model: offer.name, messages };
	return { kind: 'http', method: 'POST', path: '/chat/completions', body: { kind: 'json', value }, billed: true };
}

/** The prompt alone is a plain text, as on Vincony's page; with pictures it is a list of parts. */
function contentOf({ task, prompt }: Call): unknown {
	switch (task.operation) {
		case 'generate':
			return prompt;
		case 'edit':
			if (task.mask) throw new Error('A chat has no place for a mask: the plan sends none.');
			return [{ type: 'text', text: prompt }, ...task.images.map(partOf)];
		case 'vary':
		case 'expand':
			throw new Error(`A chat has no request for this: ${task.operation}. The plan makes it an edit.`);
	}
}

function partOf(image: InputImage): unknown {
	return { type: 'image_url', image_url: { url: image } };
}

/** With the call's own seed, in all its digits. */
function seeded(call: Call): JsonObject {
	const seed = seedOf(call);
	if (seed === undefined) return {};
	return { seed: Number.isSafeInteger(Number(seed)) ? Number(seed) : BigInt(seed) };
}
