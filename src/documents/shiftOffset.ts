/** One replacement in a text, in the coordinates of the text before it: `length` characters at `offset` become `textLength`. */
export interface TextChange {
	readonly offset: number;
	readonly length: number;
	readonly textLength: number;
}

/**
 * Where a place in a text is after a change. What is inserted exactly there comes before it, so that typing on at the place
 * leaves it behind the typed words; a place inside replaced text moves to the end of the new text.
 */
export function shiftOffset(offset: number, change: TextChange): number {
	const end = change.offset + change.length;
	if (offset >= end) return offset + change.textLength - change.length;
	if (offset <= change.offset) return offset;
	return change.offset + change.textLength;
}
