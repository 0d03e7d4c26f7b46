import { signal } from '@preact/signals';
import type { PictureAction } from '../../protocol/hostMethods';
import { reasonOf } from '../asking';
import { host } from '../connection';
import { picture } from '../kept';
import { l10n } from '../words';
import { markFavourites } from './cards';
import { close } from './choosing';

/** What became of the last action. */
export interface Said {
	readonly text: string;
	readonly isProblem: boolean;
}

export const said = signal<Said | undefined>(undefined);

/** Of pictures that something is done with at once. */
const most = 10_000;

/** The host may be asking the person about it. */
let isBusy = false;

/** Does it, one at a time: a key that is held down asks once. */
export async function perform(action: PictureAction, ids: readonly string[]): Promise<void> {
	if (isBusy) return;
	isBusy = true;
	await attempt(ids, async () => {
		const { said: text, isProblem, areGone } = await host.call('perform', { action, ids: [...ids] });
		said.value = text === undefined ? undefined : { text, isProblem };
		// Back to the others.
		if (areGone && ids.includes(picture.peek() ?? '')) close();
	});
	isBusy = false;
}

export async function favour(ids: readonly string[], on: boolean): Promise<void> {
	await attempt(ids, async () => {
		const takeBack = markFavourites(ids, on);
		try {
			await host.call('favour', { ids: [...ids], on });
			said.value = undefined;
		} catch (fault) {
			takeBack();
			throw fault;
		}
	});
}

/** Puts the picture on the clipboard, as PNG: browsers take no other kind. */
export async function copyPicture(id: string): Promise<void> {
	await attempt([id], async () => {
		const png = host.call('read', { id }).then(asPng);
		await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
		said.value = { text: l10n.t('The picture is on the clipboard.'), isProblem: false };
	});
}

async function asPng(bytes: Uint8Array): Promise<Blob> {
	const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
	try {
		const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
		canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
		return await canvas.convertToBlob({ type: 'image/png' });
	} finally {
		bitmap.close();
	}
}

/** Says what went wrong. */
async function attempt(ids: readonly string[], act: () => Promise<void>): Promise<void> {
	if (ids.length === 0) return;
	if (ids.length > most) {
		said.value = { text: l10n.t('That is too much at once: select at most {0} pictures.', most), isProblem: true };
		return;
	}
	try {
		await act();
	} catch (fault) {
		said.value = { text: reasonOf(fault), isProblem: true };
	}
}
