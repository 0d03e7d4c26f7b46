import { maxPictures } from '../../domain/imageRequest';
import { distinct, type Found, pictureAt } from '../found';

/** Lists and objects within one another; a model's output has one or two. */
const deepest = 5;

/**
 * The pictures of an output, each once: an address, a data URI or bytes, a list of them, objects that have them as `url` or under names
 * of their own (OpenAI-compatible reference, *Replicate*). Whatever else is there is passed over, and so are more than anybody asks for.
 */
export function picturesIn(output: unknown): Found[] {
	return distinct(collect(output, 0)).slice(0, maxPictures);
}

function collect(output: unknown, depth: number): Found[] {
	const found = pictureAt(output);
	if (found) return [found];
	if (typeof output !== 'object' || output === null || depth > deepest) return [];
	if ('url' in output) {
		const named = pictureAt(output.url);
		if (named) return [named];
	}
	return Object.values(output).flatMap((item: unknown) => collect(item, depth + 1));
}
