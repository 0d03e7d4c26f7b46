import type { DocumentLanguage, DocumentParts } from './language';
import { readLatex } from './latex/latexReader';
import { plainTarget, type ReferenceTarget } from './target';

/**
 * `\includegraphics[width=\linewidth,alt={…}]{images/a fox.png}`. Pixels mean nothing on paper: the picture is as wide as the text. `alt` is
 * known to LaTeX from 2021 on. LaTeX has no way to say a name with a `"`, a control character, a blank at its end, or a `$` before the name
 * of a variable.
 */
export const latex: DocumentLanguage = {
	reference: {
		template: '\\includegraphics[width=\\linewidth,alt={${alt}}]{${src}}',
		src: escapePath,
		alt: escapeLatex,
	},
	block: true,
	read: readPictures,
	comment: { open: '% ', close: '' },
	baseOf: (text) => graphicsPath.exec(text)?.[1],
};

/** `\graphicspath{{figures/}{img/}}`: the folders in their braces. */
const graphicsPath = /^[^%\n]*?\\graphicspath[ \t]*\{((?:\s*\{[^{}\n]{0,500}\})+)\s*\}/m;

/** What only TeX can fill in stays as it is written, in braces: no name of a file, see `resolveLink`. */
function readPictures(text: string): DocumentParts {
	const { comments, pictures } = readLatex(text);
	const known = pictures.map((picture) => {
		const name = text.slice(picture.target.start, picture.target.end);
		return hasMacro(name) ? Object.assign(picture, { href: `{${name}}` }) : picture;
	});
	return { comments, pictures: known };
}

/** What is only another way to say a sign. */
const escapes = /\\string(?![A-Za-z@])\s*(?:\\[^A-Za-z]|[^\\])|\\(?:detokenize|space)(?![A-Za-z@])|\\[^A-Za-z]/g;

/** `\figdir/fox`, `#1`. */
function hasMacro(name: string): boolean {
	return /[\\#]/.test(name.replace(escapes, ''));
}

/**
 * `\string\%` is a mere sign in every engine. Of blanks in a row TeX sees the first, and none where a name begins, as some signs mean more
 * there.
 */
function escapePath(target: ReferenceTarget): string {
	return plainTarget(target)
		.replace(/^[ ~|`]/, './$&')
		.replace(/[\\{}%#$]|(?<=\^)\^|(?<= ) /g, '\\string\\$&');
}

const signs: Readonly<Record<string, string>> = {
	'\\': '\\textbackslash{}',
	'~': '\\textasciitilde{}',
	'^': '\\textasciicircum{}',
};

function escapeLatex(text: string): string {
	return text.replace(/[\\{}%#&$~^_]/g, (sign) => signs[sign] ?? `\\${sign}`);
}
