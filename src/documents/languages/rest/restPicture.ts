import type { PictureLink } from '../language';
import { trimmed } from '../text/lines';
import { lengthOfField } from './restLine';
import type { RestLines } from './restLines';

/** A directive as far as its head goes. */
interface Head {
	/** Where the directive begins. */
	readonly start: number;
	/** Behind the `::`. */
	readonly from: number;
	readonly row: number;
	/** The row behind the head. */
	readonly end: number;
}

/** The picture of an `image` or `figure`: a target, which may have several lines, and options; `undefined`: there is no target. */
export function pictureOf(lines: RestLines, { start, from, row, end }: Head): PictureLink | undefined {
	const { text } = lines;
	const options = firstOption(lines, from, row, end);
	const targetEnd = options === row ? from : lines.span(options - 1).end;
	const target = trimmed(text, { start: from, end: Math.max(from, targetEnd) });
	if (target.start === target.end) return undefined;
	const alt = altOf(lines, options, end);
	return {
		span: { start, end: lines.span(end - 1).end },
		target,
		href: unescapeTarget(text.slice(target.start, target.end)),
		kind: 'url',
		...(alt && { alt }),
		lacksAlt: !alt,
	};
}

/** The first row that begins with an option; `end`: none does. */
function firstOption(lines: RestLines, from: number, row: number, end: number): number {
	const { start, end: lineEnd } = lines.span(row);
	const rest = trimmed(lines.text, { start: from, end: lineEnd });
	if (lengthOfField(lines.word(row), rest.start - start) > 0) return row;
	let next = row + 1;
	while (next < end && optionAt(lines, next) === undefined) next++;
	return next;
}

/** The name of the option that a line begins with, and what is behind it. */
function optionAt(lines: RestLines, row: number): { readonly name: string; readonly from: number } | undefined {
	const word = lines.word(row);
	const at = word.length - word.trimStart().length;
	const length = lengthOfField(word, at);
	if (length === 0) return undefined;
	const name = word
		.slice(at + 1, at + length)
		.trimEnd()
		.slice(0, -1);
	return { name: name.toLowerCase(), from: lines.span(row).start + at + length };
}

/** What `:alt:` says, on its line and on those that are indented more. */
function altOf(lines: RestLines, first: number, end: number): PictureLink['alt'] {
	for (let row = first; row < end; row++) {
		const option = optionAt(lines, row);
		if (option?.name !== 'alt') continue;
		let last = row;
		while (last + 1 < end && lines.indent(last + 1) > lines.indent(row)) last++;
		const span = trimmed(lines.text, { start: option.from, end: lines.span(last).end });
		return { text: lines.text.slice(span.start, span.end).replace(/\s+/g, ' '), span };
	}
	return undefined;
}

/** White space is no part of a target but where a backslash says so. */
function unescapeTarget(target: string): string {
	return target.replace(/\\(?:\s|(\S))?|\s+/g, (whole, sign: string | undefined) => {
		if (sign !== undefined) return sign;
		return whole.startsWith('\\') && whole.length > 1 ? ' ' : '';
	});
}
