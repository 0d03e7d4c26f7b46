import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { encode, type LoadCodec } from '../image/encode';
import { fulfil } from '../providers/sketch/fulfil';
import type { PaintOrder } from '../providers/provider';

/**
 * Entry of the painter thread, a bundle of its own: pixel work that would block the extension host.
 * Each message is one order; the answer is the picture's file, as bytes. A fault here ends the thread, which its owner reports.
 */
parentPort?.on('message', (order: PaintOrder) => {
	void answer(order);
});

async function answer(order: PaintOrder): Promise<void> {
	const bytes = await encode(fulfil(order), order.format, loadCodec);
	parentPort?.postMessage(bytes);
}

/** `codecs/` lies beside the bundles. */
const loadCodec: LoadCodec = async (name) => {
	const file = await readFile(path.join(__dirname, '..', 'codecs', `${name}.wasm`));
	return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
};
