/** A piece of a text: UTF-16 code units from its start; `end` is behind the last one. */
export interface Span {
	readonly start: number;
	readonly end: number;
}
