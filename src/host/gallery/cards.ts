import { env, Uri } from 'vscode';
import type { GalleryItem } from '../../gallery/item';
import type { CardView } from '../../protocol/views';
import { stateOf } from './pictureFile';
import type { Shown } from './shown';
import type { Pictured, Thumbnails } from './thumbnails';

/** Characters of a prompt on a card. */
const shownPrompt = 300;

/** The picture in the grid, as its file is now. */
export async function cardOf(item: GalleryItem, shown: Shown, thumbnails: Thumbnails): Promise<CardView> {
	const { id, uri, name, prompt, model, operation, isFavourite } = item;
	const picture = picturedOf(item);
	const state = await stateOf(picture.file);
	const thumbnail = state && (await thumbnails.ready(picture, state));
	return {
		id,
		name,
		prompt: beginningOf(prompt),
		...(model !== undefined && { model }),
		...(operation && { operation }),
		date: inWords(item.saved || (state?.changed ?? 0)),
		isFavourite,
		isMissing: !state,
		file: uri,
		...(thumbnail && { thumbnail: shown.address(thumbnail) }),
	};
}

export function picturedOf({ uri, picture }: GalleryItem): Pictured {
	return { file: Uri.parse(uri), ...(picture !== undefined && { made: picture }) };
}

/** Never ends within a character. */
function beginningOf(prompt: string): string {
	return prompt.slice(0, shownPrompt).replace(/[\ud800-\udbff]$/, '');
}

let format: Intl.DateTimeFormat | undefined;

function inWords(instant: number): string {
	return instant === 0 ? '' : (format ??= formatOf(env.language)).format(instant);
}

function formatOf(language: string): Intl.DateTimeFormat {
	const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
	const [known] = Intl.DateTimeFormat.supportedLocalesOf(/^[a-z]{2,3}(-\w+)?$/i.test(language) ? [language] : []);
	return new Intl.DateTimeFormat(known, style);
}
