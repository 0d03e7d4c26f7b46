import type { Span } from '../../span';
import type { Comment } from '../language';
import { trimmed } from './lines';

/** What makes a comment the beginning of another, though it stands right below one. */
const recipe = 'limn:';

/** Comments that reach to the end of their lines, each with its mark: those on neighbouring lines are one. */
export function joinLineComments(text: string, found: readonly Span[], mark: RegExp): Comment[] {
	const comments: { span: Span; lines: Span[] }[] = [];
	let last: Span | undefined;
	for (const span of found) {
		const words = wordsOf(text, span, mark);
		const open = comments.at(-1);
		if (open && last && continues(text, last, span) && !text.startsWith(recipe, words.start)) {
			open.span = { start: open.span.start, end: words.end };
			open.lines.push(words);
		} else comments.push({ span: { start: span.start, end: words.end }, lines: [words] });
		last = span;
	}
	return comments;
}

function wordsOf(text: string, { start, end }: Span, mark: RegExp): Span {
	const line = text.slice(start, end);
	return trimmed(text, { start: start + (mark.exec(line)?.[0].length ?? 0), end });
}

/** Whether a comment is all that stands on the line below another. */
function continues(text: string, last: Span, next: Span): boolean {
	return /^(?:\r\n|[\n\r])[^\S\n\r]*$/.test(text.slice(last.end, next.start));
}
