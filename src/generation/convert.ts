import type { RequestableFormat } from '../domain/imageFormat';
import type { ReceivedImage } from '../domain/picture';
import { sniff } from '../image/sniff';
import type { PainterThread } from './painterThread';

/**
 * A picture in the format that was asked for, where the provider has no say in it and sends PNGs. Anything else stays as it came,
 * and so does a picture that cannot be converted: it is paid.
 */
export async function inFormat(
	image: ReceivedImage,
	format: RequestableFormat,
	painter: Pick<PainterThread, 'paint'>,
): Promise<ReceivedImage> {
	const { bytes } = image;
	if (format === 'png' || sniff(bytes)?.format !== 'png') return image;
	const never = new AbortController().signal; // Whatever becomes of its job, this picture is kept.
	return painter.paint({ file: { bytes, format: 'png' }, to: format }, never).then(
		(converted) => ({ ...image, bytes: converted }),
		() => image,
	);
}
