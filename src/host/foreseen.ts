import { boundsOf } from '../canvas/bounds';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import type { Alteration } from '../domain/imageRequest';
import type { Rect, Size } from '../domain/size';
import { type Change } from './change';
import { expanded, nothingPainted } from '../generation/beginChange';

type Edit = Extract<Change, { operation: 'edit' }>;

/**
 * What a change will come to, by the picture's size alone: nothing is read. `undefined`: that cannot be told yet, for nothing is added
 * to the picture so far.
 */
export function foreseen(change: Change, source: Size): Alteration | ImageError | undefined {
	switch (change.operation) {
		case 'edit':
			return foreseenEdit(change, source);
		case 'vary':
			return { operation: 'vary', source, strength: change.strength };
		case 'expand': {
			if ('top' in change.by && Object.values(change.by).every((added) => added === 0)) return undefined;
			const aim = expanded(change.by, source);
			return isImageError(aim) ? aim : aim.alteration;
		}
	}
}

function foreseenEdit(change: Edit, source: Size): Alteration | ImageError {
	const { references = [], markup } = change;
	const selected = selectedBy(change, source);
	if (selected === 'nothing') return unsent('bad-input', nothingPainted);
	return {
		operation: 'edit',
		source,
		...(selected && { selected }),
		...(markup && { marked: true }),
		...(references.length > 0 && { references: references.length }),
	};
}

/** Of a mask on which nobody has painted yet, and of a file's, the most that it can select. */
function selectedBy({ mask }: Edit, source: Size): Rect | 'nothing' | undefined {
	if (!mask) return undefined;
	if ('scheme' in mask || ('strokes' in mask && mask.strokes.length === 0)) return { x: 0, y: 0, ...source };
	const strokes = 'strokes' in mask ? mask.strokes : mask.map((rect) => ({ kind: 'rectangle', rect }) as const);
	return boundsOf(strokes, source) ?? 'nothing';
}
