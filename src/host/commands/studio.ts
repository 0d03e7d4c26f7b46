import { Uri } from 'vscode';
import type { Draft } from '../../protocol/draft';
import type { ViewRequest } from '../../protocol/views';
import { parseArguments, studioArguments } from '../arguments';
import { showFailure } from '../failureActions';
import { pickImage } from '../imagePicker';
import type { Studio } from '../studio/studio';
import type { StudioPanels } from '../studio/studioPanels';
import { tell } from '../tell';
import type { WishDraft } from '../wish';

interface Parts {
	readonly studio: Studio;
	readonly panels: StudioPanels;
}

/** *Open Studio*. Nothing: as it was left. A URI: the picture of a menu. Anything else: an argument object. */
export async function openStudio(argument: unknown, { studio, panels }: Parts): Promise<void> {
	const parsed = parseArguments(studioArguments, argument instanceof Uri ? { image: argument } : (argument ?? {}));
	if ('error' in parsed) {
		// Nobody waits for a notification to be closed.
		void showFailure(parsed.error);
		return;
	}
	const { view, image } = parsed.value;
	await panels.show();
	if (view ?? image) studio.ask(requestOf(view ?? 'gallery', image, studio));
}

/** *Edit in Limn Studio*, from the menu of a picture or from the palette. */
export async function editInStudio(argument: unknown, parts: Parts): Promise<void> {
	const image = argument instanceof Uri ? argument : await pickImage();
	if (image) await openStudio({ view: 'edit', image }, parts);
}

/** Puts an order on the canvas and says why: it is not made before somebody has looked at it. */
export async function checkOnCanvas(wish: WishDraft, why: string, { studio, panels }: Parts): Promise<void> {
	await panels.show();
	studio.rewrite({ wish, draft: undefined });
	// Nobody waits for a notification to be closed.
	void tell('information', why);
}

function requestOf(view: ViewRequest['view'], image: Uri | undefined, { parts }: Studio): ViewRequest {
	const picture = image && parts.gallery.idOf(image);
	if (picture === undefined) return { view };
	const draft: Draft = { prompt: '', n: 1, options: {}, references: [picture] };
	return view === 'create' ? { view, draft } : { view, picture };
}
