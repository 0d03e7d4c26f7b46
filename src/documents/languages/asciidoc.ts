import { readAsciidoc } from './asciidoc/asciidocReader';
import { baseOfAsciidoc } from './asciidoc/asciidocHeader';
import type { DocumentLanguage } from './language';
import { type ReferenceTarget, urlOf } from './target';

/**
 * `image::images/a fox.png[alt="…",width=1024,height=768]`, with one colon in a line of text. Targets are URLs in which blanks may stay: also
 * a tool that takes them for paths finds most files then.
 */
export const asciidoc: DocumentLanguage = {
	reference: {
		template: 'image::${src}[alt="${alt}",width=${width},height=${height}]',
		inline: 'image:${src}[alt="${alt}",width=${width},height=${height}]',
		src: escapeTarget,
		alt: escapeAlt,
	},
	block: true,
	read: readAsciidoc,
	comment: { open: '// ', close: '' },
	baseOf: baseOfAsciidoc,
};

/** Signs that mean something in a target in a line: `_` around words, and `--`, `...`, `(C)`, which would become others. */
const targetSign =
	/[^\p{L}\p{N}\p{M}\-._~/() ]|^ | $|~|(?<![\p{L}\p{N}\p{M}])_|_(?![\p{L}\p{N}\p{M}])|-(?=-)|\.(?=\.\.)|\((?=\(|C\)|R\)|TM\))|\)(?=\))/gu;

function escapeTarget(target: ReferenceTarget): string {
	return 'uri' in target ? target.uri : target.path.replace(targetSign, encodeSign);
}

/** Also where URLs need no encoding. */
function encodeSign(sign: string): string {
	const url = urlOf(sign);
	return url === sign ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : url;
}

/** Everything that is more than a character in a line of text, in a cell of a table or in an attribute. */
const altSign = /[\\"'{}[\]<>&*_`#^~+|;@]|:(?=[:/])|-(?=-)|\.(?=\.\.)|\$(?=\$)|\((?=\(|C\)|R\)|TM\))|\)(?=\))/g;

/** As character references, but for the apostrophe in a word: that one would become a curly one. */
function escapeAlt(text: string): string {
	return text
		.split(/(?<=[A-Za-z\d])'(?=[A-Za-z])/)
		.map((part) => part.replace(altSign, (sign) => `&#${sign.codePointAt(0)};`))
		.join("\\'");
}
