import type { Rect, Size } from '../domain/size';
import { overlap } from '../image/overlap';
import { around, figureOf } from './extent';
import type { Stroke } from './strokes';

/**
 * A rectangle of whole pixels round everything of a picture that is selected. By the strokes alone, without making pixels of them: it may be
 * larger than it has to be, and of an inverted mask it is the whole picture. `undefined`: nothing is selected.
 */
export function boundsOf(strokes: readonly Stroke[], { width, height }: Size): Rect | undefined {
	const { boxes, inverted } = figureOf(strokes);
	const picture = { x: 0, y: 0, width, height };
	if (inverted) return picture;
	return around(boxes.map((box) => overlap(box, picture)).filter((box) => box.width > 0 && box.height > 0));
}
