import type { Rect } from '../../domain/size';
import type { DetailView } from '../../protocol/views';

/** What is seen on the canvas. */
export interface Shown {
	readonly uri: string;
	/** What it shows, in a few words. */
	readonly alt: string;
	/** Where it lies, in pixels of the picture that is changed. */
	readonly place: Rect;
	/** It is the picture that is changed: it can be painted on. */
	readonly isSource: boolean;
}

/** The picture that is changed, or the result that is looked at. `undefined`: it cannot be shown. */
export function useShown({ picture, prompt, card }: DetailView): Shown | undefined {
	if (!picture) return undefined;
	const { uri, width, height } = picture;
	return { uri, alt: prompt || card.name, place: { x: 0, y: 0, width, height }, isSource: true };
}
