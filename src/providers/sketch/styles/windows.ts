import { type Rgb, mix } from '../colour';
import { tint } from '../ramp';
import type { Scene } from '../scene';

/** Lights windows in a skyline: a grid of small panes below the border (`y` at 4 samples a pixel column), some of them lit. */
export function lightWindows(scene: Scene, border: Float32Array, base: number, nearness: number, wall: Rgb): void {
	const { pixels, palette, dice, unit } = scene;
	const pane = Math.max(1, Math.round(unit * (0.004 + 0.003 * nearness)));
	const step = pane * 2 + Math.max(1, Math.round(pane / 2));
	const lit = palette.dark
		? ([palette.accent, palette.tones[4], palette.tones[3]] as const)
		: ([palette.tones[4], palette.tones[3]] as const);
	const share = palette.dark ? 0.34 : 0.12;
	const bottom = Math.min(pixels.height, Math.round(base + unit * 0.14));
	for (let x = step; x + step < pixels.width; x += step) {
		const roof = highestRoom(border, x, pane);
		for (let y = Math.ceil(roof / step) * step; y < bottom; y += step) {
			if (y < 0 || y - roof < step * 0.7 || !dice.chance(share)) continue;
			const colour = mix(wall, dice.pick(lit), dice.between(0.35, palette.dark ? 0.95 : 0.6));
			fillPane(scene, x, y, pane, colour);
		}
	}
}

/** The lowest roof over a pane and its sides: a window must not hang over the edge of its house. */
function highestRoom(border: Float32Array, x: number, pane: number): number {
	let lowest = 0;
	for (let i = (x - pane) * 4; i < (x + pane * 2) * 4; i++) lowest = Math.max(lowest, border[i] ?? 0);
	return lowest;
}

function fillPane({ pixels }: Scene, left: number, top: number, pane: number, colour: Rgb): void {
	const bottom = Math.min(pixels.height, top + Math.max(1, Math.round(pane * 1.3)));
	for (let y = top; y < bottom; y++) {
		for (let x = left; x < Math.min(pixels.width, left + pane); x++) tint(pixels, x, y, colour, 1);
	}
}
