import { computed, signal } from '@preact/signals';
import type { Handle } from '../../canvas/resizeFrame';
import { formatSizeWish, parseSizeWish, type Rect, type Size } from '../../domain/size';
import { l10n } from '../words';
import { form } from './editForm';

/** What of the frame is dragged: a handle, or the whole of it. */
export type Hold = Handle | 'whole';

/** What is dragged at present. */
export const held = signal<Hold | undefined>(undefined);

/** Ratios are of no matter: the frame is drawn to none of them. */
export const isFree = signal(false);

/** Those that the model makes. */
export const ratios = computed<readonly Size[]>(() =>
	(form.view.value?.frame?.ratios ?? []).flatMap(({ size }) => {
		const wish = parseSizeWish(size);
		if (!wish) return [];
		return [wish.kind === 'ratio' ? wish.ratio : wish.size];
	}),
);

/** What is added is best a multiple of so many pixels. */
export const step = computed(() => form.view.value?.frame?.step ?? 1);

/** The one of the ratios that a size has, as exactly as whole pixels can. */
export function ratioOf({ width, height }: Size): Size | undefined {
	return ratios.value.find(
		(ratio) =>
			Math.round((height * ratio.width) / ratio.height) === width ||
			Math.round((width * ratio.height) / ratio.width) === height,
	);
}

export function ratioName(ratio: Size): string {
	return formatSizeWish({ kind: 'ratio', ratio });
}

/** `1536 × 1024, 16:9`. */
export function frameName(frame: Rect): string {
	const ratio = ratioOf(frame);
	const size = l10n.t('{0} × {1}', frame.width, frame.height);
	return ratio ? `${size}, ${ratioName(ratio)}` : size;
}
