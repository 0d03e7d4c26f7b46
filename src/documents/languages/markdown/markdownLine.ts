const tab = 9;
const space = 32;
const tabStop = 4;

/** One line of a Markdown document while its marks are taken off one by one. Indentation is counted in columns: a tab reaches to the next multiple of four. */
export class MarkdownLine {
	/** What is not taken off yet begins here. In the middle of a tab that is the tab itself. */
	at = 0;
	/** Behind the last character, without the line's end. */
	end = 0;
	/** The first character that is no blank, from `at`. */
	next = 0;
	/** Columns between `at` and `next`. */
	indent = 0;
	private column = 0;

	constructor(readonly text: string) {}

	begin(start: number, end: number): void {
		this.at = start;
		this.end = end;
		this.column = 0;
		this.look();
	}

	get blank(): boolean {
		return this.next >= this.end;
	}

	/** The character at `next`; -1 where the line is blank. */
	get code(): number {
		return this.next < this.end ? this.text.charCodeAt(this.next) : -1;
	}

	/** Takes blanks off, at most so many columns. */
	skipColumns(count: number): void {
		let left = count;
		while (left > 0 && this.at < this.next) {
			const width = this.text.charCodeAt(this.at) === tab ? tabStop - (this.column % tabStop) : 1;
			this.column += Math.min(width, left);
			if (width <= left) this.at++;
			left -= width;
		}
		this.look();
	}

	/** Takes the blanks before `next` off, and so many characters. */
	skipMark(length: number): void {
		this.column += this.indent + length;
		this.at = this.next + length;
		this.look();
	}

	private look(): void {
		let column = this.column;
		let next = this.at;
		for (; next < this.end; next++) {
			const code = this.text.charCodeAt(next);
			if (code === space) column++;
			else if (code === tab) column += tabStop - (column % tabStop);
			else break;
		}
		this.next = next;
		this.indent = column - this.column;
	}
}

/** Whether a text has nothing in it that Markdown does not take for white space; other blanks of Unicode are characters there. */
export function isBlankText(text: string): boolean {
	return !/[^ \t\r\n]/.test(text);
}
