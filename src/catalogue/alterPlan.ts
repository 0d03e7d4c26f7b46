import type { Operation } from '../domain/imageRequest';
import type { Margins } from '../domain/margins';
import type { Message } from '../domain/message';
import type { Way } from './job';
import type { Offer } from './model';
import type { Patch } from './patch';

/** How an offer changes a picture. All places are in pixels of the canvas: the picture with what is added to it. */
export interface AlterPlan {
	readonly way: Way;
	/** What the provider is asked to do. */
	readonly task: Exclude<Operation, 'generate'>;
	/** A mask goes out with the picture. */
	readonly masked: boolean;
	/** So does the same mask the other way round. */
	readonly bothWays?: boolean;
	/** What is not selected (the picture itself, where one is expanded) stays as it is, to the pixel. */
	readonly keeps: boolean;
	/** Round the picture, on its canvas. */
	readonly margins: Margins;
	/** What goes out. */
	readonly sends: Patch;
	/** It may go out in its own format, where nothing has to be done to it. */
	readonly anyFormat: boolean;
	/** Bytes that it may have, at most. */
	readonly mostBytes?: number;
	/** What comes back. Only where it `keeps`. */
	readonly makes: Patch;
	/** What the vendor adds to what is sent, in its pixels, where it expands by itself. */
	readonly added?: Margins;
	/** The provider takes no words with this. */
	readonly wordless?: true;
	/** Words for the model alone, after the prompt. */
	readonly instruction?: string;
	/** What the person should know. */
	readonly warnings: readonly Message[];
	/** What the result says once a picture is made as planned, though nobody need be told. */
	readonly notes: readonly Message[];
	/** What it says besides where every picture kept its pixels. */
	readonly promise?: Message;
}

/** What the vendor demands of a picture that goes out. */
export function sending(sends: Patch, { mostBytes }: Offer): Pick<AlterPlan, 'sends' | 'anyFormat' | 'mostBytes'> {
	return { sends, anyFormat: false, ...(mostBytes !== undefined && { mostBytes }) };
}
