import { useEffect } from 'preact/hooks';
import { frameOf } from '../../canvas/frame';
import type { Handle } from '../../canvas/resizeFrame';
import { sidesOf } from '../../canvas/resizeFrame';
import { type CanvasSight, toScreen } from '../../canvas/sight';
import type { Margins } from '../../domain/margins';
import type { Rect, Size } from '../../domain/size';
import { canvas } from '../kept';
import { l10n } from '../words';
import { drag, nudge, release } from './frameDrag';
import { frameName, held, type Hold } from './frameSight';

interface Props {
	/** Of the picture that is expanded. */
	readonly source: Size;
	readonly sight: CanvasSight;
	/** Of the canvas box, in screen pixels. */
	readonly box: Size;
}

/** What the picture is expanded to, over the picture: it is dragged by its handles, and moved as a whole. */
export function Frame({ source, sight, box }: Props) {
	useEffect(() => release, []);
	const { margins } = canvas.value;
	const frame = frameOf(source, margins);
	const outer = onScreen(frame, sight, box);
	const inner = onScreen({ x: 0, y: 0, ...source }, sight, box);
	const isLarger = frame.width > source.width || frame.height > source.height;
	return (
		<div class={held.value === undefined ? 'frame' : 'frame held'} role="group" aria-label={l10n.t('Frame')}>
			<div class="added" style={{ ...placed(outer), clipPath: without(outer, inner) }} />
			<Grip
				part="whole"
				label={l10n.t('Whole frame, {0}', frameName(frame))}
				style={placed(outer)}
				isStill={!isLarger}
				source={source}
			/>
			{handles.map(([part, name]) => (
				<Grip
					key={part}
					part={part}
					label={labelOf(part, name, margins)}
					style={middleOf(part, outer)}
					source={source}
				/>
			))}
			{isLarger && (
				<span class="frameLabel" aria-hidden="true" style={{ left: px(outer.x), top: px(outer.y) }}>
					{frameName(frame)}
				</span>
			)}
		</div>
	);
}

const handles: readonly (readonly [Handle, string])[] = [
	['n', l10n.t('Top edge')],
	['ne', l10n.t('Upper right corner')],
	['e', l10n.t('Right edge')],
	['se', l10n.t('Lower right corner')],
	['s', l10n.t('Bottom edge')],
	['sw', l10n.t('Lower left corner')],
	['w', l10n.t('Left edge')],
	['nw', l10n.t('Upper left corner')],
];

function labelOf(part: Handle, name: string, margins: Margins): string {
	const [first, second] = sidesOf[part].map((side) => margins[side]);
	return second === undefined
		? l10n.t('{0}, {1} pixels added', name, first ?? 0)
		: l10n.t('{0}, {1} and {2} pixels added', name, first ?? 0, second);
}

interface GripProps {
	readonly part: Hold;
	readonly label: string;
	readonly style: Record<string, string>;
	/** There is no room to move it: what is below it can be taken hold of. */
	readonly isStill?: boolean;
	readonly source: Size;
}

function Grip({ part, label, style, isStill = false, source }: GripProps) {
	return (
		<button
			type="button"
			class={part === 'whole' ? 'frameBody' : 'frameHandle'}
			data-part={part}
			data-still={isStill}
			aria-label={label}
			title={part === 'whole' ? '' : label}
			style={style}
			onPointerDown={(pressed) => drag(pressed, { part, source })}
			onKeyDown={(pressed) => nudge(pressed, part, source)}
		/>
	);
}

/** Cuts a hole where the picture is. */
function without(outer: Rect, inner: Rect): string {
	const [x, y] = [inner.x - outer.x, inner.y - outer.y];
	const whole = `M0 0H${outer.width}V${outer.height}H0Z`;
	return `path(evenodd, "${whole}M${x} ${y}h${inner.width}v${inner.height}h${-inner.width}Z")`;
}

function onScreen({ x, y, width, height }: Rect, sight: CanvasSight, box: Size): Rect {
	return { ...toScreen({ x, y }, sight, box), width: width * sight.scale, height: height * sight.scale };
}

function placed({ x, y, width, height }: Rect): Record<string, string> {
	return { left: px(x), top: px(y), width: px(Math.max(0, width)), height: px(Math.max(0, height)) };
}

function middleOf(part: Handle, { x, y, width, height }: Rect): Record<string, string> {
	const sides = sidesOf[part];
	const across = sides.includes('left') ? 0 : sides.includes('right') ? 1 : 0.5;
	const down = sides.includes('top') ? 0 : sides.includes('bottom') ? 1 : 0.5;
	return { left: px(x + width * across), top: px(y + height * down) };
}

function px(length: number): string {
	return `${length.toFixed(2)}px`;
}
