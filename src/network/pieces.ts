import { setImmediate } from 'node:timers/promises';

/** Bytes after which everybody else has a turn: of what is worst to read they take about 10 ms. */
const turnSize = 2 ** 16;

/** The same bytes in small pieces, and often a turn of the event loop: much at once would hold up the editor. */
export async function* inPieces(
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	pieceSize = turnSize,
): AsyncGenerator<Uint8Array, void> {
	let sinceTurn = 0;
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length; at += pieceSize) {
			const piece = chunk.subarray(at, at + pieceSize);
			yield piece;
			sinceTurn += piece.length;
			if (sinceTurn < turnSize) continue;
			sinceTurn = 0;
			litter(piece);
			await setImmediate();
		}
	}
}

/**
 * What comes from a socket lies outside of the heap, and the garbage collector comes as the heap fills. Where little goes there, as of a
 * picture that goes on into a file, 40 MB would lie around; with this about 20 MB. It takes a sixth of a millisecond a megabyte. With
 * more of it the heap itself grows.
 */
function litter(piece: Uint8Array): void {
	const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
	for (let copy = 0; copy < 2; copy++) bytes.toString('latin1');
}

/** What comes of steps; after each of them everybody else has a turn. */
export async function inTurns<T>(steps: Generator<undefined, T>): Promise<T> {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		await setImmediate();
	}
}
