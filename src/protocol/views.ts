import type { Operation } from '../domain/imageRequest';
import type { Margins } from '../domain/margins';
import type { RequestableFormat } from '../domain/imageFormat';
import type { Draft } from './draft';
import type { FormJob } from './hostMethods';

// What the host tells the studio. Texts are in the person's language; those that strangers wrote (prompts, names, failures of
// providers) are text and nothing else. Addresses of pictures are the webview's own: nothing else can be loaded.

/** All that the studio shows besides the gallery's pictures: a whole snapshot, sent again when something changes. */
export interface ViewState {
	/** In Restricted Mode everything can be looked at, and nothing can be made. */
	readonly isTrusted: boolean;
	readonly hasFolder: boolean;
	/** Whether a provider other than the placeholder painter can be asked. */
	readonly hasKey: boolean;
	/** Counts up whenever what forms and prices are made of has changed: keys, settings, lists of models. */
	readonly formRevision: number;
	/** Earlier prompts, the newest first. */
	readonly prompts: readonly string[];
	/** The newest first. */
	readonly jobs: readonly JobView[];
	readonly gallery: GalleryState;
	readonly spending: SpendingView;
	/** Something to show that was asked for elsewhere. `serial`: counts up; the studio does each once. */
	readonly request?: { readonly serial: number } & ViewRequest;
}

export type ViewName = 'create' | 'gallery' | 'edit';

/** Where to go. */
export interface ViewRequest {
	readonly view: ViewName;
	/** The picture to look at, or to change. */
	readonly picture?: string;
	/** Takes the place of the draft. */
	readonly draft?: Draft;
	/** What is to be done to the picture that is to be changed. Absent: what the draft says, else what was done last. */
	readonly job?: Exclude<FormJob, 'generate'>;
}

export interface GalleryState {
	/** Counts up whenever pictures have come, gone or changed. */
	readonly revision: number;
	/** Of the history. */
	readonly count: number;
	/** The history, or the workspace's files, are still being read. */
	readonly isLoading: boolean;
	/** What to say of what could not be read: `3 entries of the history are damaged …`. */
	readonly problem?: string;
}

/** What the person has spent, in all windows. */
export interface SpendingView {
	/** `$0.12`; absent: nothing today. */
	readonly today?: string;
	readonly month?: string;
	/** Where there is a budget: how much of it is used, 0 to 1 and beyond, in words too. */
	readonly budget?: { readonly share: number; readonly text: string };
}

/** A job of the studio's. */
export interface JobView {
	readonly id: string;
	/** Possibly empty. */
	readonly prompt: string;
	readonly model: string;
	readonly operation: Operation;
	/** Pictures wanted. */
	readonly n: number;
	/** ms since the epoch. */
	readonly started: number;
	readonly isRunning: boolean;
	/** The picture that is changed. */
	readonly source?: string;
	/** What is added to it, where it is expanded. */
	readonly margins?: Margins;
	/** Those that are saved, in order of arrival. */
	readonly pictures: readonly ResultView[];
	/** Unfinished pictures, while it runs. */
	readonly previews: readonly { readonly index: number; readonly uri: string }[];
	readonly failures: readonly FailureView[];
	readonly warnings: readonly string[];
	/** `It cost $0.04.` */
	readonly cost?: string;
	/** What can be done about the failures: titles of buttons. */
	readonly cures: readonly string[];
}

/** Pictures that did not come, of one kind. */
export interface FailureView {
	readonly message: string;
	readonly count: number;
	/** The person wanted it so. */
	readonly isCancelled?: true;
}

/** A picture as a small thing to look at and to take hold of. */
export interface ReferenceView {
	readonly id: string;
	/** The file's name. */
	readonly name: string;
	/** Of its thumbnail. Absent: there is none, see `problem`. */
	readonly uri?: string;
	readonly problem?: string;
}

/** A picture that a job has made. */
export interface ResultView extends ReferenceView {
	/** Pixels that were to stay and are others, counted in the saved file. Absent: nothing was to stay. */
	readonly changedOutsideMask?: number;
}

/** What the form shows for a model. */
export interface FormView {
	/** `provider/model`. */
	readonly model: string;
	readonly title: string;
	readonly provider: string;
	/** Of one picture: `up to $0.04`. */
	readonly price: string;
	/** `edits`, `masks`, `retired on …`. */
	readonly badges: readonly string[];
	/** Whether its provider's key is missing. */
	readonly needsKey: boolean;
	/** Characters. */
	readonly promptLimit?: number;
	/** Sizes to choose among, ratios first; free ones may be typed if `anySize`. Both absent and false: it cannot be told. */
	readonly sizes: readonly SizeChoice[];
	readonly anySize: boolean;
	/** Of the model where no size is chosen; `like the picture`. */
	readonly defaultSize: string;
	readonly formats: readonly RequestableFormat[];
	readonly defaultFormat: RequestableFormat;
	/** How many pictures may go out beside the prompt. */
	readonly mostReferences: number;
	readonly controls: readonly ControlView[];
	/** Of an expansion. */
	readonly frame?: FrameView;
	/** Nobody knows what this model takes: options are written by hand, `name=value`. */
	readonly isOpen: boolean;
}

/** What suits a model of the frames to which a picture can be expanded. */
export interface FrameView {
	/** Ratios that it makes. */
	readonly ratios: readonly SizeChoice[];
	/** In pixels: what is added is best a multiple of it. */
	readonly step: number;
}

export interface SizeChoice {
	/** As a draft has it: `16:9`, `1024x1024`. */
	readonly size: string;
	/** Width to height. */
	readonly ratio: number;
	/** What it comes to: `1536x864`. */
	readonly pixels?: string;
}

/** A control of the model's own. `name`: its key in the draft's options. `only`: absent where every operation takes it. */
export type ControlView = { readonly name: string; readonly label: string } & (
	| { readonly kind: 'choice'; readonly values: readonly string[]; readonly default?: string }
	| {
			readonly kind: 'number';
			readonly min?: number;
			readonly max?: number;
			readonly whole: boolean;
			readonly default?: number;
	  }
	| { readonly kind: 'flag'; readonly default?: boolean }
	| { readonly kind: 'text'; readonly maxLength?: number }
	| { readonly kind: 'url' }
	/** A whole number of any length, as a string. */
	| { readonly kind: 'seed' }
);

/** What a draft would come to. */
export interface QuoteView {
	/** `$0.16`, `free`, `price unknown`. */
	readonly price: string;
	/** `about $0.04 each` where there are several. */
	readonly each?: string;
	/** Where the pictures go: `docs/images`. Absent: the person is asked. */
	readonly folder?: string;
	/** Why it cannot be made. Empty: it can, as far as one knows. */
	readonly problems: readonly string[];
	/** How it would be made, where that is worth knowing: `… takes no mask, so the edit is emulated.` */
	readonly notes: readonly string[];
}

export interface BrowseAnswer {
	/** In order. */
	readonly ids: readonly string[];
	/** Models of all pictures there are, to filter by. */
	readonly models: readonly string[];
	/** There are more than can be listed: `Only the first 50,000 pictures are shown.` */
	readonly note?: string;
}

/** A picture in the grid. */
export interface CardView {
	readonly id: string;
	/** The file's name. */
	readonly name: string;
	/** The beginning of it; empty: none is known. */
	readonly prompt: string;
	readonly model?: string;
	readonly operation?: Operation;
	/** In words, for people: `21 Nov 2026, 14:05`. */
	readonly date: string;
	readonly isFavourite: boolean;
	/** Its file is gone. */
	readonly isMissing: boolean;
	/** Of the file, for dragging it into a document; empty where it cannot be. */
	readonly file: string;
	/** Of its thumbnail, where there is one already. */
	readonly thumbnail?: string;
}

/** `missing`: its file is gone. `unreadable`: in words, why it cannot be shown. */
export type ThumbnailView =
	| { readonly kind: 'ready'; readonly uri: string }
	| { readonly kind: 'missing' }
	| { readonly kind: 'unreadable'; readonly why: string };

/** All that is known of a picture. */
export interface DetailView {
	readonly card: CardView;
	/** Below the workspace. */
	readonly path: string;
	/** The whole of it. */
	readonly prompt: string;
	/** How it was made, and what the file is: in order. `name` is for the program, `label` and `value` are for people. */
	readonly facts: readonly { readonly name: string; readonly label: string; readonly value: string }[];
	/** As large as it can be shown. `isWhole`: pixel for pixel. Absent: see `problem`. */
	readonly picture?: {
		readonly uri: string;
		readonly width: number;
		readonly height: number;
		readonly isWhole: boolean;
		/** Another one whenever the file is another. */
		readonly stamp: string;
	};
	readonly problem?: string;
	/** What it was made from. */
	readonly parent?: CardView;
	/** What was made from it, the oldest first. */
	readonly children: readonly CardView[];
	/** Its recipe, for the form. Absent: none is known. */
	readonly draft?: Draft;
	/** What it costs to make it once more. Absent: that cannot be done. */
	readonly again?: { readonly price: string };
}

export interface PerformAnswer {
	/** In words, what happened; absent: there is nothing to say, or the editor itself says it. */
	readonly said?: string;
	/** It was not done, or only in part. */
	readonly isProblem: boolean;
	/** The pictures are on no list any more. */
	readonly areGone?: true;
}
