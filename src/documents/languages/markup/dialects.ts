import { isPictureName } from './elementPicture';
import type { Content, Dialect, OpenedTag } from './reading';

/** What the languages of elements have in common, and what each has of its own. */

const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** Elements that hold text alone. What stands in `<noscript>` is shown to those who need it. */
const texts = new Set('script style textarea title xmp iframe noembed noframes plaintext'.split(' '));

/** Elements other than pictures whose attributes say something of the document. */
const heeded = new Set('base script style template'.split(' '));

const tags = {
	elementStart: /[A-Za-z]/,
	tagName: /[^ \t\r\n\f/>]+/y,
	attributeName: /=?[^ \t\r\n\f/>=]+|=/y,
	bareValue: /[^ \t\r\n\f>]+/y,
	braces: 'text',
	declarations: true,
	isVoid: (name: string) => voids.has(name),
	isPicture: isPictureName,
	// No more than so many attributes: a pattern that is repeated without end may run out of memory.
	plainTag: /(?:[ \t\r\n\f]+[^ \t\r\n\f/>="'{]+(?:="[^"{]*")?){0,50}[ \t\r\n\f]*>/y,
	heeds: (name: string) => heeded.has(name) || isPictureName(name),
} as const;

/** As the standard has it. In vector graphics `/>` ends an element. */
export const htmlDialect: Dialect = {
	...tags,
	caseless: true,
	isPicture: (name) => name === 'img',
	heeds: (name) => heeded.has(name) || name === 'img',
	counted: new Set(['svg', 'math']),
	contentOf: ({ name, depth, closed }) => (texts.has(name) && !(closed && depth > 0) ? 'text' : 'markup'),
};

/** A file of blocks, of which one is the template; in it `{{ … }}` is text that is filled in. */
export const vueDialect: Dialect = {
	...tags,
	braces: 'mustache',
	counted: new Set(['template']),
	contentOf(tag) {
		if (tag.closed) return 'markup';
		if (tag.depth > 0) return texts.has(tag.name) ? 'text' : 'markup';
		const isMarkup = tag.name === 'template' && /^(?:html)?$/.test(tag.valueOf('lang') ?? '');
		return isMarkup ? 'markup' : (blockOf(tag) ?? 'text');
	},
	boundName: boundInVue,
};

export const svelteDialect: Dialect = {
	...tags,
	attributeName: /[^\s/>="'{]+/y,
	bareValue: /[^\s"'=<>`{]+/y,
	braces: 'code',
	blocks: true,
	attributeCode: 'quotes',
	tagComments: true,
	contentOf: (tag) => (tag.closed ? 'markup' : (blockOf(tag) ?? (tag.name === 'textarea' ? 'text' : 'markup'))),
	boundName: (name) => (name.startsWith('bind:') ? name.slice('bind:'.length) : undefined),
};

/** Begins with a script between two lines `---`, see `fenced` of the reading. */
export const astroDialect: Dialect = {
	...tags,
	elementStart: /[A-Za-z>]/,
	attributeName: /[^ \t\r\n\f/>={]+/y,
	braces: 'code',
	attributeCode: 'braces',
	elements: 'always',
	plainTag: /(?:[ \t\r\n\f]+(?!is:raw)[^ \t\r\n\f/>="'{]+(?:="[^"]*")?){0,50}[ \t\r\n\f]*>/y,
	contentOf(tag) {
		if (tag.closed) return 'markup';
		const isText = tag.name !== 'title' && texts.has(tag.name);
		return blockOf(tag) ?? (isText || tag.valueOf('is:raw') !== undefined ? 'text' : 'markup');
	},
};

/** A script without elements. */
export const scriptDialect: Dialect = {
	elementStart: /[A-Za-z_$>\u0080-\uffff]/,
	tagName: /[A-Za-z_$\u0080-\uffff][\w$.:\u0080-\uffff-]*/y,
	attributeName: /[^\s/>={}"'<`]+/y,
	braces: 'code',
	attributeCode: 'braces',
	tagComments: true,
	declarations: false,
	isVoid: () => false,
	isPicture: isPictureName,
	plainTag: tags.plainTag,
	heeds: isPictureName,
	contentOf: () => 'markup',
};

export const jsxDialect: Dialect = { ...scriptDialect, elements: 'typed' };

/** What the blocks of scripts and styles hold, which the frameworks have in common. */
function blockOf({ name, valueOf }: OpenedTag): Content | undefined {
	if (name === 'script') return /^[jt]sx$/.test(valueOf('lang') ?? '') ? 'tsx' : 'script';
	if (name === 'style') return /^(?:scss|sass|less|styl|stylus)$/.test(valueOf('lang') ?? '') ? 'lined style' : 'style';
	return undefined;
}

/** `:src`, `v-bind:src.prop`, `.src`; `v-bind` and `:[name]` may bring any attribute. */
function boundInVue(name: string): string | undefined {
	const [, bound] = /^(?:v-bind:?|[:.])([^.]*)/.exec(name) ?? [];
	return bound === '' || bound?.startsWith('[') ? '...' : bound;
}
