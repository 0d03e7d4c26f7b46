import type { Pixels } from '../../image/pixels';
import { expand, repaint, vary } from './alter';
import type { PaintOrder } from './order';
import { paint } from './paint';

/** Paints what was ordered. Takes a fraction of a second a megapixel: for the painter thread, not for the editor's. */
export function fulfil({ task, sketch }: PaintOrder): Pixels {
	switch (task.operation) {
		case 'generate':
			return paint(sketch);
		case 'edit':
			return repaint(task.source, task.mask, sketch);
		case 'expand':
			return expand(task.source, task.margins, sketch);
		case 'vary':
			return vary(task.source, task.strength, sketch);
	}
}
