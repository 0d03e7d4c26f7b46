import { latin1Text, startsWith } from './bytes';
import { app, readJpeg } from './jpegSegments';
import { readPng } from './pngChunks';
import { readWebp } from './webpChunks';

/** Whether a file carries Content Credentials (C2PA): any change would break their signature. A broken file carries none. */
export function isSigned(bytes: Uint8Array): boolean {
	return (
		readPng(bytes)?.chunks.some(({ type }) => type === 'caBX') ??
		readJpeg(bytes)?.segments.some(({ marker, data }) => marker === app(11) && isManifest(data)) ??
		readWebp(bytes)?.chunks.some(({ type }) => type === 'C2PA') ??
		false
	);
}

/** A box of JUMBF (`JP`, ISO 19566-5) that is named `c2pa`: its name stands in the description that begins it. */
function isManifest(data: Uint8Array): boolean {
	return startsWith(data, 'JP') && startsWith(data, 'jumb', 12) && latin1Text(data.subarray(16, 96)).includes('c2pa');
}
