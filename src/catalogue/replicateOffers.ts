import type { Control, Offer, Price } from './model';
import { presets } from './models';
import { unknownPrice } from './openaiPrices';

/** As Lumenfall's page of the model says, with Replicate's own as its source. */
const dallE2Price: Price = {
	read: '2026-11-21',
	rows: [
		{ size: '256x256', usd: 0.02 },
		{ size: '512x512', usd: 0.02 },
		{ size: '1024x1024', usd: 0.02 },
	],
	unverified: ['The price: from another gateway’s page.'],
};

const numberOfImages: Control = { kind: 'count', name: 'number_of_images' };

const names =
	'The names of its inputs: only from an example on a page of gpt-image-1. What it really takes is asked before each picture.';
const ten =
	'How many pictures one prediction gives: ten at OpenAI. Of fewer, the rest is ordered in further predictions.';
const sixteen = 'How many pictures go with a prompt: 16 at OpenAI. What its schema says goes before that.';
const official =
	'That it runs by its name alone, and that `is_official` says so: from memory. Else its version is asked for.';
const byAnalogy = 'Whether it has the ratios and inputs of gpt-image-1, and no more: from memory.';

/** `owner/name`, as Replicate's own pages call them (OpenAI reference, *Replicate*). */
export const replicateOffers: readonly Offer[] = [
	{
		...replicate('dall-e-2', dallE2Price),
		lacks: ['quality', 'response_format', 'user'],
		unverified: [
			'Whether it still answers: it needs OpenAI’s retired model.',
			'Its inputs: not found anywhere. They are asked for before each picture.',
			official,
		],
	},
	{
		...gpt('gpt-image-1', ['input_fidelity']),
		unverified: [
			names,
			ten,
			sixteen,
			official,
			'Whether it answers without an OpenAI key among its inputs: Limn sends none.',
		],
	},
	{ ...gpt('gpt-image-1.5', ['input_fidelity']), unverified: [names, ten, sixteen, official, byAnalogy] },
	{
		...gpt('gpt-image-2', []),
		recommended: true,
		controls: [numberOfImages, { kind: 'choice', name: 'background', values: ['auto', 'opaque'], default: 'auto' }],
		unverified: [
			names,
			ten,
			sixteen,
			official,
			byAnalogy,
			'That it makes no transparent background: its pages disagree.',
		],
	},
];

/** One picture a call: how many there can be, nobody says. */
function replicate(model: string, price: Price): Offer {
	return {
		provider: 'replicate',
		name: `openai/${model}`,
		model,
		operations: ['generate'],
		picturesPerCall: 1,
		price,
		recommended: false,
	};
}

function gpt(model: string, lacks: readonly string[]): Offer {
	return {
		...replicate(model, unknownPrice),
		operations: ['generate', 'edit'],
		picturesPerCall: 10,
		mostPictures: 16,
		// The ratios 1:1, 3:2 and 2:3, in the pixels that OpenAI makes of them.
		size: presets,
		controls: [numberOfImages],
		lacks: ['partial_images', 'safety_identifier', 'user', ...lacks],
	};
}
