import type { Pixels } from '../../image/pixels';

/**
 * Sums along one side of a picture: for every pixel four numbers (red, green and blue times alpha, and alpha, 0 to 1),
 * each the sum of all pixels before it; so the mean of any stretch is one subtraction.
 */
type Sums = Float64Array;

/** Writes a colour (red, green, blue as 0 to 255, then alpha 0 to 1) for a place outside the picture. */
type BorderColour = (x: number, y: number, into: Float64Array) => void;

/**
 * The colours of a picture's border carried outwards: next to the border they are the border's own, farther away
 * means over a longer and longer stretch of it, so that there are no streaks. Coordinates count from the picture's corner.
 */
export function borderOf(picture: Pixels): BorderColour {
	const { width, height } = picture;
	const top = sumsOf(picture, 0, 1, width);
	const bottom = sumsOf(picture, (height - 1) * width, 1, width);
	const left = sumsOf(picture, 0, width, height);
	const right = sumsOf(picture, width - 1, width, height);
	return (x, y, into) => {
		const dx = Math.max(-x, x - width + 1, 0);
		const dy = Math.max(-y, y - height + 1, 0);
		const reach = Math.sqrt(dx * dx + dy * dy) * 0.8 - 0.8;
		into.fill(0);
		addMean(y < 0 ? top : bottom, x, reach, dy / (dx + dy), into);
		addMean(x < 0 ? left : right, y, reach, dx / (dx + dy), into);
		const alpha = Math.max(1e-9, into[3] ?? 0);
		for (let c = 0; c < 3; c++) into[c] = (into[c] ?? 0) / alpha;
	};
}

function sumsOf({ data }: Pixels, first: number, step: number, count: number): Sums {
	const sums = new Float64Array((count + 1) * 4);
	for (let i = 0; i < count; i++) {
		const at = (first + i * step) * 4;
		const alpha = (data[at + 3] ?? 0) / 255;
		for (let c = 0; c < 3; c++) sums[i * 4 + 4 + c] = (sums[i * 4 + c] ?? 0) + (data[at + c] ?? 0) * alpha;
		sums[i * 4 + 7] = (sums[i * 4 + 3] ?? 0) + alpha;
	}
	return sums;
}

/** Adds the mean of the stretch `reach` pixels to both sides of `place`, weighted. */
function addMean(sums: Sums, place: number, reach: number, weight: number, into: Float64Array): void {
	if (weight === 0) return;
	const count = sums.length / 4 - 1;
	const middle = Math.min(count - 1, Math.max(0, place));
	const from = Math.max(0, Math.min(count - 1, Math.floor(middle - reach)));
	const to = Math.min(count, Math.max(from, Math.floor(middle + Math.max(0, reach))) + 1);
	const share = weight / (to - from);
	for (let c = 0; c < 4; c++) {
		into[c] = (into[c] ?? 0) + ((sums[to * 4 + c] ?? 0) - (sums[from * 4 + c] ?? 0)) * share;
	}
}
