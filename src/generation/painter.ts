import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { decodePng } from '../image/decode';
import { encode, type LoadCodec } from '../image/encode';
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
	parentPort?.postMessage('to' in order ? await convert(order) : await encode(fulfil(order), order.format, loadCodec));
}

async function convert({ file, to }: Conversion): Promise<Uint8Array> {
	if (file.format !== 'png') throw new Error(`Nothing here decodes ${file.format}.`);
	return encode(decodePng(file.bytes), to, loadCodec);
}

/** `codecs/` lies beside the bundles. */
const loadCodec: LoadCodec = async (name) => {
	const file = await readFile(path.join(__dirname, '..', 'codecs', `${name}.wasm`));
	return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
};
