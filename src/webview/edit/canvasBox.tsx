import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { type CanvasSight, toScreen } from '../../canvas/sight';
import { withMargins } from '../../domain/margins';
import type { Rect, Size } from '../../domain/size';
import { canvas } from '../kept';
import { l10n } from '../words';
import { area, box, fit, sight } from './canvasSight';
import { Frame } from './frame';
import { KeyList } from './keyList';
import { areKeysShown, pressKey } from './keys';
import { MaskLayer } from './maskLayer';
import { Pointers } from './pointers';
import type { Shown } from './shown';
import { ViewTools } from './viewTools';
import type { Work } from './work';

/** From here on a pixel is a square, not a blur. */
const pixelScale = 4;

interface Props {
	/** Of the picture that is changed. */
	readonly source: Size;
	readonly shown: Shown;
}

/** The canvas: the picture to zoom and to move, and to paint on. */
export function CanvasBox({ source, shown }: Props) {
	const stage = useRef<HTMLDivElement>(null);
	const work = useRef<Work>(undefined);
	const hint = useId();
	const { width, height } = source;
	const canPaint = shown.isSource && canvas.value.job === 'mask';
	useArea(source, shown.place);
	const pointers = useStage(stage, work);
	return (
		<div class="canvasBox">
			<div
				ref={stage}
				class={canPaint ? 'stage paints' : 'stage'}
				role="application"
				tabIndex={0}
				style={{ aspectRatio: `${width} / ${height}` }}
				aria-roledescription={l10n.t('canvas')}
				aria-label={canPaint ? l10n.t('Mask of the picture') : l10n.t('Picture')}
				aria-describedby={hint}
				onKeyDown={(pressed) => {
					if (!pointers.current) return;
					pressKey(pressed, { work: work.current, pointers: pointers.current, picture: source });
				}}
			>
				<Picture key={shown.uri} shown={shown} sight={sight.value} box={box.value} />
				{shown.isSource && canvas.value.job === 'expand' && (
					<Frame source={source} sight={sight.value} box={box.value} />
				)}
				{canPaint && <MaskLayer key={`${width} ${height}`} source={source} work={work} />}
			</div>
			<ViewTools />
			<p id={hint} class="unseen">
				{l10n.t('Press the question mark for a list of keys.')}
			</p>
			{areKeysShown.value && <KeyList />}
		</div>
	);
}

/** All that there is to see: the picture, what it is expanded to, and what is shown now. */
function useArea(source: Size, place: Rect): void {
	const { job, margins } = canvas.value;
	const frame =
		job === 'expand'
			? { x: -margins.left, y: -margins.top, ...withMargins(source, margins) }
			: { x: 0, y: 0, ...source };
	const whole = JSON.stringify(around(frame, place));
	useLayoutEffect(() => void (area.value = around(frame, place)), [whole]);
	useLayoutEffect(fit, []);
}

function around(a: Rect, b: Rect): Rect {
	const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
	const right = Math.max(a.x + a.width, b.x + b.width);
	const bottom = Math.max(a.y + a.height, b.y + b.height);
	return { x, y, width: right - x, height: bottom - y };
}

/** Listens to what happens on the canvas, and measures it. */
function useStage(stage: { readonly current: HTMLElement | null }, work: { readonly current: Work | undefined }) {
	const pointers = useRef<Pointers>(undefined);
	useLayoutEffect(() => {
		const { current } = stage;
		if (!current) return;
		const hand = new Pointers(current, () => work.current);
		pointers.current = hand;
		const { width, height } = current.getBoundingClientRect();
		box.value = { width: Math.max(1, width), height: Math.max(1, height) };
		const observer = new ResizeObserver(([entry]) => {
			if (!entry) return;
			const { width, height } = entry.contentRect;
			box.value = { width: Math.max(1, width), height: Math.max(1, height) };
		});
		observer.observe(current);
		const end = hand.listen();
		return () => {
			end();
			observer.disconnect();
		};
	}, []);
	return pointers;
}

function Picture({ shown: { uri, alt, place }, sight, box }: { shown: Shown; sight: CanvasSight; box: Size }) {
	const { x, y } = toScreen(place, sight, box);
	return (
		<img
			src={uri}
			alt={alt}
			draggable={false}
			decoding="async"
			style={{
				width: `${place.width}px`,
				height: `${place.height}px`,
				transform: `translate(${x}px, ${y}px) scale(${sight.scale})`,
				backgroundSize: `${16 / sight.scale}px ${16 / sight.scale}px`,
				imageRendering: sight.scale > pixelScale ? 'pixelated' : 'auto',
			}}
		/>
	);
}
