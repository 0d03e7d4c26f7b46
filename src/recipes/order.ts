import { formatOfName, type RequestableFormat } from '../domain/imageFormat';
import type { Options } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import { parseSizeWish, type SizeWish } from '../domain/size';
import type { Recipe } from './recipe';

/** What a recipe asks for. */
export interface RecipeOrder {
	readonly prompt: string;
	/** Absent: the usual one. */
	readonly model?: string;
	readonly size?: SizeWish;
	readonly options: Options;
}

/** Keys that mean something in every recipe; the others are controls of the model. */
export const recipeKeys = ['model', 'size', 'quality', 'style', 'background', 'seed', 'made'] as const;

/** A recipe as a request, or what is wrong with it. Values stay as written: whoever judges the request knows the model's controls. */
export function orderOf({ prompt, pairs }: Recipe): RecipeOrder | { problem: Message } {
	if (prompt === '') return { problem: say('The recipe has no prompt. Say what the picture shows.') };
	const { model, size, n, ...options } = Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
	if (n !== undefined) return { problem: say('A recipe makes one picture. Take n={0} out.', n) };
	const wish = size === undefined ? undefined : parseSizeWish(size);
	if (size !== undefined && !wish)
		return { problem: say('{0} is no size. Write it like {1} or {2}.', size, '1024x1024', '16:9') };
	return { prompt, options, ...(model !== undefined && { model }), ...(wish && { size: wish }) };
}

/** The format that a picture's name asks for, or why no picture can be made under it. */
export function formatFor(name: string): RequestableFormat | { problem: Message } {
	return formatOfName(name) ?? { problem: say('{0} is no PNG, JPEG or WebP. Give the picture such a name.', name) };
}
