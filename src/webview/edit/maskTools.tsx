import { useId } from 'preact/hooks';
import type { Size } from '../../domain/size';
import { widestFeather } from '../../protocol/limits';
import { useTyped } from '../create/typed';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Tool } from './canvasState';
import { change, choose, clear, invert, largestBrush, nameOf, noRoom, redo, undo } from './maskActs';
import { MaskFields } from './maskFields';
import { canRedo, canUndo, isFull, isMarked } from './maskList';
import { Toolbar, type ToolButton } from './toolbar';
import { ToolIcon } from './toolIcon';

/** With their keys. */
const tools: readonly (readonly [tool: Tool, key: string])[] = [
	['brush', 'B'],
	['eraser', 'E'],
	['rectangle', 'R'],
	['lasso', 'L'],
];

/** What one paints a mask with. `source`: the size of the picture. */
export function MaskTools({ source }: { readonly source: Size }) {
	return (
		<div class="maskTools" role="group" aria-label={l10n.t('Mask tools')}>
			<div class="toolRow">
				<ToolChoice />
				<BrushSize />
				<Feather />
				<Toolbar label={l10n.t('Mask')} buttons={maskButtons()} />
			</div>
			{isFull.value && <p class="mistake">{noRoom}</p>}
			<MaskFields source={source} />
		</div>
	);
}

function ToolChoice() {
	const name = useId();
	return (
		<div class="chips" role="radiogroup" aria-label={l10n.t('Tool')}>
			{tools.map(([tool, key]) => (
				<label key={tool} class="chip" title={l10n.t('{0} ({1})', nameOf(tool), key)}>
					<input
						type="radio"
						name={name}
						aria-label={nameOf(tool)}
						checked={canvas.value.tool === tool}
						onChange={() => choose(tool)}
					/>
					<ToolIcon tool={tool} />
				</label>
			))}
		</div>
	);
}

/** The slider's steps: the same way makes a brush larger by the same factor. */
const slide = 100;

function BrushSize() {
	const id = useId();
	const { brush } = canvas.value;
	const typed = useTyped(String(brush), ({ valueAsNumber: size }) => {
		if (Number.isInteger(size) && size >= 1 && size <= largestBrush) change({ brush: size });
	});
	return (
		<div class="brushSize">
			<label htmlFor={id}>{l10n.t('Size')}</label>
			<input
				type="range"
				min={0}
				max={slide}
				step={1}
				title={l10n.t('Size of the brush ([ and ])')}
				aria-label={l10n.t('Size of the brush')}
				aria-valuetext={l10n.t('{0} pixels', brush)}
				value={Math.round((Math.log(brush) / Math.log(largestBrush)) * slide)}
				onInput={({ currentTarget }) =>
					change({ brush: Math.round(largestBrush ** (currentTarget.valueAsNumber / slide)) })
				}
			/>
			<input id={id} type="number" min={1} max={largestBrush} step={1} {...typed} />
		</div>
	);
}

function Feather() {
	const id = useId();
	const typed = useTyped(String(canvas.value.feather), ({ valueAsNumber: feather }) => {
		if (Number.isInteger(feather) && feather >= 0 && feather <= widestFeather) change({ feather });
	});
	return (
		<div class="feather" title={l10n.t('Over so many pixels inside its edge the change fades in')}>
			<label htmlFor={id}>{l10n.t('Feather')}</label>
			<input id={id} type="number" min={0} max={widestFeather} step={1} {...typed} />
		</div>
	);
}

function maskButtons(): ToolButton[] {
	return [
		{
			icon: 'discard',
			text: l10n.t('Undo (Ctrl+Z)'),
			refused: canUndo.value ? undefined : l10n.t('Nothing to undo'),
			press: undo,
		},
		{
			icon: 'redo',
			text: l10n.t('Redo (Ctrl+Shift+Z)'),
			refused: canRedo.value ? undefined : l10n.t('Nothing to redo'),
			press: redo,
		},
		{ icon: 'color-mode', text: l10n.t('Invert (I)'), press: invert },
		{
			icon: 'clear-all',
			text: l10n.t('Clear (Delete)'),
			refused: isMarked.value ? undefined : l10n.t('Nothing to clear'),
			press: clear,
		},
	];
}
