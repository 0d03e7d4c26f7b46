/** What is seen of a picture: how much it is enlarged, and which point of it is in the middle. The same for two that are compared. */
export interface Sight {
	/** 1: it fits. */
	readonly zoom: number;
	/** Shares of its width and height, 0 to 1. */
	readonly x: number;
	readonly y: number;
}

export interface Extent {
	readonly width: number;
	readonly height: number;
}

export const wholePicture: Sight = { zoom: 1, x: 0.5, y: 0.5 };

/** Screen pixels to one of the picture, at most. */
const largest = 32;

/** Screen pixels to one of the picture when it fits: small ones are not enlarged. */
export function fitting(box: Extent, picture: Extent): number {
	return Math.min(1, box.width / picture.width, box.height / picture.height);
}

/** Screen pixels to one of the picture. */
export function scaleOf({ zoom }: Sight, box: Extent, picture: Extent): number {
	return fitting(box, picture) * zoom;
}

function atScale(sight: Sight, scale: number, box: Extent, picture: Extent): Sight {
	return settled({ ...sight, zoom: scale / fitting(box, picture) }, box, picture);
}

/** Enlarges by a factor, and keeps what is under a point of the screen there: `from` is counted from the middle of the box. */
export function zoomed(
	sight: Sight,
	factor: number,
	{ box, picture, from = { x: 0, y: 0 } }: { box: Extent; picture: Extent; from?: { x: number; y: number } },
): Sight {
	const zoom = bounded(sight.zoom * factor, box, picture);
	const [before, after] = [scaleOf(sight, box, picture), scaleOf({ ...sight, zoom }, box, picture)];
	const x = sight.x + (from.x / before - from.x / after) / picture.width;
	const y = sight.y + (from.y / before - from.y / after) / picture.height;
	return settled({ zoom, x, y }, box, picture);
}

/** Moves the picture by screen pixels. */
export function panned(sight: Sight, dx: number, dy: number, box: Extent, picture: Extent): Sight {
	const scale = scaleOf(sight, box, picture);
	const moved = { ...sight, x: sight.x - dx / scale / picture.width, y: sight.y - dy / scale / picture.height };
	return settled(moved, box, picture);
}

/** One press of a key: of zoom, and of screen pixels. */
const zoomStep = 1.25;
const panStep = 60;

/** What a key makes of it. `undefined`: nothing; the arrows move only what is larger than its box. */
export function sightByKey(key: string, now: Sight, box: Extent, picture: Extent): Sight | undefined {
	const pan = (dx: number, dy: number) =>
		now.zoom > 1 ? panned(now, dx * panStep, dy * panStep, box, picture) : undefined;
	const keys: Readonly<Record<string, () => Sight | undefined>> = {
		'+': () => zoomed(now, zoomStep, { box, picture }),
		'=': () => zoomed(now, zoomStep, { box, picture }),
		'-': () => zoomed(now, 1 / zoomStep, { box, picture }),
		'0': () => wholePicture,
		'1': () => atScale(now, 1, box, picture),
		ArrowLeft: () => pan(1, 0),
		ArrowRight: () => pan(-1, 0),
		ArrowUp: () => pan(0, 1),
		ArrowDown: () => pan(0, -1),
	};
	return keys[key]?.();
}

/** No side of the picture leaves the box that it fills, and what fits is in the middle. */
function settled(sight: Sight, box: Extent, picture: Extent): Sight {
	const zoom = bounded(sight.zoom, box, picture);
	const scale = fitting(box, picture) * zoom;
	return {
		zoom,
		x: within(sight.x, box.width / scale / picture.width),
		y: within(sight.y, box.height / scale / picture.height),
	};
}

/** What is in the middle, of one side. `seen`: the share of it that there is room for. */
function within(share: number, seen: number): number {
	return seen >= 1 ? 0.5 : Math.min(Math.max(share, seen / 2), 1 - seen / 2);
}

function bounded(zoom: number, box: Extent, picture: Extent): number {
	return Math.min(Math.max(zoom, 1), Math.max(1, largest / fitting(box, picture)));
}
