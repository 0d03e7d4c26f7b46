import type { RequestableFormat } from '../domain/imageFormat';
import { PictureFile, type ReceivedImage, wholeOf } from '../domain/picture';
import { inspect } from '../image/inspect';
import { isSigned } from '../image/metadata/signed';
import { headerOf } from '../image/sniff';
import type { PainterThread } from './painterThread';

/**
 * A picture in the format that was asked for, where the provider has no say in it and sends PNGs. Anything else stays as it came,
 * and so do a picture that its maker signed, an animation, and what cannot be converted: it is paid.
 */
export async function inFormat(
	image: ReceivedImage,
	format: RequestableFormat,
	painter: Pick<PainterThread, 'ask'>,
	insists = false,
): Promise<ReceivedImage> {
	// What is as it was asked for need not be read.
	if (image.bytes instanceof PictureFile && (await headerOf(image.bytes))?.format === format) return image;
	const bytes = await wholeOf(image.bytes);
	const from = formatOf(bytes);
	if (from === undefined || from === format || (from !== 'png' && !insists)) return image;
	const never = new AbortController().signal; // Whatever becomes of its job, this picture is kept.
	return painter.ask({ craft: 'convert', order: { file: { bytes, format: from }, to: format } }, never).then(
		(converted) => ({ ...image, bytes: converted }),
		() => image,
	);
}

function formatOf(bytes: Uint8Array): RequestableFormat | undefined {
	const header = inspect(bytes);
	return header?.frames === 'one' && !isSigned(bytes) ? header.format : undefined;
}
