import { frameOf } from '../../canvas/frame';
import type { Margins } from '../../domain/margins';
import type { Rect, Size } from '../../domain/size';
import { l10n } from '../words';

/** A number of the frame's that can be typed. */
export interface Field {
	readonly name: keyof Margins | keyof Size;
	readonly label: string;
}

export const fields: readonly Field[] = [
	{ name: 'top', label: l10n.t('Top') },
	{ name: 'right', label: l10n.t('Right') },
	{ name: 'bottom', label: l10n.t('Bottom') },
	{ name: 'left', label: l10n.t('Left') },
	{ name: 'width', label: l10n.t('Width') },
	{ name: 'height', label: l10n.t('Height') },
];

export function valueOf({ name }: Field, margins: Margins, source: Size): number {
	return name === 'width' || name === 'height' ? frameOf(source, margins)[name] : margins[name];
}

/** The frame with that number; possibly one that cannot be. A width, or a height, leaves the picture where it lies in proportion. */
export function typedInto({ name }: Field, value: number, margins: Margins, source: Size): Rect {
	if (name !== 'width' && name !== 'height') return frameOf(source, { ...margins, [name]: value });
	const anchor = anchorOf(margins);
	const added = value - source[name];
	if (name === 'width') {
		const left = Math.floor(added * anchor.x);
		return frameOf(source, { ...margins, left, right: added - left });
	}
	const top = Math.floor(added * anchor.y);
	return frameOf(source, { ...margins, top, bottom: added - top });
}

/** Where the picture lies in the frame, from 0 (left, top) to 1; in the middle where nothing is added. */
export function anchorOf({ top, right, bottom, left }: Margins): { readonly x: number; readonly y: number } {
	return { x: share(left, right), y: share(top, bottom) };
}

function share(before: number, after: number): number {
	// Of an odd number of pixels one is on either side of the middle.
	return Math.abs(before - after) <= 1 ? 0.5 : before / (before + after);
}

/** The frame is the picture itself. */
export function isWhole({ x, y, width, height }: Rect, source: Size): boolean {
	return x === 0 && y === 0 && width === source.width && height === source.height;
}
