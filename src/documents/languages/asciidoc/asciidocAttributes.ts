import type { Span } from '../../span';
import { decodeReferences } from '../text/characterReferences';
import type { PictureLink } from '../language';

const nameOrBlanks = /[ \t]*(?:([\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_-]*)[ \t]*=[ \t]*)?/uy;
const quoteEnds: Readonly<Record<string, RegExp>> = { '"': /(?<!\\)"/g, "'": /(?<!\\)'/g };

interface Value {
	readonly span: Span;
	/** An empty value in quotation marks is one, too. */
	readonly isQuoted: boolean;
}

/**
 * What a list of attributes says in words of a picture. `own`: the list is the picture's own, where the first value without a name is meant;
 * else it stands in a line above.
 */
export function altOf(text: string, { start, end }: Span, own: boolean): PictureLink['alt'] {
	const list = text.slice(start, end);
	let alt: PictureLink['alt'];
	for (let at = 0, index = 0; at < list.length; at++, index++) {
		nameOrBlanks.lastIndex = at;
		const [mark = '', name] = nameOrBlanks.exec(list) ?? [];
		const { span, isQuoted } = valueAt(list, at + mark.length);
		const isMeant = name === 'alt' || (own && name === undefined && index === 0);
		if (isMeant && (name !== undefined || isQuoted || span.end > span.start)) {
			const words = list.slice(span.start, span.end);
			alt = { text: plain(words), span: { start: start + span.start, end: start + span.end } };
		}
		const comma = list.indexOf(',', span.end);
		at = comma < 0 ? list.length : comma;
	}
	return alt;
}

function valueAt(list: string, start: number): Value {
	const closing = quoteEnds[list.charAt(start)];
	if (closing) {
		closing.lastIndex = start + 1;
		const end = closing.exec(list)?.index;
		if (end !== undefined) return { span: { start: start + 1, end }, isQuoted: true };
	}
	const comma = list.indexOf(',', start);
	const bare = list.slice(start, comma < 0 ? list.length : comma).trimEnd();
	return { span: { start, end: start + bare.length }, isQuoted: false };
}

/** A value without its escapes, on one line. */
function plain(value: string): string {
	return decodeReferences(value.replace(/\\(["'\]])/g, '$1').replace(/\s+/g, ' '));
}
