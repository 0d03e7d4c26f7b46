import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Move, movedBy } from '../../canvas/resolve';
import { noStrokes, type Stroke } from '../../canvas/strokes';
import { noMargins } from '../../domain/margins';
import type { Rect } from '../../domain/size';
import type { Look } from '../gallery/useLook';
import { Icon } from '../icon';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import type { Canvas } from './canvasState';
import { showing } from './editing';
import { focusCanvas } from './focusCanvas';
import { speak } from './spoken';

type Seen = NonNullable<Canvas['seen']>;

/** The file of the picture that is changed, as it is now. Without it: it could not be looked at. */
const present = signal<{ readonly source: string; readonly file?: Seen } | undefined>(undefined);

/** It is another than the one that was worked on, and nobody has said what becomes of that work. */
export const isChanged = computed(() => {
	const { seen } = canvas.value;
	const now = present.value;
	if (!seen || !now?.file || now.source !== editDraft.value.source) return false;
	return !isSame(seen, now.file);
});

/** Why nothing is ordered that nobody has looked at. `undefined`: somebody has. */
export const unseen = computed(() => {
	const { source } = editDraft.value;
	if (source === undefined || canvas.value.seen) return undefined;
	return present.value?.source === source && !present.value.file
		? l10n.t('The picture could not be loaded.')
		: l10n.t('The picture is still being loaded.');
});

function isSame(one: Seen, other: Seen): boolean {
	return one.stamp === other.stamp && one.width === other.width && one.height === other.height;
}

/** Takes note of the file; where nothing was done yet, it is the one that is worked on. One that is gone may come back. */
export function useFile(source: string, { seen, failure }: Look): void {
	const picture = seen?.picture;
	const isOver = seen !== undefined || failure !== undefined;
	useEffect(() => {
		if (!picture) {
			if (isOver) present.value = { source };
			return;
		}
		const { stamp, width, height } = picture;
		const file = { stamp, width, height };
		present.value = { source, file };
		const now = canvas.peek();
		if (!now.seen || (isUntouched(now) && !isSame(now.seen, file))) canvas.value = { ...now, seen: file };
	}, [source, isOver, picture?.stamp, picture?.width, picture?.height]);
}

function isUntouched({ strokes, margins, staged }: Canvas): boolean {
	const added = margins.top + margins.right + margins.bottom + margins.left;
	return strokes.strokes.length === 0 && added === 0 && staged.length === 0;
}

/** Says that the file has changed, and lets the person choose. */
export function ChangedFile({ name }: { readonly name: string }) {
	if (!isChanged.value) return null;
	return (
		<div class="banner warning" role="alert">
			<Icon name="warning" />
			<p class="foreign">{l10n.t('{0} has changed on disk.', name)}</p>
			<div class="buttons">
				<button type="button" class="button" onClick={keepSelection}>
					{l10n.t('Keep the Selection')}
				</button>
				<button type="button" class="button" onClick={startOver}>
					{l10n.t('Start Over')}
				</button>
			</div>
		</div>
	);
}

/** What was painted comes to lie on the same part of a picture of another size. */
function keepSelection(): void {
	const file = present.peek()?.file;
	const now = canvas.peek();
	if (!file || !now.seen) return;
	const [across, down] = [file.width / now.seen.width, file.height / now.seen.height];
	const move = { across, down, right: 0, below: 0 };
	const isOther = across !== 1 || down !== 1;
	// What was undone too: it can be done again.
	const strokes = now.strokes.strokes.map((stroke) => (isOther ? scaled(stroke, move) : stroke));
	canvas.value = { ...now, seen: file, strokes: { ...now.strokes, strokes } };
	settle(l10n.t('The selection is on the changed picture.'));
}

/** In pixels: what a brush can be. */
const [thinnest, thickest] = [1, 10_000];

function scaled(stroke: Stroke, move: Move): Stroke {
	if (stroke.kind === 'clear') return stroke;
	if (stroke.kind === 'place') {
		return { ...stroke, from: scaledRect(stroke.from, move), to: scaledRect(stroke.to, move) };
	}
	const moved = movedBy(stroke, move);
	if (moved.kind !== 'line') return moved;
	return { ...moved, size: Math.min(Math.max(moved.size, thinnest), thickest) };
}

function scaledRect({ x, y, width, height }: Rect, { across, down }: Move): Rect {
	return { x: x * across, y: y * down, width: width * across, height: height * down };
}

function startOver(): void {
	const file = present.peek()?.file;
	if (!file) return;
	const now = showing(canvas.peek(), undefined);
	canvas.value = { ...now, seen: file, strokes: noStrokes, margins: noMargins };
	settle(l10n.t('The selection is empty.'));
}

/** The button that had the keys is gone. */
function settle(words: string): void {
	speak(words);
	focusCanvas();
}
