import { batch, signal } from '@preact/signals';
import { type Point, toScreen } from '../../canvas/sight';
import type { Size } from '../../domain/size';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import { box, follow, sight } from './canvasSight';
import type { Easel } from './easel';
import { commit, hasRoomFor } from './maskActs';
import { Marking } from './marking';
import type { Marks } from './marks';
import { speak } from './spoken';

/** In pixels of the screen: so far a line may lie from where it was drawn. */
const tolerance = 0.35;

/** In pixels of the screen: what reaches no farther, and was not ended by the hand itself, was not meant. */
const leastReach = 10;

/** The cross that the keys move, in pixels of the picture. `undefined`: no key has been pressed yet. */
export const cross = signal<Point | undefined>(undefined);

/** A stroke is in the making: nothing takes the canvas from whoever draws it. */
export const isMarking = signal(false);

/** The stroke in the making, by pointer or by keys, and what shows it. Nothing of it is kept before it ends. */
export class Work {
	#marking: Marking | undefined;
	/** It was begun by a key, and no pointer adds to it. */
	#isByKeys = false;
	/** The largest scale at which it was drawn: as finely as it was seen then it is kept. */
	#scale = 0;
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

	/** `erases`: whatever the tool. What was begun before is kept. */
	begin(place: Point, erases: boolean, isByKeys = false): Marking {
		this.end();
		const { tool, brush } = canvas.peek();
		const marking = new Marking(tool, brush, erases || tool === 'eraser');
		marking.add(place);
		this.#marking = marking;
		this.#isByKeys = isByKeys;
		this.#scale = sight.peek().scale;
		this.#show();
		return marking;
	}

	/** Where the pointer has been. */
	add(places: readonly Point[]): void {
		if (!this.#isByKeys) this.#lengthen(places);
	}

	#lengthen(places: readonly Point[]): void {
		for (const place of places) this.#marking?.add(place);
		if (!this.#marking) return;
		this.#scale = Math.max(this.#scale, sight.peek().scale);
		this.easel.grow();
		this.marks.grow();
	}

	/** Keeps it. */
	end(): void {
		if (!this.#marking) return;
		const stroke = this.#marking.strokeOn(this.picture, tolerance / this.#scale);
		// The canvas may be another picture's already.
		const isOurs = editDraft.peek().source === this.#id;
		if (stroke && isOurs && hasRoomFor(stroke)) this.easel.settle();
		// Who waits for the end of a stroke finds it kept.
		batch(() => {
			this.drop();
			if (!isOurs) return;
			if (stroke) commit(stroke);
			else speak(l10n.t('Nothing of the picture was painted over'));
		});
	}

	/** It was taken out of the hand: keeps it, unless it is too short to have been meant. */
	letGo(): void {
		const isMeant = (this.#marking?.reach ?? 0) * this.#scale >= leastReach;
		if (isMeant) this.end();
		else this.drop();
	}

	/** Forgets it. */
	drop(): void {
		this.#marking = undefined;
		this.#show();
	}

	/** Begins a stroke at the cross, or ends the one that was begun there. */
	press(erases: boolean): void {
		if (this.#marking) {
			if (this.#isByKeys) this.end();
			return;
		}
		cross.value = this.crossPlace();
		const { erases: isErasing } = this.begin(cross.value, erases, true);
		speak(isErasing ? l10n.t('Erasing begun') : l10n.t('Stroke begun'));
	}

	/** Moves the cross, and with it the stroke that was begun there. In pixels of the picture. */
	moveCross(dx: number, dy: number): void {
		const from = this.crossPlace();
		const x = Math.min(Math.max(from.x + dx, 0), this.picture.width);
		const y = Math.min(Math.max(from.y + dy, 0), this.picture.height);
		cross.value = { x, y };
		follow({ x, y });
		const marking = this.#isByKeys ? this.#marking : undefined;
		if (marking) this.#lengthen([{ x, y }]);
		if (marking?.tool === 'rectangle') {
			const { width, height } = marking.rect;
			speak(l10n.t('{0} × {1}', width, height));
		} else speak(l10n.t('{0}, {1}', x, y));
	}

	/** Where the cross is; before it is anywhere: the middle of what is seen. */
	crossPlace(): Point {
		const { x, y } = cross.peek() ?? sight.peek();
		return { x: Math.round(x), y: Math.round(y) };
	}

	#show(): void {
		isMarking.value = this.#marking !== undefined;
		this.easel.showLive(this.#marking);
		this.marks.show(this.#marking);
	}
}

/** The cross on the screen. */
export function crossPoint(): Point | undefined {
	return cross.value && toScreen(cross.value, sight.value, box.value);
}
