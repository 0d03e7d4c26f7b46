import type { Size } from '../domain/size';
import { overlap } from '../image/overlap';
import { boxOfLine, squaredRadiusOf } from './boxes';
import { endAt, firstFrom, joined, type OnSpan } from './spans';
import type { Trace } from './strokes';

/** A piece of a line, seen from its beginning: what is no farther from it than the radius has the form of a capsule. */
interface Piece {
	readonly x: number;
	readonly y: number;
	/** To its end. */
	readonly dx: number;
	readonly dy: number;
	readonly lengthSquared: number;
	readonly radius: number;
	readonly radiusSquared: number;
}

/**
 * The pixels of a picture whose middle is no farther from a line than its radius. Exact for places in halves, quarters, eighths, … of a
 * pixel: where a middle is just as far away as the radius, neither root nor quotient is rounded.
 */
export function eachSpanOfLine(points: Trace, size: number, picture: Size, onSpan: OnSpan): void {
	const spans = joined(overlap(boxOfLine(points, size), { x: 0, y: 0, ...picture }), onSpan);
	for (let at = 0; at === 0 || at + 3 < points.length; at += 2) {
		eachSpanOfPiece(pieceAt(points, at, size), picture.height, spans.add);
	}
	spans.finish();
}

/** The piece that begins with the number at an index; a point, where it is the last one. */
function pieceAt(points: Trace, at: number, size: number): Piece {
	const [x = 0, y = 0, endX = x, endY = y] = points.slice(at, at + 4);
	const [dx, dy] = [endX - x, endY - y];
	const radiusSquared = squaredRadiusOf(size);
	return { x, y, dx, dy, lengthSquared: dx * dx + dy * dy, radius: Math.sqrt(radiusSquared), radiusSquared };
}

/** A capsule has one span in a row. */
function eachSpanOfPiece(piece: Piece, height: number, onSpan: OnSpan): void {
	const end = Math.min(height, endAt(piece.y + Math.max(0, piece.dy) + piece.radius));
	for (let row = Math.max(0, firstFrom(piece.y + Math.min(0, piece.dy) - piece.radius)); row < end; row++) {
		const v = row + 0.5 - piece.y;
		const left = leftOf(piece, v);
		const right = rightOf(piece, v);
		if (left > right) continue;
		onSpan(row, firstFrom(piece.x + left), endAt(piece.x + right));
	}
}

/** Where the capsule begins in a row that is `v` below its beginning. `Infinity`: it is not in that row. */
function leftOf(piece: Piece, v: number): number {
	return Math.min(-halfChord(piece, v), piece.dx - halfChord(piece, v - piece.dy), stripOf(piece, v)[0]);
}

/** Where it ends. `-Infinity`: it is not in that row. */
function rightOf(piece: Piece, v: number): number {
	return Math.max(halfChord(piece, v), piece.dx + halfChord(piece, v - piece.dy), stripOf(piece, v)[1]);
}

/** Of a circle, so far from its middle. `-Infinity`: outside. */
function halfChord({ radiusSquared }: Piece, v: number): number {
	return v * v <= radiusSquared ? Math.sqrt(radiusSquared - v * v) : -Infinity;
}

const nowhere: readonly [number, number] = [Infinity, -Infinity];

/** What of a row is beside the piece itself, not round its ends, and near enough. */
function stripOf({ dx, dy, lengthSquared, radiusSquared }: Piece, v: number): readonly [number, number] {
	if (lengthSquared === 0) return nowhere;
	const reach = Math.sqrt(radiusSquared * lengthSquared);
	const along = quotients(-v * dy, lengthSquared - v * dy, dx);
	const across = quotients(v * dx - reach, v * dx + reach, dy);
	const [left, right] = [Math.max(along[0], across[0]), Math.min(along[1], across[1])];
	return left <= right ? [left, right] : nowhere;
}

/** The numbers that, times a factor, are from `low` to `high`. */
function quotients(low: number, high: number, factor: number): readonly [number, number] {
	if (factor === 0) return low <= 0 && high >= 0 ? [-Infinity, Infinity] : nowhere;
	return factor > 0 ? [low / factor, high / factor] : [high / factor, low / factor];
}
