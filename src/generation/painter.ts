import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Codecs } from '../image/codecs';
import { decodePng } from '../image/decodePng';
import { encode } from '../image/encode';
import { fulfil } from '../providers/sketch/fulfil';
import type { Conversion, PaintOrder } from '../providers/provider';

/**
 * Entry of the painter thread, a bundle of its own: pixel work that would block the extension host.
 * Each message is one order; the answer is the picture's file, as bytes. A fault here ends the thread, which its owner reports.
 */
parentPort?.on('message', (order: PaintOrder | Conversion) => {
	void answer(order);
});

async function answer(order: PaintOrder | Conversion): Promise<void> {
	parentPort?.postMessage('to' in order ? await convert(order) : await encode(fulfil(order), order.format, codecs));
}

async function convert({ file, to }: Conversion): Promise<Uint8Array> {
	if (file.format !== 'png') throw new Error(`Nothing here decodes ${file.format}.`);
	return encode(decodePng(file.bytes), to, codecs);
}

const codecs: Codecs = {
	/** `codecs/` lies beside the bundles. */
	load: async (name) => {
		const file = await readFile(path.join(__dirname, '..', 'codecs', `${name}.wasm`));
		return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
	},
	// Of nine levels the one after which a picture takes longer and hardly gets smaller.
	deflate: (bytes) => deflateSync(bytes, { level: 4 }),
	inflate: (bytes, most) => inflateSync(bytes, { maxOutputLength: Math.max(1, most) }),
};
