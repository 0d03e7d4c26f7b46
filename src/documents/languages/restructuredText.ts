import type { DocumentLanguage } from './language';
import { readRest } from './rest/restReader';
import { type ReferenceTarget, urlOf } from './target';

/**
 * `.. image:: images/a\ fox.png` with `:alt:` and `:width:`; the height follows from it, also where a theme makes the picture smaller.
 * Docutils takes the target for a URL, Sphinx for a path: what is not encoded is right in both.
 */
export const restructuredText: DocumentLanguage = {
	reference: {
		template: '.. image:: ${src}\n   :alt: ${alt}\n   :width: ${width}px',
		decorative: '.. image:: ${src}\n   :alt:\n   :width: ${width}px',
		onlyBlock: true,
		src: escapeTarget,
		// An option is read as it is.
		alt: (text) => text,
	},
	block: true,
	read: readRest,
	comment: { open: '.. ', close: '' },
};

/** Signs that mean something in URLs are encoded, and blanks that docutils would strip. */
function escapeTarget(target: ReferenceTarget): string {
	if ('uri' in target) return target.uri.replace(/[\\ ]/g, '\\$&');
	return target.path.replace(/[^\p{L}\p{N}\p{M}\-._~/ ()!'&$+,;=@]|^ | $/gu, urlOf).replaceAll(' ', '\\ ');
}
