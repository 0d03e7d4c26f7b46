import type { ImageRecord } from '../../domain/imageRecord';
import { type Extended, type PictureFile, pieceOf, type ReadInto } from '../../domain/picture';
import { sniff } from '../sniff';
import { joined, latin1Text, viewOf } from './bytes';
import { recordChunks } from './embed';
import { parametersKeyword } from './parameters';
import { isXmpChunk } from './places';
import { pngChunk, type PngChunk, signature } from './pngChunks';
import { keywordOf } from './pngText';

/** What a PNG is, as far as its chunks say it: `signed` by its maker, `told` where somebody says already where it comes from. */
export type PngLook = 'plain' | 'signed' | 'told';

const end = pngChunk('IEND', new Uint8Array());

/** Bytes of a text that are enough to know its keyword. */
const keywordSize = 80;

/** Chunks that are looked at: they take some milliseconds, and a picture of 3 MB has at most 400. */
const mostChunks = 4096;

/** Goes from chunk to chunk without reading what is in them. `undefined`: this is no PNG, a broken one, or something follows its end. */
export function lookAtPng({ length, reader }: PictureFile): PngLook | undefined {
	return reader.look((readInto) => lookAtChunks(length, pieces(readInto)));
}

type Piece = (from: number, to: number) => Uint8Array;

function pieces(readInto: ReadInto): Piece {
	return (from, to) => {
		const bytes = new Uint8Array(to - from);
		readInto(bytes, from);
		return bytes;
	};
}

function lookAtChunks(length: number, piece: Piece): PngLook | undefined {
	if (length < signature.length || latin1Text(piece(0, signature.length)) !== signature) return undefined;
	let found: PngLook = 'plain';
	let at = signature.length;
	for (let count = 0; count < mostChunks && at + 12 <= length; count++) {
		const chunk = chunkAt(at, length, piece);
		if (!chunk || (count === 0 && chunk.type !== 'IHDR')) return undefined;
		if (chunk.type === 'caBX') found = 'signed';
		else if (found === 'plain' && isOfRecord(chunk)) found = 'told';
		at += chunk.length;
		if (chunk.type === 'IEND') return at === length && chunk.length === end.raw.length ? found : undefined;
	}
	return undefined;
}

/**
 * The same PNG with the record in it, as {@link embed} writes it, but behind its pixels: they stay where they are. Only of one that is
 * {@link PngLook `plain`}. `undefined`: its header says no size.
 */
export function toldAtEnd(picture: PictureFile, record: ImageRecord): Extended | undefined {
	const size = sniff(pieceOf(picture, 0, 64));
	if (!size) return undefined;
	const rest = joined([...recordChunks(record, size), end].map(({ raw }) => raw));
	return { picture, upTo: picture.length - end.raw.length, rest };
}

type Chunk = Pick<PngChunk, 'type' | 'data'> & { readonly length: number };

/** `length`: of all of it in the file. Of what is in it, only as much as says what it is about. */
function chunkAt(at: number, end: number, piece: Piece): Chunk | undefined {
	const head = piece(at, at + 8);
	const length = 12 + viewOf(head).getUint32(0);
	const type = latin1Text(head.subarray(4));
	if (at + length > end || !/^[A-Za-z]{4}$/.test(type)) return undefined;
	const isText = /^(?:tEXt|zTXt|iTXt)$/.test(type);
	const data = isText ? piece(at + 8, at + 8 + Math.min(length - 12, keywordSize)) : new Uint8Array();
	return { type, data, length };
}

function isOfRecord(chunk: Chunk): boolean {
	return isXmpChunk(chunk) || keywordOf(chunk) === parametersKeyword;
}
