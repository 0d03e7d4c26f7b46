/** A step through XML: text, a tag that opens (and closes at once, where it is empty), one that closes. */
type Token =
	| { readonly kind: 'text'; readonly text: string }
	| {
			readonly kind: 'open';
			readonly name: string;
			readonly attributes: readonly Attribute[];
			readonly isEmpty: boolean;
	  }
	| { readonly kind: 'close' };

type Attribute = readonly [name: string, value: string];

/** Deeper is no metadata. */
const deepest = 64;

/**
 * The text of the first property with this name, be it an attribute or an element (with all text inside it). `undefined`: none,
 * or XML that is broken before it. Document types, and with them entities of one's own, are not read.
 */
export function propertyOf(xml: string, namespace: string, name: string): string | undefined {
	const scopes: ReadonlyMap<string, string>[] = [];
	let found: { readonly depth: number; text: string } | undefined;
	for (const token of tokensOf(xml)) {
		if (token.kind === 'text') {
			if (found) found.text += token.text;
		} else if (token.kind === 'close') {
			if (found?.depth === scopes.length) return found.text;
			scopes.pop();
		} else {
			scopes.push(declared(token.attributes));
			const isWanted = (qualified: string) => isNamed(qualified, namespace, name, scopes);
			const attribute = found ? undefined : token.attributes.find(([qualified]) => isWanted(qualified));
			if (attribute) return attribute[1];
			if (!found && isWanted(token.name)) found = { depth: scopes.length, text: '' };
			if (token.isEmpty && found?.depth === scopes.length) return found.text;
			if (token.isEmpty) scopes.pop();
			if (scopes.length > deepest) return undefined;
		}
	}
	return undefined;
}

/** The prefixes that an element declares, with their namespaces. */
function declared(attributes: readonly Attribute[]): ReadonlyMap<string, string> {
	return new Map(
		attributes
			.filter(([name]) => name.startsWith('xmlns:'))
			.map(([name, value]) => [name.slice('xmlns:'.length), value]),
	);
}

function isNamed(qualified: string, namespace: string, name: string, scopes: readonly ReadonlyMap<string, string>[]) {
	const colon = qualified.indexOf(':');
	if (colon === -1 || qualified.slice(colon + 1) !== name) return false;
	const prefix = qualified.slice(0, colon);
	return scopes.findLast((scope) => scope.has(prefix))?.get(prefix) === namespace;
}

/** Ends where the XML does, or where it is broken. */
function* tokensOf(xml: string): Generator<Token> {
	for (let at = 0; at < xml.length;) {
		const tag = xml.indexOf('<', at);
		if (tag === -1) return;
		if (tag > at) yield { kind: 'text', text: unescaped(xml.slice(at, tag)) };
		const found = markupAt(xml, tag);
		if (!found) return;
		if (found.token) yield found.token;
		at = found.end;
	}
}

/** What begins with `<`; comments and instructions are no token. */
function markupAt(xml: string, at: number): { readonly token?: Token; readonly end: number } | undefined {
	if (xml.startsWith('<!--', at)) return upTo(xml, at + 4, '-->');
	if (xml.startsWith('<?', at)) return upTo(xml, at + 2, '?>');
	if (xml.startsWith('</', at)) {
		const close = upTo(xml, at + 2, '>');
		return close && { token: { kind: 'close' }, end: close.end };
	}
	if (!xml.startsWith('<![CDATA[', at)) return openTagAt(xml, at);
	const data = upTo(xml, at + 9, ']]>');
	return data && { token: { kind: 'text', text: xml.slice(at + 9, data.end - 3) }, end: data.end };
}

function upTo(xml: string, from: number, mark: string): { readonly end: number } | undefined {
	const end = xml.indexOf(mark, from);
	return end === -1 ? undefined : { end: end + mark.length };
}

function openTagAt(xml: string, at: number): { readonly token: Token; readonly end: number } | undefined {
	const tagName = /<([^\s<>/!?"'=]+)/y;
	const attribute = /\s+([^\s<>/"'=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
	const tagEnd = /\s*(\/?)>/y;
	tagName.lastIndex = at;
	const name = tagName.exec(xml)?.[1];
	if (name === undefined) return undefined;
	const attributes: Attribute[] = [];
	attribute.lastIndex = tagName.lastIndex;
	let end = tagName.lastIndex;
	for (let match = attribute.exec(xml); match; match = attribute.exec(xml)) {
		attributes.push([match[1] ?? '', unescaped(match[2] ?? match[3] ?? '')]);
		end = attribute.lastIndex;
	}
	tagEnd.lastIndex = end;
	const closing = tagEnd.exec(xml);
	if (!closing) return undefined;
	return { token: { kind: 'open', name, attributes, isEmpty: closing[1] === '/' }, end: tagEnd.lastIndex };
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
		if (typeof name === 'string') return named[name] ?? whole;
		const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

/** What XML 1.0 cannot hold, not even as a reference: control characters, halves of surrogate pairs, two that are no characters. */
const impossible = /(?![\t\n\r\x7f-\x9f])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** A text between two tags. What XML cannot hold becomes U+FFFD; line ends, which readers may change, are kept by references. */
export function escaped(text: string): string {
	return text
		.replace(impossible, '\uFFFD')
		.replace(/[&<>\r\x7f-\x9f\u2028]/g, (character) => `&#${character.codePointAt(0)};`);
}
