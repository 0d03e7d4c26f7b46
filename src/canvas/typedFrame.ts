import { type Message, say } from '../domain/message';
import { formatSize, type Rect, type Size } from '../domain/size';
import { mostPixels } from '../image/inspect';
import { overlap } from '../image/overlap';
import { marginsOf, widestMargin } from './frame';

/** A frame as somebody typed it, or what is wrong with it. Its numbers may be any, and none at all (`NaN`). */
export function typedFrame(typed: Rect, source: Size): Rect | { readonly problem: Message } {
	const problem = problemOf(typed, source);
	return problem ? { problem } : typed;
}

function problemOf(frame: Rect, source: Size): Message | undefined {
	const { x, y, width, height } = frame;
	if (![x, y, width, height].every(Number.isSafeInteger)) return say('Give whole numbers of pixels.');
	if (width < 1 || height < 1) return say('Give a width and a height of 1 pixel at least.');
	const common = overlap(frame, { x: 0, y: 0, ...source });
	if (common.width === 0 || common.height === 0) {
		return say('The frame does not overlap the picture. Add 0 pixels or more on each side.');
	}
	if (common.width < source.width || common.height < source.height) return cutOff(source);
	return tooLarge(frame, source);
}

function cutOff(source: Size): Message {
	return say('The frame must hold the whole picture, {0}. Add 0 pixels or more on each side.', formatSize(source));
}

function tooLarge(frame: Rect, source: Size): Message | undefined {
	const margins = Object.values(marginsOf(source, frame));
	if (margins.every((margin) => margin === 0)) return say('Nothing is added to the picture. Make the frame larger.');
	if (frame.width * frame.height > mostPixels) {
		return say('The picture would have {0} pixels, more than 64 million. Add less.', formatSize(frame));
	}
	if (margins.some((margin) => margin > widestMargin))
		return say('Add no more than {0} pixels on a side.', widestMargin);
	return undefined;
}
