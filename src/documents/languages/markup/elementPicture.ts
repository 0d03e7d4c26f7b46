import type { Span } from '../../span';
import { decodeReferences } from '../text/characterReferences';
import type { PictureLink } from '../language';
import { trimmed } from '../text/lines';
import { unescapeScript } from './scriptText';

/** An attribute of an element. */
export interface Attribute {
	readonly name: string;
	/** `script`: the value is written as a string of a script. `computed`: nobody knows it before the page is built; `...` is the name of any number of such. */
	readonly kind: 'text' | 'script' | 'computed';
	/** Without quotes; `undefined`: none is written. */
	readonly value: Span | undefined;
}

/** Names of elements and components that stand for a picture, in any framework: `Image`, `NextImage`, `motion.img`, `v-img`, `enhanced:img`. */
export function isPictureName(name: string): boolean {
	return name === 'img' || pictureName.test(name);
}

const pictureName = /^(?:(?:[\w$]+[.:-])+(?:img|image|picture)|(?:[\w$]+\.)*(?:[A-Z][\w$]*)?(?:Image|Img|Picture))$/;

/** The picture that an element shows; `undefined`: its address is not written there. */
export function pictureOfElement(text: string, span: Span, attributes: readonly Attribute[]): PictureLink | undefined {
	const source = attributes.find(({ name }) => name === 'src');
	const target = source?.value && trimmed(text, source.value);
	if (!target || target.start === target.end) return undefined;
	const alt = attributes.find(({ name }) => name === 'alt');
	return {
		span,
		target,
		href: said(text, source.kind, target),
		kind: 'url',
		...(alt?.value && { alt: { text: textOf(text, alt), span: alt.value } }),
		lacksAlt: !attributes.some((attribute) => saysEnough(text, attribute)),
	};
}

/** What an attribute's value says. */
export function textOf(text: string, { kind, value }: Attribute): string {
	return value ? said(text, kind, value) : '';
}

function said(text: string, kind: Attribute['kind'], { start, end }: Span): string {
	const written = text.slice(start, end);
	return kind === 'script' ? unescapeScript(written) : decodeReferences(written);
}

/** Whether an attribute says what stands for the picture, that nothing has to, or may do so when the page is built. */
function saysEnough(text: string, attribute: Attribute): boolean {
	const { name, kind } = attribute;
	if (name === 'alt' || name === '...') return true;
	if (name !== 'role' && name !== 'aria-hidden') return false;
	const value = textOf(text, attribute).trim();
	return kind === 'computed' || (name === 'role' ? value === 'presentation' || value === 'none' : value === 'true');
}
