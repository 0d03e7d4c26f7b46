/** Where a reference goes when it belongs to lines of text rather than to the cursor, and what stands around it. */
export interface Placement {
	/** Zero-based; the reference is inserted at the end of this line. */
	readonly line: number;
	/** Put before and after the reference. */
	readonly before: string;
	readonly after: string;
}

/**
 * Below the text that ends in `line`, never into the middle of it. In a block language (Markdown) that is below the whole
 * paragraph, outside of a code fence, with blank lines around; elsewhere below the line, with its indentation.
 */
export function placeBelow(lines: readonly string[], line: number, block: boolean, eol: string): Placement {
	let last = line;
	while (last > 0 && isBlank(lines[last])) last--;
	if (!block) return { line: last, before: eol + indentation(lines[last]), after: '' };
	const end = endOfBlock(lines, last);
	return { line: end, before: eol + eol, after: isBlank(lines[end + 1]) ? '' : eol };
}

function endOfBlock(lines: readonly string[], line: number): number {
	const matterEnd = endOfFrontMatter(lines);
	if (line <= matterEnd) return matterEnd;
	const fenceEnd = endOfFence(lines, line);
	if (fenceEnd !== undefined) return fenceEnd;
	let end = line;
	if (isHeading(lines[end])) return end;
	while (!isBlank(lines[end]) && !endsParagraph(lines[end + 1])) end++;
	return end;
}

function endsParagraph(next: string | undefined): boolean {
	return isBlank(next) || isHeading(next) || openedFence(next) !== undefined;
}

/** The last line of the data that a document may begin with, between two lines `---`; -1 where it has none. */
function endOfFrontMatter(lines: readonly string[]): number {
	return lines[0]?.trimEnd() === '---' ? lines.findIndex((text, index) => index > 0 && text.trimEnd() === '---') : -1;
}

/** The line that closes the code fence around `line`, if there is one; an open fence lasts to the end. */
function endOfFence(lines: readonly string[], line: number): number | undefined {
	let fence: string | undefined;
	for (const [index, text] of lines.entries()) {
		if (fence === undefined) {
			if (index > line) return undefined;
			fence = openedFence(text);
		} else if (closesFence(text, fence)) {
			if (index >= line) return index;
			fence = undefined;
		}
	}
	return fence === undefined ? undefined : lines.length - 1;
}

/** The marks of a fence that begins here, also in the item of a list. Marks around code in a line are no fence. */
function openedFence(text: string | undefined): string | undefined {
	return /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}(?!.*`)|~{3,})/.exec(text ?? '')?.[1];
}

/** A fence ends with marks of its own kind, at least as many: shorter ones are part of the code. */
function closesFence(text: string, fence: string): boolean {
	return /^\s*(`{3,}|~{3,})\s*$/.exec(text)?.[1]?.startsWith(fence) ?? false;
}

function isHeading(text: string | undefined): boolean {
	return /^ {0,3}#{1,6}(\s|$)/.test(text ?? '');
}

function isBlank(text: string | undefined): boolean {
	return (text ?? '').trim() === '';
}

function indentation(text: string | undefined): string {
	return /^[\t ]*/.exec(text ?? '')?.[0] ?? '';
}
