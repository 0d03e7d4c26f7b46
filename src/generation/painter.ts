import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import type { Codecs } from '../image/codecs';
import { decode } from '../image/decode';
import { encode } from '../image/encode';
import { withColoursOf } from '../image/metadata/colours';
import { embed } from '../image/metadata/embed';
import { isSigned } from '../image/metadata/signed';
import { stripped } from '../image/metadata/stripped';
import { fulfil } from '../providers/sketch/fulfil';
import { sketchStyles } from '../providers/sketch/paint';
import type { Conversion, PaintOrder } from '../providers/provider';
import { finish, look, prepare } from './alterPictures';
import { inflate } from './inflate';
import type { Errand, Original, TellOrder } from './painterWork';
import { practice } from './practice';
import { thumbnail } from './thumbnail';

/**
 * Entry of the painter thread, a bundle of its own: pixel work that would block the extension host.
 * Each message is one errand; the answer is what `PainterWork` says. A fault here ends the thread, which its owner reports.
 */
parentPort?.on('message', (errand: Errand) => {
	void reply(errand);
});

async function reply(errand: Errand): Promise<void> {
	const done = await answer(errand);
	parentPort?.postMessage(done, transferable(done));
}

/** The buffers of an answer's file that are nobody else's: they are handed over, not copied. */
function transferable(done: unknown): ArrayBuffer[] {
	const file = typeof done === 'object' && done !== null && 'bytes' in done ? done.bytes : done;
	if (!(file instanceof Uint8Array) || !(file.buffer instanceof ArrayBuffer)) return [];
	return file.byteLength === file.buffer.byteLength ? [file.buffer] : [];
}

/** What both threads see is copied here, where nobody waits for it: not everything reads shared memory. */
function unshared<T extends { readonly original: Original }>(order: T): T {
	return { ...order, original: { ...order.original, bytes: new Uint8Array(order.original.bytes) } };
}

async function answer(errand: Errand): Promise<unknown> {
	switch (errand.craft) {
		case 'paint':
			return paint(errand.order);
		case 'convert':
			return convert(errand.order);
		case 'look':
			return look(errand.order, codecs);
		case 'prepare':
			return prepare(unshared(errand.order), codecs);
		case 'finish':
			return finish(unshared(errand.order), codecs);
		case 'tell':
			return told(errand.order);
		case 'thumbnail':
			return thumbnail(errand.order, codecs);
		case 'strip':
			return stripped(errand.order);
	}
}

async function paint(order: PaintOrder): Promise<Uint8Array> {
	return encode(fulfil(order, codecs), order.format, codecs, { drawn: order.task.operation === 'generate' });
}

/** What was signed by its maker is so no more, and had better not say it. */
function told({ bytes, record }: TellOrder): Uint8Array | undefined {
	const unsigned = isSigned(bytes) ? stripped(bytes) : bytes;
	return unsigned && embed(unsigned, record);
}

async function convert({ file, to }: Conversion): Promise<Uint8Array> {
	const coloured = withColoursOf(file.bytes, await encode(await decode(file.bytes, codecs), to, codecs), codecs);
	if (!coloured) throw new Error(`No ${to} has these colours.`);
	return coloured;
}

/** A picture that nobody gets. */
const stamp: PaintOrder = {
	task: { operation: 'generate' },
	prompt: '',
	size: { width: 32, height: 32 },
	seed: '0',
	format: 'png',
};

const codecs: Codecs = {
	/** `codecs/` lies beside the bundles. */
	load: async (name) => {
		const file = await readFile(path.join(__dirname, '..', 'codecs', `${name}.wasm`));
		return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
	},
	// Of nine levels the one after which a picture takes longer and hardly gets smaller.
	deflate: (bytes) => deflateSync(bytes, { level: 4 }),
	inflate,
};

// Code that has run is compiled: the first picture takes a fifth of its time less.
if (workerData === practice) for (const style of sketchStyles) void paint({ ...stamp, style });
