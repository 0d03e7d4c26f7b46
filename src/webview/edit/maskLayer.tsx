import { effect, signal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Size } from '../../domain/size';
import { canvas } from '../kept';
import { box, sight } from './canvasSight';
import { Easel } from './easel';
import { Marks } from './marks';
import { plainStrokes } from './maskList';
import { cross, crossPoint, Work } from './work';

interface Props {
	/** The picture's. */
	readonly source: Size;
	/** Where the work on it is put. */
	readonly work: { current: Work | undefined };
}

/** The mask over the picture, the stroke in the making, and where the next one would be. */
export function MaskLayer({ source, work }: Props) {
	const mask = useRef<HTMLCanvasElement>(null);
	const outline = useRef<SVGPathElement>(null);
	const ring = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (!mask.current || !outline.current || !ring.current) return;
		const easel = new Easel(mask.current, source);
		const marks = new Marks(outline.current, ring.current, seen);
		work.current = new Work(source, easel, marks);
		const follow = effect(() => {
			void looks.value;
			easel.show({ strokes: plainStrokes.value, sight: sight.value, box: box.value });
		});
		const point = effect(() => (seen(), marks.grow()));
		return () => {
			// What was begun is not lost where the person goes elsewhere.
			work.current?.end();
			work.current = undefined;
			follow();
			point();
			easel.close();
			marks.close();
			cross.value = undefined;
		};
	}, []);
	useLooks();
	return (
		<>
			<canvas ref={mask} class="mask" aria-hidden="true" />
			<svg class="outline" aria-hidden="true">
				<path ref={outline} />
			</svg>
			<div ref={ring} class="ring" hidden />
			<Cross />
		</>
	);
}

/** Counts up when colours, or the screen's pixels, are others. */
const looks = signal(0);

function useLooks(): void {
	useLayoutEffect(() => {
		const change = () => void looks.value++;
		const themes = new MutationObserver(change);
		themes.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-kind'] });
		themes.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
		return () => themes.disconnect();
	}, []);
	useSignalEffect(() => {
		void looks.value;
		const sharpness = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
		const change = () => void looks.value++;
		sharpness.addEventListener('change', change, { once: true });
		return () => sharpness.removeEventListener('change', change);
	});
}

function seen() {
	const { tool, brush } = canvas.value;
	const isRound = tool === 'brush' || tool === 'eraser';
	return { sight: sight.value, box: box.value, brush: isRound ? brush : undefined };
}

/** Where the keys would paint. */
function Cross() {
	const point = crossPoint();
	if (!point) return null;
	return <div class="cross" style={{ transform: `translate(${point.x}px, ${point.y}px)` }} />;
}
