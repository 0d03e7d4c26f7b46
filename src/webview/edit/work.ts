import { signal } from '@preact/signals';
import { type Point, toScreen } from '../../canvas/sight';
import type { Size } from '../../domain/size';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import { box, follow, sight } from './canvasSight';
import type { Easel } from './easel';
import { commit, hasRoom } from './maskActs';
import { Marking } from './marking';
import type { Marks } from './marks';
import { speak } from './spoken';

/** In pixels of the screen: so far a line may lie from where it was drawn. */
const tolerance = 0.35;

/** The cross that the keys move, in pixels of the picture. `undefined`: no key has been pressed yet. */
export const cross = signal<Point | undefined>(undefined);

/** The stroke in the making, by pointer or by keys, and what shows it. Nothing of it is kept before it ends. */
export class Work {
	#marking: Marking | undefined;
	/** Of the picture. */
	readonly #id = editDraft.peek().source;

	constructor(
		readonly picture: Size,
		readonly easel: Easel,
		readonly marks: Marks,
	) {}

	get marking(): Marking | undefined {
		return this.#marking;
	}

	/** `erases`: whatever the tool. */
	begin(place: Point, erases: boolean): Marking {
		const { tool, brush } = canvas.peek();
		const marking = new Marking(tool, brush, erases || tool === 'eraser');
		marking.add(place);
		this.#marking = marking;
		this.#show();
		return marking;
	}

	add(places: readonly Point[]): void {
		for (const place of places) this.#marking?.add(place);
		if (!this.#marking) return;
		this.easel.grow();
		this.marks.grow();
	}

	/** Keeps it. */
	end(): void {
		if (!this.#marking) return;
		const stroke = this.#marking.strokeOn(this.picture, tolerance / sight.peek().scale);
		// The canvas may be another picture's already.
		const isOurs = editDraft.peek().source === this.#id;
		if (stroke && isOurs && hasRoom.peek()) this.easel.settle();
		this.drop();
		if (!isOurs) return;
		if (stroke) commit(stroke, this.picture);
		else speak(l10n.t('Nothing of the picture was painted over'));
	}

	/** Forgets it. */
	drop(): void {
		this.#marking = undefined;
		this.#show();
	}

	/** Begins a stroke at the cross, or ends the one that was begun. */
	press(erases: boolean): void {
		if (this.#marking) {
			this.end();
			return;
		}
		cross.value = this.crossPlace();
		const { erases: isErasing } = this.begin(cross.value, erases);
		speak(isErasing ? l10n.t('Erasing begun') : l10n.t('Stroke begun'));
	}

	/** Moves the cross, and with it the stroke that was begun there. In pixels of the picture. */
	moveCross(dx: number, dy: number): void {
		const from = this.crossPlace();
		const x = Math.min(Math.max(from.x + dx, 0), this.picture.width);
		const y = Math.min(Math.max(from.y + dy, 0), this.picture.height);
		cross.value = { x, y };
		follow({ x, y });
		if (this.#marking) this.add([{ x, y }]);
		if (this.#marking?.tool === 'rectangle') {
			const { width, height } = this.#marking.rect;
			speak(l10n.t('{0} × {1}', width, height));
		} else speak(l10n.t('{0}, {1}', x, y));
	}

	/** Where the cross is; before it is anywhere: the middle of what is seen. */
	crossPlace(): Point {
		const { x, y } = cross.peek() ?? sight.peek();
		return { x: Math.round(x), y: Math.round(y) };
	}

	#show(): void {
		this.easel.showLive(this.#marking);
		this.marks.show(this.#marking);
	}
}

/** The cross on the screen. */
export function crossPoint(): Point | undefined {
	return cross.value && toScreen(cross.value, sight.value, box.value);
}
