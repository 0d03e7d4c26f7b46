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
			await setImmediate();
		}
	}
}
