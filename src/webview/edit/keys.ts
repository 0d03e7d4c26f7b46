import { signal } from '@preact/signals';
import type { Size } from '../../domain/size';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Tool } from './canvasState';
import { fit, panBy, pixelForPixel, sight, zoomBy } from './canvasSight';
import { choose, clear, invert, moveBy, redo, stepBrush, undo } from './maskActs';
import type { Pointers } from './pointers';
import { speak } from './spoken';
import type { Work } from './work';

/** What a key works on. */
export interface Bench {
	/** Absent where nothing is to be painted. */
	readonly work: Work | undefined;
	readonly pointers: Pointers;
	readonly picture: Size;
}

/** A key and what it does: for the canvas, and for the list that people read. */
export interface CanvasKey {
	/** `KeyboardEvent.key`, letters small, with `Control+`, `Alt+`, `Shift+` before it, in this order. */
	readonly presses: readonly string[];
	/** As people read it. */
	readonly shown: string;
	readonly does: string;
	/** `false`: there was nothing to do, and the key is for others. */
	readonly act: (bench: Bench, pressed: KeyboardEvent) => boolean | void;
	/** Only where one paints. */
	readonly paints?: true;
}

/** The list of keys is open. */
export const areKeysShown = signal(false);

/** Screen pixels. */
const crossStep = 8;
const panStep = 60;
/** Pixels of the picture. */
const largeMove = 10;
/** A factor. */
export const zoomStep = 1.25;

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;

function withArrows(...modifiers: readonly string[]): string[] {
	return modifiers.flatMap((modifier) => Object.keys(arrows).map((arrow) => modifier + arrow));
}

function directionOf({ key }: KeyboardEvent): readonly [x: number, y: number] {
	return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown' ? arrows[key] : [0, 0];
}

function tool(name: Tool, key: string, does: string): CanvasKey {
	return { presses: [key.toLowerCase()], shown: key, does, act: () => choose(name), paints: true };
}

const undoPresses = ['Control+z'];
const redoPresses = ['Control+Shift+z', 'Control+y'];

/** Keys of tools, of the brush and of the mask. */
const painting: readonly CanvasKey[] = [
	tool('brush', 'B', l10n.t('Brush')),
	tool('eraser', 'E', l10n.t('Eraser')),
	tool('rectangle', 'R', l10n.t('Rectangle')),
	tool('lasso', 'L', l10n.t('Lasso')),
	{
		presses: ['[', ']', 'Shift+[', 'Shift+]'],
		shown: '[ ]',
		does: l10n.t('Smaller or larger brush; with Shift by ten steps'),
		act: (_bench, pressed) =>
			stepBrush((nameOf(pressed) === ']' ? 1 : -1) * (pressOf(pressed).startsWith('Shift+') ? 10 : 1)),
		paints: true,
	},
	{
		presses: withArrows('', 'Shift+'),
		shown: '← → ↑ ↓',
		does: l10n.t('Move the cross; with Shift by one pixel'),
		act: ({ work }, pressed) => {
			const [x, y] = directionOf(pressed);
			const step = pressed.shiftKey ? 1 : Math.max(1, Math.round(crossStep / sight.peek().scale));
			work?.moveCross(x * step, y * step);
		},
		paints: true,
	},
	{
		presses: ['Enter', 'Shift+Enter'],
		shown: 'Enter',
		does: l10n.t('Begin a stroke at the cross, and end it; with Shift one that erases'),
		act: ({ work }, pressed) => {
			if (!pressed.repeat) work?.press(pressed.shiftKey);
		},
		paints: true,
	},
	{
		presses: ['Escape'],
		shown: 'Esc',
		does: l10n.t('Forget the stroke that was begun'),
		act: ({ work, pointers }) => {
			if (!work?.marking) return false;
			pointers.stop();
			speak(l10n.t('Stroke forgotten'));
		},
		paints: true,
	},
	{
		presses: withArrows('Alt+', 'Alt+Shift+'),
		shown: 'Alt+← → ↑ ↓',
		does: l10n.t('Move the mask by one pixel; with Shift by ten'),
		act: ({ picture }, pressed) => {
			const [x, y] = directionOf(pressed);
			const step = pressed.shiftKey ? largeMove : 1;
			moveBy(x * step, y * step, picture);
		},
		paints: true,
	},
	{ presses: ['i'], shown: 'I', does: l10n.t('Invert'), act: invert, paints: true },
	{
		presses: ['Delete', 'Backspace'],
		shown: 'Delete',
		does: l10n.t('Clear'),
		act: clear,
		paints: true,
	},
	{ presses: undoPresses, shown: 'Ctrl+Z', does: l10n.t('Undo'), act: undo, paints: true },
	{
		presses: redoPresses,
		shown: 'Ctrl+Shift+Z, Ctrl+Y',
		does: l10n.t('Redo'),
		act: redo,
		paints: true,
	},
];

/** Keys of what is seen. */
const looking: readonly CanvasKey[] = [
	{
		presses: withArrows('', 'Shift+'),
		shown: '← → ↑ ↓',
		does: l10n.t('Move what is seen, where nothing is painted'),
		act: (_bench, pressed) => {
			const [x, y] = directionOf(pressed);
			panBy(-x * panStep, -y * panStep);
		},
	},
	{ presses: ['+', '='], shown: '+', does: l10n.t('Zoom in'), act: () => zoomBy(zoomStep) },
	{ presses: ['-', '_'], shown: '−', does: l10n.t('Zoom out'), act: () => zoomBy(1 / zoomStep) },
	{ presses: ['0'], shown: '0', does: l10n.t('Fit'), act: fit },
	{ presses: ['1'], shown: '1', does: l10n.t('Pixel for pixel'), act: pixelForPixel },
	{
		presses: [' '],
		shown: l10n.t('Space'),
		does: l10n.t('Held: drag to move what is seen'),
		act: ({ pointers }) => pointers.hold(),
	},
	{ presses: ['?'], shown: '?', does: l10n.t('This list'), act: () => void (areKeysShown.value = true) },
];

/** Of the canvas, while it has the focus. */
export const canvasKeys: readonly CanvasKey[] = [...painting, ...looking];

/** Does what a key stands for, and keeps it from everybody else. */
export function pressKey(pressed: KeyboardEvent, bench: Bench): void {
	const press = pressOf(pressed);
	const key = canvasKeys.find(({ presses, paints }) => presses.includes(press) && (!paints || bench.work));
	if (!key || key.act(bench, pressed) === false) return;
	pressed.preventDefault();
	pressed.stopPropagation();
}

/** Undoes, and does again, wherever the focus is round the canvas. */
export function pressHistory(pressed: KeyboardEvent): void {
	if (canvas.peek().job !== 'mask' || areKeysShown.peek() || isWriting(pressed.target)) return;
	const press = pressOf(pressed);
	if (undoPresses.includes(press)) undo();
	else if (redoPresses.includes(press)) redo();
	else return;
	pressed.preventDefault();
}

/** A field that undoes what was written in it. */
function isWriting(target: EventTarget | null): boolean {
	return (
		target instanceof Element &&
		target.matches('textarea, input:not([type="radio"], [type="checkbox"], [type="range"])')
	);
}

/** By what is written with Shift, and by where they are on other keyboards. */
const brackets: Readonly<Record<string, string>> = { '{': '[', '}': ']', BracketLeft: '[', BracketRight: ']' };

function nameOf({ key, code }: KeyboardEvent): string {
	if (key.length > 1) return key;
	const isOtherScript = key > '~';
	if (isOtherScript) return brackets[code] ?? /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? key;
	return brackets[key] ?? key.toLowerCase();
}

function pressOf(pressed: KeyboardEvent): string {
	const name = nameOf(pressed);
	// With AltGr, or Option, it is that key which writes it: it stands for nothing, nor does what is held with it.
	const isBracket = name === '[' || name === ']';
	const isWritten = pressed.getModifierState('AltGraph') || (isBracket && pressed.altKey && !pressed.ctrlKey);
	const isCurly = pressed.key === '{' || pressed.key === '}';
	const isShifted = isBracket
		? isCurly || (pressed.shiftKey && !isWritten)
		: pressed.shiftKey && !/^[^a-z]$/.test(name);
	const modifiers = [
		(pressed.ctrlKey || pressed.metaKey) && !isWritten && 'Control+',
		pressed.altKey && !isWritten && 'Alt+',
		isShifted && 'Shift+',
	];
	return modifiers.filter((modifier) => modifier !== false).join('') + name;
}
