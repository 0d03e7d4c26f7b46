/** The names of U+00A0 to U+00FF, in order. */
const latin =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ' +
	'ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc ' +
	'Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml ' +
	'aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave ' +
	'uacute ucirc uuml yacute thorn yuml';

/** Those that people write in alt texts and addresses, of the two thousand that HTML has. Others stay as they are written. */
const named = new Map<string, string>([
	...latin.split(' ').map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
	...Object.entries({ amp: '&', AMP: '&', lt: '<', LT: '<', gt: '>', GT: '>', quot: '"', QUOT: '"', apos: "'" }),
	...Object.entries({
		excl: '!',
		num: '#',
		dollar: '$',
		percnt: '%',
		lpar: '(',
		rpar: ')',
		ast: '*',
		plus: '+',
		comma: ',',
	}),
	...Object.entries({ period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@', lsqb: '[' }),
	...Object.entries({
		lbrack: '[',
		rsqb: ']',
		rbrack: ']',
		bsol: '\\',
		lowbar: '_',
		grave: '`',
		lcub: '{',
		lbrace: '{',
	}),
	...Object.entries({ rcub: '}', rbrace: '}', vert: '|', verbar: '|', Tab: '\t', NewLine: '\n', Hat: '^' }),
	...Object.entries({ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' }),
	...Object.entries({
		hellip: '…',
		bull: '•',
		dagger: '†',
		Dagger: '‡',
		permil: '‰',
		prime: '′',
		Prime: '″',
		euro: '€',
	}),
	...Object.entries({ trade: '™', lsaquo: '‹', rsaquo: '›', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009' }),
	...Object.entries({
		zwnj: '\u200C',
		zwj: '\u200D',
		lrm: '\u200E',
		rlm: '\u200F',
		larr: '←',
		uarr: '↑',
		rarr: '→',
		darr: '↓',
	}),
	...Object.entries({ OElig: 'Œ', oelig: 'œ', Scaron: 'Š', scaron: 'š', Yuml: 'Ÿ', minus: '−', infin: '∞', ne: '≠' }),
	...Object.entries({ le: '≤', ge: '≥', asymp: '≈', hearts: '♥', star: '☆', starf: '★', check: '✓' }),
]);

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g;
const escaped = /\\([!-/:-@[-`{-~])|&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g;

/** Text with `&amp;`, `&#38;` and `&#x26;` as the characters that they stand for. Only such with a semicolon are read. */
export function decodeReferences(text: string): string {
	return text.includes('&') ? text.replace(reference, decoded) : text;
}

/** The same for Markdown, where a backslash keeps a sign from meaning anything. */
export function unescapeMarkdown(text: string): string {
	return /[\\&]/.test(text)
		? text.replace(
				escaped,
				(whole: string, sign?: string, ...parts: (string | undefined)[]) => sign ?? decoded(whole, ...parts),
			)
		: text;
}

function decoded(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
	if (name !== undefined) return named.get(name) ?? whole;
	const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
	return isCharacter(code) ? String.fromCodePoint(code) : '\uFFFD';
}

/** Whether a text may consist of it: no control character, no half of a pair, none of those that Unicode keeps for itself. */
function isCharacter(code: number): boolean {
	if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xc || code === 0xd;
	if ((code >= 0x7f && code < 0xa0) || code > 0x10ffff) return false;
	return !(code >= 0xd800 && code <= 0xdfff) && !(code >= 0xfdd0 && code <= 0xfdef) && (code & 0xfffe) !== 0xfffe;
}
