import type { Emulator, EmulatorOptions } from '../servers/emulator';
import { startCustom } from '../servers/custom';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { startReplicate } from '../servers/replicate';
import { isRunwarePoll, startRunware } from '../servers/runware';
import type { Received } from '../servers/request';
import { startVincony } from '../servers/vincony';
import type { Order } from './order';

/** One way to be answered with pictures: a provider, and how it is asked. */
export interface Column extends Pick<Order, 'model' | 'n' | 'options' | 'side'> {
	readonly title: string;
	/** Of the catalogue. */
	readonly provider: string;
	/** A key that the emulator takes and that nobody would write by chance. */
	readonly key: string;
	readonly start: (options: ColumnOptions) => Promise<Emulator>;
	/** Nobody is billed for what this model of one's own server does, though it should be done once all the same. */
	readonly isFree?: true;
	/** Pictures come as a stream of events. */
	readonly streams?: true;
	/** The client can ask what became of work whose answer it never saw. */
	readonly asksAgain?: true;
	/** Work is asked for until it is done. */
	readonly polls?: true;
	/** The same, with pictures that are named by addresses. Absent: they always are. */
	readonly addressed?: Partial<Pick<Order, 'model' | 'options' | 'side'>>;
}

export interface ColumnOptions extends EmulatorOptions {
	readonly addressed: boolean;
	/** Work is never done. */
	readonly endless?: boolean;
}

/** Nobody would write this by chance. */
const canary = 'Canary7Q2xZ9pL4vT8wK3mR6yB5n';

const square = { options: {}, side: 1024 } as const;
const byAddress = { options: { response_format: 'url' } } as const;

const openai = {
	provider: 'openai',
	key: `sk-emulator-${canary}`,
	model: 'openai/gpt-image-2',
	start: async (options) => startOpenAI({ ...options, legacy: true }),
	...square,
} as const satisfies Omit<Column, 'title' | 'n'>;

const vincony = {
	provider: 'vincony',
	key: `vncy_emulator${canary}`,
	model: 'vincony/openai/gpt-image-2',
	n: 1,
	...square,
} as const satisfies Omit<Column, 'title' | 'start'>;

export const columns: readonly Column[] = [
	{ ...openai, title: 'openai', n: 2, addressed: { model: 'openai/dall-e-2', side: 256, ...byAddress } },
	{ ...openai, title: 'openai, streamed', n: 1, streams: true },
	{
		...square,
		title: 'runware',
		provider: 'runware',
		key: `rw-${canary}`,
		model: 'runware/runware:100@1',
		n: 2,
		side: 512,
		asksAgain: true,
		polls: true,
		start: async ({ endless, ...options }) => startRunware({ ...options, ...(endless && { polls: Infinity }) }),
	},
	{
		...square,
		title: 'lumenfall',
		provider: 'lumenfall',
		key: `lmnfl_emulator${canary}.${canary}`,
		model: 'lumenfall/gpt-image-2',
		n: 2,
		addressed: byAddress,
		start: async (options) => startLumenfall(options),
	},
	{
		...vincony,
		title: 'vincony',
		addressed: {},
		start: async ({ addressed, ...options }) =>
			startVincony({ ...options, shape: addressed ? 'images-address' : 'images-url-object' }),
	},
	{
		...vincony,
		title: 'vincony, streamed',
		streams: true,
		start: async (options) => startVincony({ ...options, shape: 'images-url-object', streams: true }),
	},
	{
		...square,
		title: 'replicate',
		provider: 'replicate',
		key: `r8_emulator${canary}`,
		model: 'replicate/openai/gpt-image-2',
		n: 2,
		polls: true,
		start: async ({ endless, ...options }) => startReplicate({ ...options, polls: endless ? Infinity : 3 }),
	},
	{
		...square,
		title: 'custom',
		isFree: true,
		provider: 'custom',
		key: `own-${canary}`,
		model: 'custom/sd-cpp-local',
		n: 1,
		side: 512,
		addressed: { model: 'custom/stablediffusion', ...byAddress },
		start: async ({ addressed, ...options }) =>
			startCustom(addressed ? 'localai' : 'sd-cpp', { ...options, key: `own-${canary}` }),
	},
];

/** Whether a column's pictures can come by address. */
export function hasAddresses(column: Column): boolean {
	return column.addressed !== undefined || column.polls === true;
}

/** What a provider would bill if it did what it says. */
export function isOrder(request: Received): boolean {
	return request.method === 'POST' && !isRunwarePoll(request) && !request.path.endsWith('/cancel');
}

/** Asks how work is getting on. */
export function isPoll(request: Received): boolean {
	return isRunwarePoll(request) || (request.method === 'GET' && /\/predictions\/[^/]+$/.test(request.path));
}

/** Asks for a picture that was named by its address. */
export function isDownload(request: Received): boolean {
	return request.method === 'GET' && !/\/(models|predictions)(\/|$)/.test(request.path);
}
