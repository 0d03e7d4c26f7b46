import type { Pixels } from '../../image/pixels';
import type { Dice } from './hash';
import type { Palette } from './palette';
import type { sceneryWords } from './subjects';

/** What stands on a horizon. */
export type Scenery = keyof typeof sceneryWords | 'hills';

/** All that a style needs to draw. */
export interface Scene {
	/** The opaque picture to draw on. */
	readonly pixels: Pixels;
	readonly palette: Palette;
	/** Decides the composition. */
	readonly dice: Dice;
	readonly scenery: Scenery;
	/** The length in pixels by which shapes are sized, about the short side. */
	readonly unit: number;
}
