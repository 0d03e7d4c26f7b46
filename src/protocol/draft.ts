import * as z from 'zod';
import { requestableFormats } from '../domain/imageFormat';
import { maxPictures } from '../domain/imageRequest';
import { editingSchema } from './editing';
import { longestPrompt, mostOptions, mostReferences } from './limits';

/** A name that the host minted for a picture. */
export const pictureHandle = z.string().min(1).max(100);

/** What the form holds. What is absent, the settings and the model say. */
export const draftSchema = z.strictObject({
	prompt: z.string().max(longestPrompt),
	/** `provider/model`. */
	model: z.string().max(300).exactOptional(),
	/** `1024x1024` or `16:9`. */
	size: z.string().max(20).exactOptional(),
	n: z.int().min(1).max(maxPictures),
	options: z
		.record(z.string().max(100), z.union([z.string().max(10_000), z.number(), z.boolean()]))
		.refine((options) => Object.keys(options).length <= mostOptions),
	format: z.enum(requestableFormats).exactOptional(),
	/** The picture that is to be changed. Absent: one is made. */
	source: pictureHandle.exactOptional(),
	/** What is done to that picture. Absent: it is changed as a whole, as the prompt says. */
	editing: editingSchema.exactOptional(),
	/** What that picture's file was when the person looked at it (`DetailView`): of another one nothing is made. */
	seen: z.string().max(200).exactOptional(),
	/** Pictures that the prompt speaks of. */
	references: z.array(pictureHandle).max(mostReferences),
});

export type Draft = z.output<typeof draftSchema>;
