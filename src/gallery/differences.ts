/** Something that is known of a picture, as people read it. */
export interface Fact {
	/** For the program. */
	readonly name: string;
	readonly label: string;
	readonly value: string;
}

/** A fact that two pictures do not share. An absent value: nothing is known. */
export interface FactPair {
	readonly label: string;
	readonly left?: string;
	readonly right?: string;
}

/** A piece of two texts: in both, in the first alone, in the second alone. */
export interface Piece {
	readonly kind: 'kept' | 'removed' | 'added';
	readonly text: string;
	/** Nothing but the space around words that were removed or added: it is not to be marked. */
	readonly isSpace?: true;
}

/** The facts that are not the same, in the order of the first picture; then those of the second alone. */
export function differingFacts(left: readonly Fact[], right: readonly Fact[]): FactPair[] {
	const other = new Map(right.map((fact) => [fact.name, fact]));
	const own = new Set(left.map(({ name }) => name));
	const pairs: FactPair[] = left.map(({ name, label, value }) => {
		const match = other.get(name);
		return { label, left: value, ...(match && { right: match.value }) };
	});
	const rest = right.filter(({ name }) => !own.has(name)).map(({ label, value }) => ({ label, right: value }));
	return [...pairs.filter((pair) => pair.left !== pair.right), ...rest];
}

const kept = (words: readonly string[]): Piece => ({ kind: 'kept', text: words.join('') });

/** The most comparisons of one word with another; what would take more is said to be altogether different. */
const mostComparisons = 1_000_000;

/**
 * What became of a text, word by word. `kept` and `removed` together are the first text, `kept` and `added` the second, to the
 * letter. Takes about as long as the texts are, however much they differ.
 */
export function differingWords(left: string, right: string): Piece[] {
	const [a, b] = [wordsOf(left), wordsOf(right)];
	const start = shared(a, b);
	const end = Math.min(shared(a.toReversed(), b.toReversed()), Math.min(a.length, b.length) - start);
	const middle = changes(a.slice(start, a.length - end), b.slice(start, b.length - end));
	return joined([kept(a.slice(0, start)), ...middle, kept(a.slice(a.length - end))]).flatMap(apart);
}

/** Words with the space before them. */
function wordsOf(text: string): readonly string[] {
	return text.match(/\s*\S+|\s+/gu) ?? [];
}

/** How many words two texts begin with. */
function shared(a: readonly string[], b: readonly string[]): number {
	let count = 0;
	while (count < a.length && count < b.length && a[count] === b[count]) count++;
	return count;
}

function changes(a: readonly string[], b: readonly string[]): Piece[] {
	if (a.length * b.length > mostComparisons)
		return [
			{ kind: 'removed', text: a.join('') },
			{ kind: 'added', text: b.join('') },
		];
	return walk(a, b, lengths(a, b));
}

/** At `i * width + j`: how many words the rest of the first text, from word `i`, and of the second, from `j`, share in order. */
function lengths(a: readonly string[], b: readonly string[]): Uint32Array {
	const width = b.length + 1;
	const table = new Uint32Array((a.length + 1) * width);
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--) {
			const below = table[(i + 1) * width + j] ?? 0;
			const beside = table[i * width + j + 1] ?? 0;
			const across = table[(i + 1) * width + j + 1] ?? 0;
			table[i * width + j] = a[i] === b[j] ? across + 1 : Math.max(below, beside);
		}
	return table;
}

function walk(a: readonly string[], b: readonly string[], table: Uint32Array): Piece[] {
	const width = b.length + 1;
	const at = (i: number, j: number) => (i <= a.length && j <= b.length ? (table[i * width + j] ?? 0) : 0);
	const pieces: Piece[] = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		const [one, other] = [a[i], b[j]];
		if (one !== undefined && one === other) {
			pieces.push({ kind: 'kept', text: one });
			i++;
			j++;
		} else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
			pieces.push({ kind: 'removed', text: one });
			i++;
		} else {
			pieces.push({ kind: 'added', text: other ?? '' });
			j++;
		}
	}
	return pieces;
}

/** A marked piece without the space around it, which stays beside it. Space that alone makes the difference is marked. */
function apart(piece: Piece): Piece[] {
	const { kind, text } = piece;
	const words = text.trim();
	if (kind === 'kept' || words === '') return [piece];
	const start = text.length - text.trimStart().length;
	const space = (part: string): Piece[] => (part === '' ? [] : [{ kind, text: part, isSpace: true }]);
	return [...space(text.slice(0, start)), { kind, text: words }, ...space(text.slice(start + words.length))];
}

/** Pieces of a kind that follow each other are one; empty ones are left out. */
function joined(pieces: readonly Piece[]): Piece[] {
	const all: { kind: Piece['kind']; texts: string[] }[] = [];
	for (const { kind, text } of pieces) {
		const last = all.at(-1);
		if (last?.kind === kind) last.texts.push(text);
		else if (text !== '') all.push({ kind, texts: [text] });
	}
	return all.map(({ kind, texts }) => ({ kind, text: texts.join('') }));
}
