import type { Span } from '../../span';
import { unescapeMarkdown } from '../text/characterReferences';
import type { LinkDefinition } from './markdownInline';
import { definitionAt } from './markdownLinks';
import { Passage } from './passage';

/** The definitions of links that a paragraph begins with, by the labels that they are known by, and what is left of the paragraph. */
export function definitionsOf(
	text: string,
	pieces: readonly Span[],
): { readonly definitions: readonly (readonly [string, LinkDefinition])[]; readonly rest: readonly Span[] } {
	const definitions: [string, LinkDefinition][] = [];
	const [first] = pieces;
	if (!first || text[first.start] !== '[') return { definitions, rest: pieces };
	const passage = new Passage(text, pieces);
	let at = 0;
	for (;;) {
		const found = definitionAt(passage.text, at);
		if (!found) return { definitions, rest: at === 0 ? pieces : below(pieces, passage, at) };
		const { start, end } = found.destination;
		const href = unescapeMarkdown(passage.text.slice(start, end));
		definitions.push([found.label, { target: passage.spanOf(found.destination), href }]);
		at = found.end;
		while (passage.text[at] === ' ' || passage.text[at] === '\t') at++;
	}
}

/** What of the pieces is behind `at`. */
function below(pieces: readonly Span[], passage: Passage, at: number): Span[] {
	if (at >= passage.text.length) return [];
	const start = passage.sourceOf(at);
	return pieces
		.filter(({ end }) => end > start)
		.map((piece) => ({ start: Math.max(piece.start, start), end: piece.end }));
}
