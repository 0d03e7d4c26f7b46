import type { ImageRecord } from '../../domain/imageRecord';
import { mostText, utf8Text } from './bytes';
import { parseRecord } from './imageRecordSchema';
import { propertyOf } from './xml';
import { limnNamespace } from './xmp';

/** The record in a packet of XMP, whoever rewrote it; `undefined`: none. */
export function recordOfXmp(xmp: Uint8Array | string): ImageRecord | undefined {
	if (xmp.length > mostText) return undefined;
	const text = propertyOf(typeof xmp === 'string' ? xmp : utf8Text(xmp), limnNamespace, 'Record');
	return text === undefined ? undefined : parseRecord(text);
}
