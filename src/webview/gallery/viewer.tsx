import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { DetailView } from '../../protocol/views';
import { l10n } from '../words';
import { type Extent, panned, scaleOf, type Sight, sightByKey, zoomed } from './sight';
import { ZoomButtons } from './zoomButtons';

/** From here on a pixel is a square, not a blur. */
const pixelScale = 4;

export interface Pictured {
	readonly picture: NonNullable<DetailView['picture']>;
	/** What it shows, in a few words. */
	readonly alt: string;
}

interface ViewerProps {
	readonly picture: Pictured;
	/** Shown over it, in the same place and at the same size; the part right of `share` (0 to 1) is seen. */
	readonly over?: { readonly picture: Pictured; readonly share: number };
	readonly sight: Signal<Sight>;
	readonly label: string;
}

/** A picture to zoom (Ctrl and the wheel, +, −, 0, 1) and to move (by dragging, or the arrow keys where it is larger than its box). */
export function Viewer({ picture, over, sight, label }: ViewerProps) {
	const element = useRef<HTMLDivElement>(null);
	const box = useBox(element);
	const extent = picture.picture;
	const change = (next: Sight) => (sight.value = next);
	useWheel(element, (factor, from) => change(zoomed(sight.peek(), factor, { box: box.peek(), picture: extent, from })));
	const drag = useDrag((dx, dy) => change(panned(sight.peek(), dx, dy, box.peek(), extent)));
	const isLarger = sight.value.zoom > 1;
	const press = (key: string) => {
		const next = sightByKey(key, sight.peek(), box.peek(), extent);
		if (next) change(next);
		return next !== undefined;
	};
	return (
		<div class="pictured">
			<div
				ref={element}
				class={`viewer${isLarger ? ' larger' : ''}`}
				role="group"
				aria-label={label}
				tabIndex={0}
				data-scale={scaleOf(sight.value, box.value, extent).toFixed(3)}
				onKeyDown={(pressed) => {
					if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || !press(pressed.key)) return;
					pressed.preventDefault();
					pressed.stopPropagation();
				}}
				{...drag}
			>
				<Shown shown={picture} sight={sight.value} box={box.value} />
				{over && (
					<div class="over" style={{ clipPath: `inset(0 0 0 ${over.share * 100}%)` }}>
						<Shown shown={over.picture} sight={sight.value} box={box.value} />
					</div>
				)}
				{over && <div class="seam" style={{ left: `${over.share * 100}%` }} />}
			</div>
			<ZoomButtons sight={sight.value} scale={scaleOf(sight.value, box.value, extent)} onPress={press} />
		</div>
	);
}

function Shown({ shown: { picture, alt }, sight, box }: { shown: Pictured; sight: Sight; box: Extent }) {
	const failed = useSignal<string | undefined>(undefined);
	const scale = scaleOf(sight, box, picture);
	const left = box.width / 2 - sight.x * picture.width * scale;
	const top = box.height / 2 - sight.y * picture.height * scale;
	if (failed.value === picture.uri) return <p class="unshown">{l10n.t('The picture cannot be shown.')}</p>;
	return (
		<img
			key={picture.uri}
			src={picture.uri}
			alt={alt}
			draggable={false}
			decoding="async"
			onError={() => (failed.value = picture.uri)}
			style={{
				width: `${picture.width}px`,
				height: `${picture.height}px`,
				transform: `translate(${left}px, ${top}px) scale(${scale})`,
				imageRendering: scale > pixelScale ? 'pixelated' : 'auto',
			}}
		/>
	);
}

function useBox(element: { readonly current: HTMLElement | null }) {
	const box = useSignal<Extent>({ width: 1, height: 1 });
	useLayoutEffect(() => {
		const { current } = element;
		if (!current) return;
		const measure = () =>
			(box.value = { width: Math.max(1, current.clientWidth), height: Math.max(1, current.clientHeight) });
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(current);
		return () => observer.disconnect();
	}, []);
	return box;
}

/** `zoom`: is given the factor, and the pointer's place, from the middle of the box. */
function useWheel(
	element: { readonly current: HTMLElement | null },
	zoom: (factor: number, from: { readonly x: number; readonly y: number }) => void,
) {
	const latest = useRef(zoom);
	latest.current = zoom;
	useEffect(() => {
		const { current } = element;
		const turn = (wheel: WheelEvent) => {
			if (!current || !(wheel.ctrlKey || wheel.metaKey)) return;
			wheel.preventDefault();
			const { left, top, width, height } = current.getBoundingClientRect();
			const from = { x: wheel.clientX - left - width / 2, y: wheel.clientY - top - height / 2 };
			latest.current(Math.exp(-wheel.deltaY / 300), from);
		};
		current?.addEventListener('wheel', turn, { passive: false });
		return () => current?.removeEventListener('wheel', turn);
	}, []);
}

function useDrag(move: (dx: number, dy: number) => void) {
	const held = useRef<number>(undefined);
	return {
		onPointerDown: ({ button, pointerId, currentTarget }: PointerEvent) => {
			if (button !== 0 || !(currentTarget instanceof Element)) return;
			held.current = pointerId;
			currentTarget.setPointerCapture(pointerId);
		},
		onPointerMove: ({ pointerId, movementX, movementY }: PointerEvent) => {
			if (held.current === pointerId) move(movementX, movementY);
		},
		onPointerUp: () => (held.current = undefined),
		onPointerCancel: () => (held.current = undefined),
	};
}
