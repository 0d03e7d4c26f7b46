import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon';
import { l10n } from '../words';
import { areKeysShown, canvasKeys } from './keys';

type Row = readonly [keys: string, does: string];

const rows = (paints: boolean): Row[] =>
	canvasKeys.filter((key) => (key.paints ?? false) === paints).map(({ shown, does }) => [shown, does]);

/** What is done with other hands than the keyboard. */
const pointing: readonly Row[] = [
	[l10n.t('Drag'), l10n.t('Paint; with Shift, or the end of a pen that erases: erase')],
	[l10n.t('Wheel'), l10n.t('Zoom; with Shift: move to the side')],
	[l10n.t('Middle button'), l10n.t('Drag to move what is seen')],
	[l10n.t('Two fingers'), l10n.t('Zoom and move')],
];

/** Of the strip. */
const results: readonly Row[] = [
	['← →', l10n.t('The result before, and the next')],
	['A', l10n.t('Accept')],
	['Delete', l10n.t('Discard')],
	['R', l10n.t('Retry')],
	['C', l10n.t('Held: compare with the picture as it was')],
];

/** Of the frame of an expansion. */
const frame: readonly Row[] = [
	['← → ↑ ↓', l10n.t('Move the edge, the corner or the frame that has the focus; with Shift by one pixel')],
	['Esc', l10n.t('Take back what is being dragged')],
	['Ctrl, Alt', l10n.t('Held while dragging: do not snap')],
];

/** All keys of the edit view. */
export function KeyList() {
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	const close = () => dialog.current?.close();
	return (
		<dialog ref={dialog} class="keyList" aria-label={l10n.t('Keys')} onClose={() => (areKeysShown.value = false)}>
			<header>
				<h2>{l10n.t('Keys')}</h2>
				<button type="button" class="button icon" title={l10n.t('Close')} aria-label={l10n.t('Close')} onClick={close}>
					<Icon name="close" />
				</button>
			</header>
			<Group title={l10n.t('On the canvas: the mask')} rows={rows(true)} />
			<Group title={l10n.t('On the canvas: what is seen')} rows={rows(false)} />
			<Group title={l10n.t('Mouse, pen and fingers')} rows={pointing} />
			<Group title={l10n.t('On the frame')} rows={frame} />
			<Group title={l10n.t('Among the results')} rows={results} />
		</dialog>
	);
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
	return (
		<section>
			<h3>{title}</h3>
			<dl>
				{rows.map(([keys, does]) => (
					<div key={`${keys} ${does}`}>
						<dt>
							<kbd>{keys}</kbd>
						</dt>
						<dd>{does}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
