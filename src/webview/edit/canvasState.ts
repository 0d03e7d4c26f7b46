import { usualFeather } from '../../canvas/paintedMask';
import { noStrokes, type StrokeList } from '../../canvas/strokes';
import type { Strength } from '../../domain/imageRequest';
import { type Margins, noMargins } from '../../domain/margins';
import type { FormJob } from '../../protocol/hostMethods';

export type Tool = 'brush' | 'eraser' | 'rectangle' | 'lasso';

/** A result that nobody has decided about. It is saved, whatever becomes of it here. */
export interface Staged {
	/** Of the picture. */
	readonly id: string;
	readonly name: string;
	/** The job that made it. */
	readonly job: string;
	/** What was added to the source. */
	readonly margins: Margins;
	readonly changedOutsideMask?: number;
}

/** What the canvas holds besides the draft. All pixels are those of the picture that is changed. */
export interface Canvas {
	readonly job: Exclude<FormJob, 'generate'>;
	readonly strokes: StrokeList;
	readonly feather: number;
	readonly margins: Margins;
	readonly strength: Strength;
	readonly tool: Tool;
	/** Of the brush and the eraser: the diameter. */
	readonly brush: number;
	/** The picture's file as it was when work on it began, and its size. Absent: nobody has seen it yet. */
	readonly seen?: { readonly stamp: string; readonly width: number; readonly height: number };
	/** In order of arrival. */
	readonly staged: readonly Staged[];
	/** Results (job and picture) that were staged: each is taken once. The latest ones. */
	readonly taken: readonly string[];
	/** The staged picture that is looked at. Absent: the one that is changed. */
	readonly showing?: string;
}

/** Of a picture on which nobody has worked yet. */
export const emptyCanvas: Canvas = {
	job: 'mask',
	strokes: noStrokes,
	feather: usualFeather,
	margins: noMargins,
	strength: 'medium',
	tool: 'brush',
	brush: 64,
	staged: [],
	taken: [],
};
