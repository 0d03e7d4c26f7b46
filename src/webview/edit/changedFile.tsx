import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { noStrokes, withStroke } from '../../canvas/strokes';
import { noMargins } from '../../domain/margins';
import type { DetailView } from '../../protocol/views';
import { Icon } from '../icon';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import type { Canvas } from './canvasState';
import { showing } from './editing';
import { focusCanvas } from './focusCanvas';
import { speak } from './spoken';

type Seen = NonNullable<Canvas['seen']>;

/** The file of the picture that is changed, as it is now. */
const present = signal<{ readonly source: string; readonly file: Seen } | undefined>(undefined);

/** It is another than the one that was worked on, and nobody has said what becomes of that work. */
export const isChanged = computed(() => {
	const { seen } = canvas.value;
	const now = present.value;
	return seen !== undefined && now !== undefined && now.source === editDraft.value.source && !isSame(seen, now.file);
});

function isSame(one: Seen, other: Seen): boolean {
	return one.stamp === other.stamp && one.width === other.width && one.height === other.height;
}

/** Takes note of the file; where nothing was done yet, it is the one that is worked on. One that is gone may come back. */
export function useFile(source: string, picture: DetailView['picture']): void {
	useEffect(() => {
		if (!picture) return;
		const { stamp, width, height } = picture;
		const file = { stamp, width, height };
		present.value = { source, file };
		const now = canvas.peek();
		if (!now.seen || (isUntouched(now) && !isSame(now.seen, file))) canvas.value = { ...now, seen: file };
	}, [source, picture?.stamp, picture?.width, picture?.height]);
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
	const isOther = now.seen.width !== file.width || now.seen.height !== file.height;
	const place = { kind: 'place', from: whole(now.seen), to: whole(file) } as const;
	const isMoved = isOther && now.strokes.done > 0;
	canvas.value = { ...now, seen: file, ...(isMoved && { strokes: withStroke(now.strokes, place) }) };
	settle(l10n.t('The selection is on the changed picture.'));
}

function whole({ width, height }: Seen) {
	return { x: 0, y: 0, width, height };
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
