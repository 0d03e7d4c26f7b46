import { noMargins } from '../domain/margins';
import type { Size } from '../domain/size';
import type { AlterPlan } from './alterPlan';

/** Pixels: models look at pictures in tiles of 512, and at more than some of them not at all. */
const longestSide = 1024;

/** How a picture goes out to be described: the whole of it, as large as it is or scaled down. */
export function describePlan(source: Size): AlterPlan {
	const sends = { part: { x: 0, y: 0, ...source }, size: within(source) };
	return {
		way: 'native',
		task: 'vary',
		masked: false,
		keeps: false,
		margins: noMargins,
		sends,
		anyFormat: true,
		makes: sends,
		warnings: [],
		notes: [],
	};
}

function within({ width, height }: Size): Size {
	const scale = Math.min(1, longestSide / Math.max(width, height));
	const side = (length: number): number => Math.max(1, Math.round(length * scale));
	return { width: side(width), height: side(height) };
}
