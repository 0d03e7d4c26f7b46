import type { CanvasSight } from '../../canvas/sight';
import type { PlainStroke } from '../../canvas/resolve';
import type { Size } from '../../domain/size';
import type { Marking } from './marking';

/** What an easel shows besides the stroke in the making. */
export interface Scene {
	readonly strokes: readonly PlainStroke[];
	readonly sight: CanvasSight;
	/** Of the canvas on the screen. */
	readonly box: Size;
}

/** With more strokes than these, drawing them all takes more than a frame. */
const many = 40;

/** After so many ms without a move all is drawn sharply again. */
const rest = 120;

/**
 * Draws a mask over the picture, in pixels of the screen: how large the picture is makes no difference. All of it is drawn
 * opaque; the style sheet lets the picture shine through.
 */
export class Easel {
	readonly #context: CanvasRenderingContext2D;
	readonly #paths = new WeakMap<PlainStroke, Path2D>();
	#scene: Scene | undefined;
	#colour: string | CanvasPattern = 'black';
	#live: Marking | undefined;
	/** How many numbers of the live stroke are drawn. */
	#drawn = 0;
	#isStale = false;
	/** How many of the strokes are drawn. */
	#count = 0;
	#frame = 0;
	/** What was drawn last, while what is seen moves: it is shown in its place. */
	#rough: { readonly image: OffscreenCanvas; readonly sight: CanvasSight } | undefined;
	#timer = 0;

	/** `picture`: of what is painted on. */
	constructor(
		readonly element: HTMLCanvasElement,
		readonly picture: Size,
	) {
		const context = element.getContext('2d');
		if (!context) throw new Error('The browser has no canvas.');
		this.#context = context;
	}

	/** Shows all of this, with the next frame. */
	show(scene: Scene): void {
		const before = this.#scene;
		this.#scene = scene;
		const isMany = before !== undefined && scene.strokes.length > many && before.box === scene.box && !this.#live;
		if (isMany && before.strokes === scene.strokes && before.sight !== scene.sight) this.#move(before.sight);
		else if (isMany && before.sight === scene.sight && isOneMore(before.strokes, scene.strokes) && !this.#isStale)
			this.grow();
		else this.redraw();
	}

	/** Shows a stroke in the making, or none any more. It may grow: see {@link grow}. */
	showLive(marking: Marking | undefined): void {
		const isGone = this.#live !== undefined && this.#live !== marking;
		this.#live = marking;
		this.#drawn = 0;
		if (isGone || this.#rough) this.redraw();
		else this.grow();
	}

	/** The live stroke is one of the others now: it is drawn already. */
	settle(): void {
		this.#live = undefined;
	}

	/** The live stroke has become longer. */
	grow(): void {
		this.#frame ||= requestAnimationFrame(() => this.#draw());
	}

	/** Its size, its colours or all that is shown are others. */
	redraw(): void {
		clearTimeout(this.#timer);
		this.#rough = undefined;
		this.#isStale = true;
		this.grow();
	}

	close(): void {
		clearTimeout(this.#timer);
		cancelAnimationFrame(this.#frame);
	}

	/** Something else is seen of many strokes, and more of that may come at once. `before`: what was seen. */
	#move(before: CanvasSight): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.redraw(), rest);
		this.grow();
		if (this.#rough || this.#isStale) return;
		const image = new OffscreenCanvas(this.element.width, this.element.height);
		image.getContext('2d')?.drawImage(this.element, 0, 0);
		this.#rough = { image, sight: before };
	}

	#drawRough({ sight, box }: Scene, image: OffscreenCanvas, before: CanvasSight): void {
		const context = this.#context;
		const { width, height } = this.element;
		const factor = sight.scale / before.scale;
		const x = (width * (1 - factor)) / 2 + (before.x - sight.x) * sight.scale * (width / box.width);
		const y = (height * (1 - factor)) / 2 + (before.y - sight.y) * sight.scale * (height / box.height);
		context.clearRect(0, 0, width, height);
		context.drawImage(image, x, y, width * factor, height * factor);
	}

	#draw(): void {
		this.#frame = 0;
		const scene = this.#scene;
		if (!scene) return;
		if (this.#rough) {
			this.#drawRough(scene, this.#rough.image, this.#rough.sight);
			return;
		}
		const context = this.#context;
		if (this.#isStale) this.#prepare(scene.box);
		context.save();
		this.#enter(scene);
		if (this.#isStale) {
			this.#count = 0;
			this.#drawn = 0;
			this.#isStale = false;
		}
		for (const stroke of scene.strokes.slice(this.#count)) this.#stroke(stroke);
		this.#count = scene.strokes.length;
		this.#extend();
		context.restore();
	}

	/** An empty canvas, as sharp as the screen is. */
	#prepare(box: Size): void {
		const { element } = this;
		const ratio = devicePixelRatio;
		const width = Math.max(1, Math.round(box.width * ratio));
		const height = Math.max(1, Math.round(box.height * ratio));
		if (element.width !== width) element.width = width;
		if (element.height !== height) element.height = height;
		this.#context.clearRect(0, 0, width, height);
		this.#colour = this.#hatch(ratio);
	}

	/** From now on all is in pixels of the picture, and nothing outside of it is drawn. */
	#enter({ sight: { scale, x, y }, box }: Scene): void {
		const context = this.#context;
		const [across, down] = [this.element.width / box.width, this.element.height / box.height];
		context.setTransform(
			scale * across,
			0,
			0,
			scale * down,
			(box.width / 2 - x * scale) * across,
			(box.height / 2 - y * scale) * down,
		);
		if (this.#colour instanceof CanvasPattern) this.#colour.setTransform(context.getTransform().inverse());
		context.beginPath();
		context.rect(0, 0, this.picture.width, this.picture.height);
		context.clip();
		context.fillStyle = this.#colour;
		context.strokeStyle = this.#colour;
		context.lineCap = 'round';
		context.lineJoin = 'round';
	}

	#stroke(stroke: PlainStroke): void {
		const context = this.#context;
		if (stroke.kind === 'invert') {
			context.globalCompositeOperation = 'xor';
			context.fillRect(0, 0, this.picture.width, this.picture.height);
			return;
		}
		context.globalCompositeOperation = stroke.erases ? 'destination-out' : 'source-over';
		const path = this.#paths.get(stroke) ?? pathOf(stroke);
		this.#paths.set(stroke, path);
		if (stroke.kind === 'line') {
			context.lineWidth = stroke.size;
			context.stroke(path);
		} else context.fill(path);
	}

	/** What has come to a line in the making. Of other strokes only the outline is shown, by somebody else. */
	#extend(): void {
		const live = this.#live;
		if (!live || (live.tool !== 'brush' && live.tool !== 'eraser') || live.points.length === this.#drawn) return;
		const context = this.#context;
		context.globalCompositeOperation = live.erases ? 'destination-out' : 'source-over';
		context.lineWidth = live.size;
		context.stroke(lineOf(live.points, Math.max(0, this.#drawn - 2)));
		this.#drawn = live.points.length;
	}

	/** The style sheet's colour, with stripes: a picture may have that colour itself. */
	#hatch(ratio: number): string | CanvasPattern {
		const style = getComputedStyle(this.element);
		const side = Math.round(8 * ratio);
		const tile = new OffscreenCanvas(side, side);
		const context = tile.getContext('2d');
		if (!context) return style.color;
		context.fillStyle = style.color;
		context.fillRect(0, 0, side, side);
		context.strokeStyle = style.getPropertyValue('--stripe');
		context.lineWidth = ratio;
		for (const shift of [-side, 0, side]) {
			context.moveTo(shift - 1, side + 1);
			context.lineTo(shift + side + 1, -1);
		}
		context.stroke();
		return this.#context.createPattern(tile, 'repeat') ?? style.color;
	}
}

function pathOf(stroke: Exclude<PlainStroke, { readonly kind: 'invert' }>): Path2D {
	if (stroke.kind === 'rectangle') {
		const path = new Path2D();
		const { x, y, width, height } = stroke.rect;
		path.rect(x, y, width, height);
		return path;
	}
	return lineOf(stroke.points, 0);
}

/** In pixels of the picture. */
const leastLength = 0.01;

/** Whether to some strokes one came, and nothing else happened. */
function isOneMore(before: readonly PlainStroke[], after: readonly PlainStroke[]): boolean {
	return after.length === before.length + 1 && before.every((stroke, at) => stroke === after[at]);
}

/** `from`: which number of the points is the first. */
function lineOf(points: readonly number[], from: number): Path2D {
	const path = new Path2D();
	const [x = 0, y = 0] = points.slice(from, from + 2);
	path.moveTo(x, y);
	// A line without any length would not be drawn.
	if (points.length === from + 2) path.lineTo(x + leastLength, y);
	for (let at = from + 2; at < points.length; at += 2) path.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
	return path;
}
