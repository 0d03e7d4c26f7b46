import type { Span } from '../../span';

/** A part of an argument. */
interface Part {
	readonly span: Span;
	/** `span` is between the quotes. */
	readonly isString: boolean;
}

/** A call in Typst code while its arguments are read: what it says of a picture. */
export class TypstCall {
	/** The path of an image, where it is a string and nothing else. */
	path: Span | undefined;
	alt: Span | undefined;
	/** Whether a reader is told what the picture shows: also by a caption, or by words that only Typst can work out. */
	isTold = false;
	private argument: { name?: string; readonly parts: Part[] } = { parts: [] };
	private hasPositional = false;

	/** `start`: where the reference begins. */
	constructor(
		readonly text: string,
		readonly name: string,
		readonly start: number,
	) {}

	/** The name before a `:`, which begins an argument. */
	nameArgument(name: string): void {
		if (this.argument.parts.length === 0) this.argument = { name, parts: [] };
	}

	/** Two parts are enough to know that an argument is more than a string. */
	add(part: Part): void {
		if (this.argument.parts.length < 2) this.argument.parts.push(part);
	}

	/** At a `,`, and at the end. */
	endArgument(): void {
		const { name, parts } = this.argument;
		this.argument = { parts: [] };
		const [value, more] = parts;
		if (!value) return;
		const string = value.isString && !more ? value.span : undefined;
		if (name === undefined) {
			if (!this.hasPositional) this.path = string;
			this.hasPositional = true;
		} else if (name === 'alt' || (name === 'caption' && this.name === 'figure')) {
			this.isTold ||= this.text.slice(value.span.start, value.span.end) !== 'none' || value.isString;
			if (name === 'alt') this.alt = string;
		}
	}
}
