/** What stands around a place in a piece of markup. */
export type MarkupPlace =
	/** Between tags; in Markdown between anything. */
	| { readonly kind: 'text' }
	/** In the quotes of an attribute. */
	| { readonly kind: 'attribute'; readonly quote: string }
	/** In a tag or a comment, without quotes. */
	| { readonly kind: 'tag' }
	/** JavaScript: in braces, in a script, in an attribute that is code. `quotes`: that are open, outside ones first; `isString`: of the code. */
	| { readonly kind: 'code'; readonly quotes: string; readonly isString: boolean }
	/** A parameter of Hugo's `{{< figure >}}` or Liquid's `{% include %}`, which know no escapes. */
	| { readonly kind: 'shortcode'; readonly isString: boolean };

interface State {
	readonly tag: boolean;
	/** Of an attribute; empty outside of one. */
	readonly outer: string;
	readonly isCode: boolean;
	readonly script: boolean;
	readonly shortcode: boolean;
	/** Open braces. */
	readonly depth: number;
	/** Of a string in code; empty outside of one. */
	readonly inner: string;
}

const start: State = {
	tag: false,
	outer: '',
	isCode: false,
	script: false,
	shortcode: false,
	depth: 0,
	inner: '',
};

/** What stands around the end of this text. */
export function placeInMarkup(before: string): MarkupPlace {
	let state = start;
	for (let at = 0; at < before.length; at++) state = step(state, before, at);
	const { shortcode, inner, outer, tag } = state;
	const isString = inner !== '';
	if (shortcode) return { kind: 'shortcode', isString };
	if (isString || isInCode(state)) return { kind: 'code', quotes: outer + inner, isString };
	if (outer !== '') return { kind: 'attribute', quote: outer };
	return { kind: tag ? 'tag' : 'text' };
}

function isInCode({ depth, script, isCode }: State): boolean {
	return depth > 0 || script || isCode;
}

function step(state: State, text: string, at: number): State {
	const sign = text.charAt(at);
	if (state.inner !== '') return sign === state.inner && text[at - 1] !== '\\' ? { ...state, inner: '' } : state;
	if (state.outer !== '' && sign === state.outer) return { ...state, outer: '', isCode: false, depth: 0 };
	if (isInCode(state)) return stepInCode(state, text, at);
	if (sign === '{') return { ...state, depth: 1, shortcode: /^(?:\{\{[<%]|\{%)/.test(text.slice(at, at + 3)) };
	if (state.outer !== '') return state;
	return state.tag ? stepInTag(state, text, at) : { ...state, tag: /^<[a-z/!]/i.test(text.slice(at, at + 2)) };
}

function stepInCode(state: State, text: string, at: number): State {
	const sign = text.charAt(at);
	if (/["'`]/.test(sign)) return { ...state, inner: sign };
	if (sign === '{') return { ...state, depth: state.depth + 1 };
	if (sign === '}' && state.depth > 0) {
		const depth = state.depth - 1;
		return { ...state, depth, shortcode: state.shortcode && depth > 0 };
	}
	return state.script && text.startsWith('</', at) ? { ...start, tag: true } : state;
}

function stepInTag(state: State, text: string, at: number): State {
	const sign = text.charAt(at);
	const before = text.slice(0, at);
	if (sign === '>') return { ...start, script: /<(?:script|style)\b[^<]*$/i.test(before) };
	if (!/["']/.test(sign)) return state;
	const name = /([^\s"'<>/=]+)\s*=\s*$/.exec(before)?.[1] ?? '';
	return { ...state, outer: sign, isCode: codeAttribute.test(name) };
}

/** Of Vue, Svelte, Astro and Alpine; handlers and styles of all. */
const codeAttribute = /^(?:[:@#[(*]|v-|x-|on|bind:|use:|set:|define:|class:|style|srcdoc)/i;

/** A text that stands for nothing but itself at this place. */
export function inMarkup(text: string, place: MarkupPlace): string {
	switch (place.kind) {
		case 'text':
			return escaped(text, reference);
		case 'attribute':
			return text.replace(/[&<>"'`{}|$\\]/g, (sign) =>
				sign === "'" && place.quote !== sign ? sign : reference(sign.charCodeAt(0)),
			);
		case 'tag':
			return text.replace(/[^\p{L}\p{N}]/gu, (sign) => reference(sign.codePointAt(0) ?? 0));
		case 'code':
			return inCode(text, place);
		case 'shortcode': {
			const words = text
				.replace(/["'`]/g, '’')
				.replace(/[{}<>%\\]+/g, ' ')
				.trim();
			return place.isString ? words : `"${words}"`;
		}
	}
}

function inCode(text: string, { quotes, isString }: Extract<MarkupPlace, { kind: 'code' }>): string {
	const own = quotes.startsWith('"') ? "'" : '"';
	const open = isString ? quotes : quotes + own;
	const written = text.replace(/["'`\\${}<>&\u2028\u2029]/g, (sign) =>
		sign === "'" && !open.includes(sign) ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return isString ? written : own + written + own;
}

/** A character reference. */
export function reference(code: number): string {
	return `&#${code};`;
}

/** Signs that mean something in some language; of `.` and `-` only those that are not just marks in a sentence. */
const signs = /["#$%&'()*+/:;<=>@[\\\]^_`{|}~]|(?<!\p{L})[.-]|\.(?=\S)|-(?!\p{L})/gu;

/** Every sign that could mean something, written by its code point. */
export function escaped(text: string, write: (code: number) => string): string {
	return text.replace(signs, (sign) => write(sign.charCodeAt(0)));
}
