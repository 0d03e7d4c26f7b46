import { type Message, say } from '../domain/message';
import type { Size } from '../domain/size';
import type { Codecs } from '../image/codecs';
import { decode, UndecodableError } from '../image/decode';
import { encode } from '../image/encode';
import { scaled } from '../image/resample';
import type { Thumbnail, ThumbnailOrder } from './painterWork';

/** A small picture to look at: turned as it is displayed, the first frame of an animation, never larger than it was. */
export async function thumbnail(
	{ bytes, longest }: ThumbnailOrder,
	codecs: Codecs,
): Promise<Thumbnail | { problem: Message }> {
	try {
		const pixels = await decode(new Uint8Array(bytes), codecs);
		const size = within(pixels, longest);
		return { bytes: await encode(scaled(pixels, size), 'webp', codecs), ...size };
	} catch (error) {
		if (error instanceof UndecodableError) return { problem: problems[error.reason] };
		throw error;
	}
}

const problems: Readonly<Record<UndecodableError['reason'], Message>> = {
	broken: say('The file is damaged, or no picture.'),
	'too-large': say('The picture has more than 64 megapixels.'),
	cmyk: say('The picture is made for print (CMYK).'),
};

/** A size of the same ratio, no side of which is longer. */
function within({ width, height }: Size, longest: number): Size {
	const scale = Math.min(1, longest / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
