import type { CardView, DetailView, FormView, ViewState } from '../../src/protocol/views';

/** What the host that is scripted knows. Plain data: it is written into the page. */
export interface Script {
	readonly state: ViewState;
	readonly forms: Readonly<Record<string, FormView>>;
	readonly cards: readonly CardView[];
	/** By picture, what its detail has besides the usual. */
	readonly details: Readonly<Record<string, Partial<DetailView>>>;
	/** Pictures whose files are gone. */
	readonly gone?: readonly string[];
	/** Address of a thumbnail; `*` stands for the picture's id. */
	readonly thumbnails: string;
	/** What the view has kept from the last time. */
	readonly kept?: unknown;
}

export const emptyState: ViewState = {
	isTrusted: true,
	hasFolder: true,
	hasKey: true,
	formRevision: 1,
	prompts: [],
	jobs: [],
	gallery: { revision: 1, count: 0, isLoading: false },
	spending: {},
};

const ratios = [
	['1:1', 1],
	['3:2', 3 / 2],
	['2:3', 2 / 3],
	['4:3', 4 / 3],
	['3:4', 3 / 4],
	['16:9', 16 / 9],
	['9:16', 9 / 16],
] as const;

const sketch: FormView = {
	model: 'sketch/placeholder',
	title: 'Sketch',
	provider: 'Sketch',
	price: 'free',
	badges: ['edits', 'masks'],
	needsKey: false,
	sizes: ratios.map(([size, ratio]) => ({ size, ratio })),
	anySize: true,
	defaultSize: '1024x1024',
	formats: ['png', 'jpeg', 'webp'],
	defaultFormat: 'png',
	mostReferences: 1,
	isOpen: false,
	controls: [
		{ name: 'style', label: 'style', kind: 'choice', values: ['scene', 'pattern', 'diagram'] },
		{ name: 'seed', label: 'seed', kind: 'seed' },
	],
};

const gptImage: FormView = {
	...sketch,
	model: 'openai/gpt-image-2',
	title: 'GPT Image 2',
	provider: 'OpenAI',
	price: 'up to $0.21',
	badges: ['edits', 'masks', 'transparent'],
	promptLimit: 32_000,
	mostReferences: 16,
	controls: [
		{ name: 'quality', label: 'quality', kind: 'choice', values: ['auto', 'low', 'medium', 'high'], default: 'auto' },
		{
			name: 'background',
			label: 'background',
			kind: 'choice',
			values: ['auto', 'transparent', 'opaque'],
			default: 'auto',
		},
		{
			name: 'output_compression',
			label: 'output_compression',
			kind: 'number',
			min: 0,
			max: 100,
			whole: true,
			default: 100,
		},
		{ name: 'moderation', label: 'moderation', kind: 'choice', values: ['auto', 'low'], default: 'auto' },
		{ name: 'user', label: 'user', kind: 'text', maxLength: 64 },
	],
};

const dalle: FormView = {
	...sketch,
	model: 'lumenfall/dall-e-2',
	title: 'DALL·E 2',
	provider: 'Lumenfall',
	price: 'up to $0.02',
	badges: ['edits', 'masks', 'retired on 2026-05-12'],
	needsKey: true,
	promptLimit: 1000,
	sizes: ['256x256', '512x512', '1024x1024'].map((size) => ({ size, ratio: 1 })),
	anySize: false,
	mostReferences: 1,
	controls: [],
};

const unknown: FormView = {
	...sketch,
	model: 'custom/sd-cpp-local',
	title: 'sd-cpp-local',
	provider: 'Custom',
	price: 'price unknown',
	badges: ['abilities unknown'],
	mostReferences: 1,
	controls: [],
	isOpen: true,
};

/** By model: what the host would say of it. */
export const forms: Readonly<Record<string, FormView>> = {
	'sketch/placeholder': sketch,
	'openai/gpt-image-2': gptImage,
	'lumenfall/dall-e-2': dalle,
	'custom/sd-cpp-local': unknown,
};

const subjects = [
	'a lighthouse at dawn',
	'a fox reading RFC 2119',
	'the harbour in winter',
	'a map of the service mesh',
	'an empty library',
];
const manners = ['watercolour', 'as a woodcut', 'isometric', 'in pencil', 'as a stained-glass window'];
const operations = ['generate', 'generate', 'generate', 'edit', 'vary', 'expand'] as const;

/** So many pictures of a history, the newest first. */
export function cardsOf(count: number): CardView[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `p${index}`,
		name: `picture-${index}.png`,
		prompt: `${subjects[index % subjects.length]}, ${manners[(index * 7) % manners.length]}, no. ${index}`,
		model: Object.keys(forms)[index % 3] ?? '',
		operation: operations[index % operations.length] ?? 'generate',
		date: '21 Nov 2026, 14:05',
		isFavourite: index % 10 === 3,
		isMissing: false,
		file: `file:///project/docs/images/picture-${index}.png`,
		thumbnail: `/thumbnails/p${index}.webp`,
	}));
}
