/** What begins at a place in a line of reStructuredText. */
export type RestMark =
	/** An item of a list, or a footnote: `length` characters, behind which something else may begin. */
	| { readonly kind: 'item'; readonly length: number }
	| { readonly kind: 'explicit'; readonly length: number }
	/** Text behind a mark, which goes on as long as lines are indented. */
	| { readonly kind: 'field'; readonly length: number }
	/** Up to a blank line. */
	| { readonly kind: 'lines' }
	| { readonly kind: 'simpleTable' }
	| { readonly kind: 'adornment' }
	| { readonly kind: 'text' };

const explicit = /\.\.(?:[ \t]+|$)/y;
const bullet = /[-+*•‣⁃](?:[ \t]+|$)/y;
const enumerator =
	/(?:\((?:[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|\d+|#)\)|(?:[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|\d+|#)[.)])(?:[ \t]+|$)/y;
const linewise = /(?:>>>|\|)(?:[ \t]|$)|\+-[-+]+-\+$/y;
const simpleTable = /=+(?:[ \t]+=+)+$/y;
const adornment = /([!-/:-@[-`{-~])\1*$/y;
const anonymousTarget = /__(?:[ \t]+|$)/y;

/** Lines are without white space at their ends. `below`: the line below where it begins in the same column, else nothing. */
export function markAt(line: string, at: number, below: string): RestMark {
	const lengthOf = (pattern: RegExp) => {
		pattern.lastIndex = at;
		return pattern.exec(line)?.[0].length ?? 0;
	};
	const item = lengthOf(bullet) || (followsItem(below) ? lengthOf(enumerator) : 0);
	if (item > 0) return { kind: 'item', length: item };
	const field = lengthOfField(line, at) || lengthOf(anonymousTarget);
	if (field > 0) return { kind: 'field', length: field };
	if (lengthOf(linewise) > 0) return { kind: 'lines' };
	if (lengthOf(simpleTable) > 0) return { kind: 'simpleTable' };
	const length = lengthOf(explicit);
	if (length > 0) return { kind: 'explicit', length };
	return { kind: isAdornment(line.slice(at)) ? 'adornment' : 'text' };
}

/** Right below an item can only be the next one. */
function followsItem(below: string): boolean {
	enumerator.lastIndex = 0;
	return below === '' || enumerator.test(below);
}

/** `:name:` with a blank or nothing behind it, as options and fields begin; 0: none does. */
export function lengthOfField(line: string, at: number): number {
	if (line.charAt(at) !== ':' || /^[: \t]?$/.test(line.charAt(at + 1))) return 0;
	const end = /\\.|:(?=[ \t`]|$)/g;
	end.lastIndex = at + 1;
	let found = end.exec(line);
	while (found && found[0] !== ':') found = end.exec(line);
	if (!found || line.charAt(end.lastIndex) === '`' || line.charAt(found.index - 1) === ' ') return 0;
	return end.lastIndex - at + (/^[ \t]*/.exec(line.slice(end.lastIndex))?.[0].length ?? 0);
}

/** A line of one sign again and again, as headings are underlined with. */
export function isAdornment(words: string): boolean {
	adornment.lastIndex = 0;
	return words !== '::' && adornment.test(words);
}

/** Whether a paragraph announces a literal block. */
export function announcesLiteral(line: string): boolean {
	let slashes = 0;
	while (line.charAt(line.length - 3 - slashes) === '\\') slashes++;
	return line.endsWith('::') && slashes % 2 === 0;
}
