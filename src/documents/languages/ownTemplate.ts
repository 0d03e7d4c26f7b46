import { oneLine } from '../prose';
import { asciidoc } from './asciidoc';
import { astro } from './astro';
import { css } from './css';
import { html } from './html';
import { jsx } from './jsx';
import type { DocumentLanguage } from './language';
import { latex } from './latex';
import { markdown } from './markdown';
import { escaped, inMarkup, placeInMarkup, reference } from './markupPlace';
import { mdx } from './mdx';
import { org } from './org';
import { restructuredText } from './restructuredText';
import { scss } from './scss';
import { svelte } from './svelte';
import { destinationOf, plainTarget, type Reference, type ReferenceTarget } from './target';
import { typst } from './typst';
import { vue } from './vue';

/** Writes texts into a person's template. `before`: the template up to there. */
interface Encoders {
	readonly alt: (text: string, before: string, language: DocumentLanguage) => string;
	readonly src: (target: ReferenceTarget, before: string, language: DocumentLanguage) => string;
}

/**
 * A reference by a person's own template: `${src}`, `${alt}`, `${width}` and `${height}` are filled in, once, anything else stays. Nobody knows
 * beforehand where in the language they stand, so they are written in a way that is right and means nothing but itself anywhere.
 */
export function fillOwnTemplate(template: string, language: DocumentLanguage, picture: Reference): string {
	const { alt, width, height, ...target } = picture;
	const { alt: writeAlt, src: writeSrc } = encoders.get(language) ?? asWords;
	const values: Readonly<Record<string, (before: string) => string>> = {
		src: (before) => writeSrc(target, before, language),
		alt: (before) => writeAlt(oneLine(alt), before, language),
		width: () => `${width}`,
		height: () => `${height}`,
	};
	return template.replace(/\$\{(src|alt|width|height)\}/g, (all, name: string, at: number) => {
		// What is filled in before is a word as far as its place is concerned.
		const before = template.slice(0, at).replace(/\$\{(?:src|alt|width|height)\}/g, 'x');
		return values[name]?.(before) ?? all;
	});
}

/** Languages with tags: what is right depends on whether it is text, an attribute or code. */
const markup: Encoders = {
	alt: (text, before, language) => {
		// The picture's own brackets, as in the built-in template.
		const isBracketed = (language === markdown || language === mdx) && before.endsWith('![');
		return isBracketed ? language.reference.alt(text) : inMarkup(text, placeInMarkup(before));
	},
	src: (target, before) => {
		const url = inertUrl(target);
		const place = placeInMarkup(before);
		if (place.kind === 'shortcode') return place.isString ? url : `"${url}"`;
		return place.kind === 'code' ? inMarkup(url, place) : url.replaceAll('&', '&#38;');
	},
};

const builtInSrc: Encoders['src'] = (target, _, language) => language.reference.src(target);

/** Character references mean the character everywhere; a comma would begin another attribute. */
const withReferences: Encoders = {
	alt: (text) => escaped(text, reference).replaceAll(',', '&#44;'),
	src: builtInSrc,
};

/** In strings and in content alike. */
const withTypstEscapes: Encoders = {
	alt: (text) => escaped(text, (code) => `\\u{${code.toString(16)}}`),
	src: builtInSrc,
};

/** In strings; in a comment they are at least no end of it. */
const withCssEscapes: Encoders = {
	alt: (text) => escaped(text, (code) => `\\${code.toString(16)} `),
	src: inertUrl,
};

/** What is right in these languages' text is right in the arguments of their commands, too. */
const asBuiltIn: Encoders = {
	alt: (text, _, language) => language.reference.alt(text),
	src: builtInSrc,
};

/** In a language that Limn does not know nothing may stay that could end a string or begin a command. */
const asWords: Encoders = {
	alt: (text) => oneLine(text.replace(/["'`]/g, '’').replace(/[^\p{L}\p{N}\p{M}\p{So} .,:!?’()-]+/gu, ' ')),
	src: (target) => plainTarget(target).replace(/["'`\\$\p{Cc}]/gu, percentEncode),
};

const encoders: ReadonlyMap<DocumentLanguage, Encoders> = new Map([
	...[html, markdown, mdx, vue, svelte, astro, jsx].map((language) => [language, markup] as const),
	...[css, scss].map((language) => [language, withCssEscapes] as const),
	...[latex, org, restructuredText].map((language) => [language, asBuiltIn] as const),
	[asciidoc, withReferences],
	[typst, withTypstEscapes],
]);

/** A URL of signs that end nothing in any language. */
function inertUrl(target: ReferenceTarget): string {
	return destinationOf(target).replace(/["'`()<>\\{}|$*[\]^\s]/g, percentEncode);
}

function percentEncode(sign: string): string {
	return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
