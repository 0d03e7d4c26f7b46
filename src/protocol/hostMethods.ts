import * as z from 'zod';
import { draftSchema, pictureHandle } from './draft';
import { largestDrop, mostCards } from './limits';
import type {
	BrowseAnswer,
	CardView,
	DetailView,
	FormView,
	PerformAnswer,
	QuoteView,
	ReferenceView,
	ThumbnailView,
} from './views';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const query = z.strictObject({
	source: z.enum(['made', 'all']),
	search: z.string().max(1000),
	model: z.string().max(300).exactOptional(),
	operation: z.enum(['generate', 'edit', 'expand', 'vary']).exactOptional(),
	from: day.exactOptional(),
	to: day.exactOptional(),
	favourites: z.boolean(),
	sort: z.enum(['newest', 'oldest', 'name']),
});

/** What is done with pictures of the gallery. */
const pictureActions = [
	'insert',
	'copyPath',
	'copyReference',
	'reveal',
	'open',
	'regenerate',
	/** Its recipe into the form, which is opened. */
	'remix',
	/** In the edit view, which is opened. */
	'edit',
	'vary',
	'expand',
	'delete',
	/** Takes a picture whose file is gone off the history. */
	'forget',
] as const;
export type PictureAction = (typeof pictureActions)[number];

/** What the editor itself does. */
const hostActions = ['setKey', 'openFolder', 'trust', 'openStudio'] as const;
export type HostAction = (typeof hostActions)[number];

/** What a form is for. `edit`: a picture is changed as a whole. */
const formJob = z.enum(['generate', 'edit', 'mask', 'expand', 'vary']);
export type FormJob = z.output<typeof formJob>;

const nothing = z.strictObject({});
const jobId = z.string().max(100);

/**
 * All that the studio may ask of the host, and the schema of what it gives along. The webview imports the types alone.
 * Pictures have names that the host minted: never paths, addresses or commands.
 */
export const hostMethods = {
	/** Asks for the first snapshot. */
	ready: nothing,
	/** What the form shows for a model; absent: for the one that the settings choose. */
	form: z.strictObject({ model: z.string().max(300).exactOptional(), job: formJob }),
	/** What a draft would come to. */
	quote: draftSchema,
	/** Begins a job and answers its id; it is in the next snapshot. */
	generate: draftSchema,
	cancel: z.strictObject({ job: jobId }),
	/** Takes a job that has ended off the list. */
	dismiss: z.strictObject({ job: jobId }),
	/** Puts a job's whole order into the form again: its card has the beginning of the prompt alone. */
	reuse: z.strictObject({ job: jobId }),
	/** Begins a job's order once more, all of its pictures; they go on after those that it made. */
	again: z.strictObject({ job: jobId }),
	/** Does what a failed job offers. `cure`: its place in the list. */
	cure: z.strictObject({ job: jobId, cure: z.int().min(0) }),
	/** Shows the editor's own list of models. */
	chooseModel: z.strictObject({
		present: z.string().max(300).exactOptional(),
		size: z.string().max(20).exactOptional(),
		job: formJob,
	}),
	/** Asks the person for files. */
	pickReferences: nothing,
	/** Files of the workspace that were dropped, by their addresses. */
	dropFiles: z.strictObject({ uris: z.array(z.string().max(4000)).max(mostCards) }),
	/** A picture that was dropped, or pasted, from elsewhere. */
	dropBytes: z.strictObject({
		name: z.string().max(300),
		bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= largestDrop),
	}),
	/** How a picture is shown beside the form. */
	reference: z.strictObject({ id: pictureHandle }),
	browse: query,
	cards: z.strictObject({ ids: z.array(pictureHandle).max(mostCards) }),
	/** Makes it where there is none yet. */
	thumbnail: z.strictObject({ id: pictureHandle }),
	/** All that is known of a picture. */
	look: z.strictObject({ id: pictureHandle }),
	/** Says which picture is being changed: the gallery's revision then counts up when its file is another. Absent: none is. */
	follow: z.strictObject({ id: pictureHandle.exactOptional() }),
	/** The picture's file, for the clipboard. */
	read: z.strictObject({ id: pictureHandle }),
	perform: z.strictObject({ action: z.enum(pictureActions), ids: z.array(pictureHandle).min(1).max(10_000) }),
	favour: z.strictObject({ ids: z.array(pictureHandle).min(1).max(10_000), on: z.boolean() }),
	does: z.strictObject({ action: z.enum(hostActions) }),
	/** A fault of the webview's own, for the log. */
	fault: z.strictObject({ message: z.string().max(4000) }),
} as const;

export type HostParams = { readonly [K in keyof typeof hostMethods]: z.output<(typeof hostMethods)[K]> };

export interface HostAnswers {
	readonly ready: void;
	readonly form: FormView;
	readonly quote: QuoteView;
	readonly generate: { readonly job: string };
	readonly cancel: void;
	readonly dismiss: void;
	readonly reuse: void;
	readonly again: { readonly job: string };
	readonly cure: void;
	/** `null`: the person left. */
	readonly chooseModel: { readonly model?: string } | null;
	readonly pickReferences: readonly ReferenceView[];
	readonly dropFiles: readonly ReferenceView[];
	readonly dropBytes: ReferenceView;
	readonly reference: ReferenceView;
	readonly browse: BrowseAnswer;
	/** In the order of the ids; of those that are known. */
	readonly cards: readonly CardView[];
	readonly thumbnail: ThumbnailView;
	readonly look: DetailView;
	readonly follow: void;
	readonly read: Uint8Array;
	readonly perform: PerformAnswer;
	readonly favour: void;
	readonly does: void;
	readonly fault: void;
}
