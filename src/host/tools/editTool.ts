import { type ImageError, isImageError } from '../../domain/imageError';
import { destinationFor } from '../../workspace/destination';
import { editToolArguments, parseToolArguments } from '../../agents/toolArguments';
import { besidePicture } from '../besidePicture';
import type { ToolWish } from './imageTool';
import { noFolder, pictureInside } from './insideWorkspace';

/** What a call of `limn_edit_image` asks for. */
export async function readEdit(input: unknown): Promise<ToolWish | ImageError> {
	const parsed = parseToolArguments(editToolArguments, input);
	if ('error' in parsed) return parsed.error;
	const { image: name, mask, ...asked } = parsed.value;
	const image = await pictureInside(name);
	if (isImageError(image)) return image;
	const { document, folder } = besidePicture(image);
	const destination = destinationFor(document);
	const change = { operation: 'edit', image, mask } as const;
	return destination ? { wish: { ...asked, options: {}, change, destination, document, folder } } : noFolder;
}
