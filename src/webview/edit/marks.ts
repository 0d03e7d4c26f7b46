import { type CanvasSight, type Point, toScreen } from '../../canvas/sight';
import type { Size } from '../../domain/size';
import type { Marking } from './marking';

/** Screen pixels: a smaller brush is not shown as a ring. */
const leastRing = 6;

/** The outline of a rectangle or a lasso in the making, and the ring of the brush under the pointer: drawn with each frame, by hand. */
export class Marks {
	#live: Marking | undefined;
	#pointer: Point | undefined;
	#frame = 0;

	/** `seen`: what is seen now. */
	constructor(
		readonly outline: SVGPathElement,
		readonly ring: HTMLElement,
		readonly seen: () => { readonly sight: CanvasSight; readonly box: Size; readonly brush: number | undefined },
	) {}

	show(marking: Marking | undefined): void {
		this.#live = marking;
		this.grow();
	}

	/** `undefined`: it is elsewhere. */
	point(at: Point | undefined): void {
		this.#pointer = at;
		this.grow();
	}

	/** Something has changed. */
	grow(): void {
		this.#frame ||= requestAnimationFrame(() => this.#draw());
	}

	close(): void {
		cancelAnimationFrame(this.#frame);
	}

	#draw(): void {
		this.#frame = 0;
		const { sight, box, brush } = this.seen();
		const corners = this.#corners().map((place) => toScreen(place, sight, box));
		this.outline.setAttribute('d', corners.length === 0 ? '' : `M${corners.map(({ x, y }) => `${x} ${y}`).join('L')}Z`);
		const size = (brush ?? 0) * sight.scale;
		const isRinged = this.#pointer !== undefined && size >= leastRing;
		this.ring.hidden = !isRinged;
		if (!this.#pointer || !isRinged) return;
		const { x, y } = this.#pointer;
		this.ring.style.width = `${size}px`;
		this.ring.style.height = `${size}px`;
		this.ring.style.transform = `translate(${x - size / 2}px, ${y - size / 2}px)`;
	}

	/** In pixels of the picture. */
	#corners(): Point[] {
		if (this.#live?.tool === 'rectangle') {
			const { x, y, width, height } = this.#live.rect;
			return [
				{ x, y },
				{ x: x + width, y },
				{ x: x + width, y: y + height },
				{ x, y: y + height },
			];
		}
		if (this.#live?.tool !== 'lasso') return [];
		const { points } = this.#live;
		return Array.from({ length: points.length / 2 }, (_, at) => ({
			x: points[2 * at] ?? 0,
			y: points[2 * at + 1] ?? 0,
		}));
	}
}
