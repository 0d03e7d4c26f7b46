/** What OpenAI's image models take, from OpenAI's reference alone (models; size rules). */
export interface OpenAIModel {
	readonly id: string;
	readonly created: number;
	/** The day from which the model answers no more. */
	readonly shutdown?: string;
	readonly family: 'dall-e-2' | 'dall-e-3' | 'gpt';
	/** `free`: any size within the rules for arbitrary sizes. */
	readonly sizes: readonly string[] | 'free';
	readonly qualities: readonly string[];
	readonly maxN: number;
	readonly maxPrompt: number;
	readonly canEdit: boolean;
	readonly fidelities: readonly string[];
	readonly takesMarkup: boolean;
	/** GIF and SVG, and `complexity`. */
	readonly isNewest: boolean;
	/** Output tokens of a square of 1024 pixels, and of other shapes, by quality. */
	readonly tokens: Readonly<Record<string, Tokens>>;
}

interface Tokens {
	readonly square: number;
	readonly portrait: number;
	readonly landscape: number;
}

const presets = ['1024x1024', '1536x1024', '1024x1536', 'auto'];
const qualities = ['low', 'medium', 'high', 'auto'];
const moreQualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'];

/** Published for the models before gpt-image-2. */
const oldTokens = {
	low: { square: 272, portrait: 408, landscape: 400 },
	medium: { square: 1056, portrait: 1584, landscape: 1568 },
	high: { square: 4160, portrait: 6240, landscape: 6208 },
};

/** `low` of a square is published; the others follow from the published prices, and the last two are made up. */
const newTokens = {
	low: { square: 196, portrait: 167, landscape: 167 },
	medium: { square: 1767, portrait: 1367, landscape: 1367 },
	high: { square: 7033, portrait: 5500, landscape: 5500 },
	xhigh: { square: 14_066, portrait: 11_000, landscape: 11_000 },
	max: { square: 28_132, portrait: 22_000, landscape: 22_000 },
};

const dallE2: OpenAIModel = {
	id: 'dall-e-2',
	created: 1_698_798_177,
	shutdown: '2026-05-12',
	family: 'dall-e-2',
	sizes: ['256x256', '512x512', '1024x1024'],
	qualities: ['standard'],
	maxN: 10,
	maxPrompt: 1000,
	canEdit: true,
	fidelities: [],
	takesMarkup: false,
	isNewest: false,
	tokens: {},
};

const gptImage1: OpenAIModel = {
	...dallE2,
	id: 'gpt-image-1',
	created: 1_745_517_030,
	shutdown: '2026-10-23',
	family: 'gpt',
	sizes: presets,
	qualities,
	maxPrompt: 32_000,
	fidelities: ['high', 'low'],
	tokens: oldTokens,
};

const dying = { shutdown: '2026-12-01' };

const { shutdown: _, ...undying } = gptImage1;
const gptImage2: OpenAIModel = {
	...undying,
	id: 'gpt-image-2',
	created: 1_776_729_600,
	sizes: 'free',
	fidelities: [],
	tokens: newTokens,
};

const gptImage25 = { ...gptImage2, created: 1_788_825_600, qualities: moreQualities, takesMarkup: true };
const gptImage26 = { ...gptImage25, created: 1_793_836_800, isNewest: true };

export const openaiModels: readonly OpenAIModel[] = [
	dallE2,
	{
		...dallE2,
		id: 'dall-e-3',
		created: 1_698_785_189,
		family: 'dall-e-3',
		sizes: ['1024x1024', '1792x1024', '1024x1792'],
		qualities: ['standard', 'hd'],
		maxN: 1,
		maxPrompt: 4000,
		canEdit: false,
	},
	gptImage1,
	{ ...gptImage1, ...dying, id: 'gpt-image-1-mini', fidelities: ['low'] },
	{ ...gptImage1, ...dying, id: 'gpt-image-1.5' },
	{ ...gptImage1, ...dying, id: 'chatgpt-image-latest' },
	gptImage2,
	{ ...gptImage2, id: 'gpt-image-2-2026-04-21' },
	{ ...gptImage25, id: 'gpt-image-2.5-sunburst' },
	{ ...gptImage25, id: 'gpt-image-2.5-sunburst-2026-09-08' },
	{ ...gptImage25, id: 'gpt-image-2.5-flare' },
	{ ...gptImage25, id: 'gpt-image-2.5-flare-2026-09-08' },
	{ ...gptImage26, id: 'gpt-image-2.6-sunburst' },
	{ ...gptImage26, id: 'gpt-image-2.6-flare' },
];

/** The rules for arbitrary sizes (OpenAI reference, size rules). */
export function isFreeSize(width: number, height: number): boolean {
	const pixels = width * height;
	const [long, short] = [Math.max(width, height), Math.min(width, height)];
	const isOnGrid = width % 16 === 0 && height % 16 === 0;
	return isOnGrid && long <= 3840 && long <= 3 * short && pixels >= 655_360 && pixels <= 8_294_400;
}
