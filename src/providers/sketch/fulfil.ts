import type { Pixels } from '../../image/pixels';
import type { PaintOrder } from '../provider';
import { expand, repaint, vary } from './alter';
import { paint, sketchStyles } from './paint';

/** Paints what was ordered. Takes a fraction of a second a megapixel: for the painter thread, not for the editor's. */
export function fulfil({ task, style: wanted, prompt, size, seed }: PaintOrder): Pixels {
	const style = sketchStyles.find((name) => name === wanted);
	const sketch = { prompt, size, seed, ...(style && { style }) };
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
