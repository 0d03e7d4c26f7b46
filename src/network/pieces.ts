import { setImmediate } from 'node:timers/promises';

/** Bytes after which everybody else has a turn: of what is worst to read they take about 10 ms. */
const turnSize = 2 ** 16;

/** The same bytes in small pieces, and often a turn of the event loop: much at once would hold up the editor. */
export async function* inPieces(
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	pieceSize = turnSize,
): AsyncGenerator<Uint8Array, void> {
	let sinceTurn = 0;
	let all = 0;
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length; at += pieceSize) {
			const piece = chunk.subarray(at, at + pieceSize);
			yield piece;
			sinceTurn += piece.length;
			all += piece.length;
			if (sinceTurn < turnSize) continue;
			sinceTurn = 0;
			if (all > lazySize) litter(piece);
			await setImmediate();
		}
	}
}

/** Bytes whose memory nobody needs back at once. */
const lazySize = 2 ** 22;

/**
 * What comes from a socket lies outside of the heap, and the garbage collector comes as the heap fills. Where nothing goes there, as in a
 * picture that is only passed on, 60 MB would lie around; with this about 30 MB.
 */
function litter(piece: Uint8Array): void {
	Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
}
