import type { RequestableFormat } from './imageFormat';
import type { Margins } from './margins';
import type { Rect, Size, SizeWish } from './size';

/** What is done to make a picture. */
export type Operation = 'generate' | 'edit' | 'expand' | 'vary';

/** A model's own control, as given by the person: quality, style, seed… */
export type OptionValue = string | number | boolean;
export type Options = Readonly<Record<string, OptionValue>>;

/** The most pictures that one command may ask for (contract, section 2). */
export const maxPictures = 100;

/** Whether there is nothing to read in a text: blanks, control characters and what no font shows. */
export function isBlank(text: string): boolean {
	return !/[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(text);
}

/** What a person asked for, before anybody judged whether it can be done. */
export interface ImageRequest {
	readonly operation: Operation;
	readonly prompt: string;
	/** Words for the model alone, sent after the prompt; names and alternative texts are made of the prompt. */
	readonly addition?: string;
	/** `provider/model`. */
	readonly model: string;
	/** Absent: the model's own default. */
	readonly size?: SizeWish;
	/** Pictures wanted, 1 to {@link maxPictures}. */
	readonly n: number;
	/** Pictures of the same series that are there already: seeds and numbers go on after them. */
	readonly already?: number;
	readonly options: Options;
	readonly format: RequestableFormat;
	/** What is done to a picture that is there. Absent: one is made of words alone. */
	readonly alteration?: Alteration;
}

/** A change to a picture. `source` is its size; all pixels are those of the picture as it is displayed. */
export type Alteration =
	/**
	 * `selected`: the bounding box of what is repainted. Absent: the whole picture is, by instruction; `marked`: with marks drawn over it
	 * that say where. `references`: how many other pictures the prompt speaks of.
	 */
	| {
			readonly operation: 'edit';
			readonly source: Size;
			readonly selected?: Rect;
			readonly marked?: true;
			readonly references?: number;
	  }
	| { readonly operation: 'expand'; readonly source: Size; readonly margins: Margins }
	| { readonly operation: 'vary'; readonly source: Size; readonly strength: Strength };

/** The prompt as the model gets it: without white space around it, with what is added to it. */
export function sentPrompt({ prompt, addition }: Pick<ImageRequest, 'prompt' | 'addition'>): string {
	return withInstruction(prompt.trim(), addition);
}

/** A prompt with a paragraph for the model after it; either may be empty. */
export function withInstruction(prompt: string, instruction = ''): string {
	return [prompt, instruction].filter((part) => part !== '').join('\n\n');
}

/** How far a variation goes from its source. */
export type Strength = 'subtle' | 'medium' | 'strong';
