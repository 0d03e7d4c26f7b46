import assert from 'node:assert/strict';
import type { DocumentLanguage, PictureLink, ReadDocument } from '../../../../src/documents/languages/language';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import type { Span } from '../../../../src/documents/span';

/** What a reader found, in the words of the text. */
export interface ReadWords {
	/** Each comment as it stands there, then its words line by line. */
	readonly comments: readonly (readonly string[])[];
	readonly pictures: readonly PictureWords[];
}

export interface PictureWords {
	readonly span: string;
	readonly target: string;
	readonly href: string;
	/** Absent: the reference says nothing. */
	readonly alt?: string;
	/** Only where it is missed. */
	readonly lacksAlt?: true;
}

/** Reads a text and asserts what goes for every reader: all spans are in the text and in order, and nothing has white space around it. */
export function readWords(read: ReadDocument, text: string): ReadWords {
	const { comments, pictures } = read(text);
	const slice = ({ start, end }: Span) => text.slice(start, end);
	assertOrdered(
		comments.map(({ span }) => span),
		text,
	);
	assertOrdered(
		pictures.map(({ span }) => span),
		text,
	);
	for (const { span, lines } of comments) {
		assertOrdered(lines, text);
		for (const line of lines) {
			assert.ok(line.start >= span.start && line.end <= span.end, slice(span));
			assert.equal(slice(line), slice(line).trim());
			assert.doesNotMatch(slice(line), /[\n\r]/);
		}
	}
	for (const { span, target } of pictures) assert.ok(target.start >= span.start && target.end <= span.end, slice(span));
	return {
		comments: comments.map(({ span, lines }) => [slice(span)].concat(lines.map(slice))),
		pictures: pictures.map((picture) => wordsOf(picture, slice)),
	};
}

function wordsOf({ span, target, href, alt, lacksAlt }: PictureLink, slice: (span: Span) => string): PictureWords {
	return {
		span: slice(span),
		target: slice(target),
		href,
		...(alt && { alt: alt.text }),
		...(lacksAlt && { lacksAlt }),
	};
}

function assertOrdered(spans: readonly Span[], text: string): void {
	let behind = 0;
	for (const { start, end } of spans) {
		assert.ok(start >= behind && end >= start && end <= text.length, `${start}–${end} behind ${behind}`);
		behind = end;
	}
}

/** Asserts that a reader gives a written reference back, wherever it stands; `around`: what is before and behind it. */
export function assertReadsBack(
	language: DocumentLanguage,
	picture: { readonly path: string; readonly alt: string },
	[before, after]: readonly [string, string],
	hrefOf: (path: string) => string = (path) => path,
	inLine = false,
): void {
	const reference = writeReference(language, { ...picture, width: 1024, height: 768 }, inLine);
	const text = before + reference + after;
	const pictures = language.read?.(text).pictures ?? [];
	assert.deepEqual(
		pictures.map(({ span, href, alt }) => [text.slice(span.start, span.end), href, alt?.text]),
		[[reference, hrefOf(picture.path), picture.alt]],
		text,
	);
}

/** Asserts that time grows no faster than the text: a megabyte of any of these pieces, alone and in turn, takes no time to speak of. */
export function assertLinear(read: ReadDocument, pieces: readonly string[]): void {
	const texts = [...pieces.map((piece) => [piece]), pieces, pieces.toReversed()];
	for (const parts of texts) {
		const piece = parts.join('');
		const text = piece.repeat(Math.ceil(400_000 / piece.length));
		const start = performance.now();
		readWords(read, text);
		const seconds = (performance.now() - start) / 1000;
		assert.ok(seconds < 4, `${JSON.stringify(piece.slice(0, 80))} took ${seconds.toFixed(1)} s`);
	}
}
