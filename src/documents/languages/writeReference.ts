import { fillTemplate } from '../template';
import type { DocumentLanguage } from './language';
import { fillOwnTemplate } from './ownTemplate';
import type { Reference } from './target';

/**
 * A reference in the words of a language; lines end with `\n`. `inLine`: text stands before or behind it. `ownTemplate`: a person's, instead of
 * the built-in one.
 */
export function writeReference(
	language: DocumentLanguage,
	reference: Reference,
	inLine = false,
	ownTemplate?: string,
): string {
	if (ownTemplate !== undefined) return fillOwnTemplate(ownTemplate, language, reference).replace(/\r\n?/g, '\n');
	const { reference: form } = language;
	const { alt, width, height, ...target } = reference;
	const template = (inLine ? form.inline : undefined) ?? (alt === '' ? form.decorative : undefined) ?? form.template;
	const filled = fillTemplate(template, {
		src: form.src(target),
		alt: form.alt(alt),
		width: `${width}`,
		height: `${height}`,
	});
	return typeof filled === 'string' ? filled : template;
}
