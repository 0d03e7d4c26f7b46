import type { Point } from '../../canvas/sight';
import type { Stroke, Trace } from '../../canvas/strokes';
import { thinned } from '../../canvas/thin';
import { mostNumbers } from '../../protocol/limits';
import { boundsOf } from '../../canvas/bounds';
import type { Rect, Size } from '../../domain/size';
import type { Tool } from './canvasState';

/** Places are kept to so many parts of a pixel. */
const parts = 100;

/** Beyond these no place is kept, in pixels of the picture. */
const farthest = 99_000;

type Shape = Extract<Stroke, { readonly kind: 'line' | 'lasso' | 'rectangle' }>;

/** A stroke in the making. All places are in pixels of the picture. */
export class Marking {
	readonly points: number[] = [];

	/** `size`: the brush's diameter. */
	constructor(
		readonly tool: Tool,
		readonly size: number,
		readonly erases: boolean,
	) {}

	add(place: Point): void {
		const [x, y] = [kept(place.x), kept(place.y)];
		if (this.points.at(-2) !== x || this.points.at(-1) !== y) this.points.push(x, y);
	}

	/** The corners of a rectangle: the whole pixels between the first place and the last. */
	get rect(): Rect {
		const [fromX = 0, fromY = 0] = this.points;
		const [toX, toY] = [this.points.at(-2) ?? fromX, this.points.at(-1) ?? fromY];
		const [x, y] = [Math.floor(Math.min(fromX, toX)), Math.floor(Math.min(fromY, toY))];
		return { x, y, width: Math.ceil(Math.max(fromX, toX)) - x, height: Math.ceil(Math.max(fromY, toY)) - y };
	}

	/** How far it has gone from where it began: the farthest place of all, in pixels. */
	get reach(): number {
		const [fromX = 0, fromY = 0] = this.points;
		let farthest = 0;
		for (let at = 2; at < this.points.length; at += 2)
			farthest = Math.max(farthest, Math.hypot((this.points[at] ?? 0) - fromX, (this.points[at + 1] ?? 0) - fromY));
		return farthest;
	}

	/** `tolerance`: how far it may lie from where it was drawn. `undefined`: nothing of the picture is under it. */
	strokeOn(picture: Size, tolerance: number): Stroke | undefined {
		const shape = this.#shapeOn(picture, tolerance);
		if (!shape || !boundsOf([shape], picture)) return undefined;
		return this.erases ? { ...shape, erases: true } : shape;
	}

	#shapeOn(picture: Size, tolerance: number): Shape | undefined {
		switch (this.tool) {
			case 'brush':
			case 'eraser':
				return { kind: 'line', size: this.size, points: fittingTrace(this.points, tolerance) };
			case 'lasso': {
				const points = fittingTrace(this.points, tolerance);
				return points.length < 6 ? undefined : { kind: 'lasso', points };
			}
			case 'rectangle': {
				const rect = common(this.rect, picture);
				return rect && { kind: 'rectangle', rect };
			}
		}
	}
}

/** A trace with no more numbers than an order takes: of a very long one less of each bend is kept. */
function fittingTrace(points: Trace, tolerance: number): Trace {
	const trace = thinned(points, tolerance);
	return trace.length <= mostNumbers ? trace : fittingTrace(points, tolerance * 4);
}

function kept(place: number): number {
	return Math.round(Math.min(Math.max(place, -farthest), farthest) * parts) / parts;
}

/** The part of a rectangle that is of the picture. */
export function common(rect: Rect, picture: Size): Rect | undefined {
	const [x, y] = [Math.max(0, rect.x), Math.max(0, rect.y)];
	const width = Math.min(picture.width, rect.x + rect.width) - x;
	const height = Math.min(picture.height, rect.y + rect.height) - y;
	return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
