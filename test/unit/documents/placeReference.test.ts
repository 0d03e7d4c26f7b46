import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { asciidoc } from '../../../src/documents/languages/asciidoc';
import { css } from '../../../src/documents/languages/css';
import { html } from '../../../src/documents/languages/html';
import type { DocumentLanguage } from '../../../src/documents/languages/language';
import { languageOf } from '../../../src/documents/languages/languages';
import { languageIds } from '../../../src/documents/languages/names';
import { latex } from '../../../src/documents/languages/latex';
import { markdown } from '../../../src/documents/languages/markdown';
import { org } from '../../../src/documents/languages/org';
import { restructuredText } from '../../../src/documents/languages/restructuredText';
import { typst } from '../../../src/documents/languages/typst';
import { writeReference } from '../../../src/documents/languages/writeReference';
import {
	formAt,
	formsOf,
	isStyleSheet,
	placeAfter,
	placeAt,
	placeBelow,
	type Placement,
} from '../../../src/documents/placeReference';
import { imagesOfMarkdown, outlineOfMarkdown } from './languages/parse';

const reference = '![fox](fox.png)';

function eolOf(text: string): string {
	return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The text after the editor inserted the reference where it is placed. */
function insertAt(text: string, place: (lines: readonly string[], eol: string) => Placement): string {
	const eol = eolOf(text);
	const lines = text.split(/\r\n|\n/);
	const { line: end, character, before, after } = place(lines, eol);
	assert.ok(end >= 0 && end < lines.length);
	return lines
		.map((content, index) =>
			index === end ? content.slice(0, character) + before + reference + after + content.slice(character) : content,
		)
		.join(eol);
}

function insertBelow(text: string, line: number, language: DocumentLanguage = markdown): string {
	return insertAt(text, (lines, eol) => placeBelow(lines, line, language, eol));
}

/** What the blocks of a document hold, without the blocks themselves. */
const contents = (text: string): string[] => outlineOfMarkdown(text).filter((line) => line.includes(' '));

describe('placing a reference in Markdown', () => {
	const examples: readonly (readonly [what: string, text: string, line: number, result: string])[] = [
		['a paragraph', 'one\ntwo\n\nthree', 0, `one\ntwo\n\n${reference}\n\nthree`],
		['the last line of a paragraph', 'one\ntwo\n\nthree', 1, `one\ntwo\n\n${reference}\n\nthree`],
		['the last line of the text', 'one\n\ntwo', 2, `one\n\ntwo\n\n${reference}`],
		['the last line, ended', 'one\n', 0, `one\n\n${reference}\n`],
		['the only line', 'one', 0, `one\n\n${reference}`],
		['an empty text', '', 0, `\n\n${reference}`],
		['a heading with a paragraph right below', '# one\ntwo', 0, `# one\n\n${reference}\n\ntwo`],
		['a heading with a blank line below', '# one\n\ntwo', 0, `# one\n\n${reference}\n\ntwo`],
		['a paragraph right above a heading', 'one\n## two', 0, `one\n\n${reference}\n\n## two`],
		['a paragraph right above a fence', 'one\n```\nx\n```', 0, `one\n\n${reference}\n\n\`\`\`\nx\n\`\`\``],
		['a heading underlined', 'one\n===\n\ntwo', 0, `one\n===\n\n${reference}\n\ntwo`],
		['a list', '- one\n- two\n\nthree', 0, `- one\n- two\n\n${reference}\n\nthree`],
		['a table', '| a |\n|---|\n| b |\n\nthree', 0, `| a |\n|---|\n| b |\n\n${reference}\n\nthree`],
		['code', '```js\nx\n\ny\n```\nend', 1, `\`\`\`js\nx\n\ny\n\`\`\`\n\n${reference}\n\nend`],
		['the beginning of code', '```js\nx\n```\n', 0, `\`\`\`js\nx\n\`\`\`\n\n${reference}\n`],
		['the end of code', '```js\nx\n```\n', 2, `\`\`\`js\nx\n\`\`\`\n\n${reference}\n`],
		['code between two codes', '```\na\n```\n~~~\nb\n~~~\n', 4, `\`\`\`\na\n\`\`\`\n~~~\nb\n~~~\n\n${reference}\n`],
		[
			'text between two codes',
			'```\na\n```\n\none\n\n```\nb\n```',
			4,
			`\`\`\`\na\n\`\`\`\n\none\n\n${reference}\n\n\`\`\`\nb\n\`\`\``,
		],
		['Windows lines', 'one\r\ntwo\r\n\r\nthree', 0, `one\r\ntwo\r\n\r\n${reference}\r\n\r\nthree`],
	];
	for (const [what, text, line, result] of examples) {
		it(`below ${what}`, () => assert.equal(insertBelow(text, line), result));
	}

	it('leaves comments, scripts and formulas in one piece', () => {
		for (const piece of ['<!-- one\n\ntwo -->', '<script>\na\n\nb\n</script>', '$$\na\n\nb\n$$', '<pre>\n\n</pre> x']) {
			const lines = piece.split('\n').length;
			for (let line = 0; line < lines; line++)
				assert.equal(insertBelow(`${piece}\nend`, line), `${piece}\n\n${reference}\n\nend`, piece);
		}
		assert.equal(insertBelow('<!-- one --> two\n\nend', 0), `<!-- one --> two\n\n${reference}\n\nend`);
		assert.equal(insertBelow('<pre>x</pre>\n\nend', 0), `<pre>x</pre>\n\n${reference}\n\nend`);
	});

	it('leaves code that shows code in one piece', () => {
		const code = '````md\n```js\nx\n```\n````';
		for (const line of [0, 1, 2, 3, 4])
			assert.equal(insertBelow(`${code}\nend`, line), `${code}\n\n${reference}\n\nend`);
		const mixed = '~~~\n```\nx\n~~~';
		for (const line of [0, 1, 2, 3])
			assert.equal(insertBelow(`${mixed}\nend`, line), `${mixed}\n\n${reference}\n\nend`);
	});

	it('does not take code in a line for a fence', () => {
		assert.equal(insertBelow('```x``` one\ntwo\n\nthree', 0), `\`\`\`x\`\`\` one\ntwo\n\n${reference}\n\nthree`);
	});

	it('leaves code in a list in one piece', () => {
		const list = '- one\n\n    ```js\n    x\n\n    y\n    ```';
		assert.equal(insertBelow(`${list}\n\nend`, 3), `${list}\n\n${reference}\n\nend`);
		const item = '- ```js\n  x\n\n  y\n  ```';
		assert.equal(insertBelow(`${item}\n\nend`, 1), `${item}\n\n${reference}\n\nend`);
	});

	const words = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,2}$/);
	const paragraph = fc.array(words, { minLength: 1, maxLength: 3 });
	const code = fc
		.tuple(
			fc.constantFrom('`', '~'),
			fc.integer({ min: 3, max: 5 }),
			fc.constantFrom('', 'js', ' md x'),
			fc.array(words),
		)
		.chain(([sign, length, info, body]) => {
			const shorter = fc.constantFrom(
				'',
				sign.repeat(length - 1),
				`${sign.repeat(length)}x`,
				'# x',
				sign === '`' ? '~~~' : '```',
			);
			const fence = sign.repeat(length);
			return fc
				.array(shorter, { maxLength: 3 })
				.map((odd) => [[fence + info], body.slice(0, 2), odd, body.slice(2, 3), [fence]].flat());
		});
	const blocks = fc.oneof(
		paragraph,
		words.map((text) => [`## ${text}`]),
		words.map((text) => [text, '---']),
		paragraph.map((lines) => lines.map((line) => `> ${line}`)),
		paragraph.map((lines) => lines.map((line) => `- ${line}`)),
		words.map((text) => ['| a | b |', '|---|---|', `| ${text} | c |`]),
		code,
	);
	const documents = fc
		.array(blocks, { minLength: 1, maxLength: 5 })
		.map((parts) => parts.flatMap((lines) => [...lines, '']));

	it('shows the picture as a paragraph of its own, and leaves every other block as it was', () => {
		fc.assert(
			fc.property(documents, fc.nat(), fc.boolean(), (lines, place, windows) => {
				const text = lines.join(windows ? '\r\n' : '\n');
				const result = insertBelow(text, place % lines.length);
				assert.equal(imagesOfMarkdown(result).length, 1, result);
				const [before, after] = [contents(text), contents(result)];
				const at = after.indexOf(`inline ${reference}`);
				assert.notEqual(at, -1, result);
				assert.deepEqual(after.toSpliced(at, 1), before);
			}),
			{ numRuns: 1000 },
		);
	});

	it('inserts only at the end of a line, and changes no other', () => {
		fc.assert(
			fc.property(documents, fc.nat(), (lines, place) => {
				const rest = insertBelow(lines.join('\n'), place % lines.length)
					.split('\n')
					.filter((line) => line !== '');
				assert.deepEqual(
					rest.filter((line) => line !== reference),
					lines.filter((line) => line !== ''),
				);
			}),
		);
	});
});

describe('placing a reference where a document is not prose', () => {
	it('stays below the front matter, blank lines in it or not', () => {
		const matter = '---\ntitle: x\n\ntags: y\n---';
		for (const line of [0, 1, 2, 3, 4]) {
			assert.equal(insertBelow(`${matter}\n\ntext`, line), `${matter}\n\n${reference}\n\ntext`);
		}
		assert.equal(insertBelow('text\n\n---\n\nmore', 0), `text\n\n${reference}\n\n---\n\nmore`);
		assert.equal(insertBelow('+++\na = 1\n\nb = 2\n+++\ntext', 1), `+++\na = 1\n\nb = 2\n+++\n\n${reference}\n\ntext`);
		assert.equal(
			insertBelow('---\na: |\n  ```\n---\n\ntext\n\nend', 5),
			`---\na: |\n  \`\`\`\n---\n\ntext\n\n${reference}\n\nend`,
		);
		assert.equal(insertBelow('---\nno end', 1), `---\nno end\n\n${reference}`);
	});

	it('belongs to the text, not to the blank lines that were selected with it', () => {
		assert.equal(insertBelow('one\n\n\ntwo', 2), `one\n\n${reference}\n\n\ntwo`);
		assert.equal(insertBelow('a:\n\tone\n\n', 2, html), `a:\n\tone\n\t${reference}\n\n`);
	});
});

describe('placing a reference in any other language', () => {
	it('is right below the line, as far to the right', () => {
		assert.equal(
			insertBelow('<ul>\n\t  <li>one</li>\n</ul>', 1, html),
			`<ul>\n\t  <li>one</li>\n\t  ${reference}\n</ul>`,
		);
		assert.equal(insertBelow('one\r\ntwo', 0, html), `one\r\n${reference}\r\ntwo`);
		assert.equal(insertBelow('one', 0, html), `one\n${reference}`);
		assert.equal(insertBelow('', 0, html), `\n${reference}`);
	});

	it('adds one line and changes none', () => {
		fc.assert(
			fc.property(
				fc.array(fc.stringMatching(/^[\t ]{0,3}[a-z#`]{0,6}$/), { minLength: 1 }),
				fc.nat(),
				(lines, place) => {
					const chosen = place % lines.length;
					const line = Math.max(
						0,
						lines.findLastIndex((text, index) => index <= chosen && text.trim() !== ''),
					);
					const result = insertBelow(lines.join('\n'), chosen, html).split('\n');
					assert.deepEqual(result.toSpliced(line + 1, 1), lines);
					assert.equal(result[line + 1]?.trim(), reference);
				},
			),
		);
	});
});

/** Every line of a piece has the reference below the whole piece. */
function staysWhole(language: DocumentLanguage, piece: string, before = '', after = '\n\nend'): void {
	const first = before.split('\n').length - 1;
	for (const [index, text] of piece.split('\n').entries()) {
		if (text.trim() === '' && index === 0) continue;
		const gap = after.startsWith('\n\n') || after === '' ? '' : '\n';
		assert.equal(
			insertBelow(before + piece + after, first + index, language),
			`${before}${piece}\n\n${reference}${gap}${after}`,
			`line ${index} of ${piece}`,
		);
	}
}

describe('placing a reference in other languages of blocks', () => {
	for (const language of [asciidoc, latex, org, restructuredText, typst]) {
		it('is below the paragraph', () => {
			assert.ok(language.block);
			staysWhole(language, 'one\ntwo', 'zero\n\n');
			staysWhole(language, 'one', '', '');
			assert.equal(insertBelow('one\r\ntwo\r\n\r\nend', 0, language), `one\r\ntwo\r\n\r\n${reference}\r\n\r\nend`);
		});
	}

	it('leaves the blocks of AsciiDoc in one piece', () => {
		for (const mark of ['----', '....', '////', '++++', '|===', ',===', '------'])
			staysWhole(asciidoc, `${mark}\na\n\nb\n${mark}`, 'text\n\n', '\nend');
		staysWhole(asciidoc, '```ruby\na\n\nb\n```');
		staysWhole(asciidoc, '[source,js]\n----\na\n\nb\n----');
		staysWhole(asciidoc, '.A title\n[%header]\n|===\n|a\n\n|b\n|===');
		staysWhole(asciidoc, '= Title\nThe Author\n:toc:\n:imagesdir: img');
		staysWhole(asciidoc, '* one\n* two\n+\nmore');
	});

	it('knows the headings of AsciiDoc', () => {
		staysWhole(asciidoc, '== One', '', '\ntext');
		staysWhole(asciidoc, 'text', '', '\n== One\nmore');
		staysWhole(asciidoc, 'Section\n-------', '', '\n\ntext\n\n----\ncode\n----');
		staysWhole(asciidoc, 'longer text', '', '\n----\ncode\n----');
	});

	it('stays in what holds other blocks in AsciiDoc', () => {
		const example = '====\none\n\ntwo\n====';
		assert.equal(insertBelow(example, 1, asciidoc), example.replace('one\n', `one\n\n${reference}\n`));
	});

	it('leaves the environments of LaTeX in one piece', () => {
		for (const name of ['verbatim', 'figure', 'itemize', 'equation*'])
			staysWhole(latex, `\\begin{${name}}\na\n\nb\n\\end{${name}}`, '\\begin{document}\n', '\nend');
		staysWhole(
			latex,
			'\\begin{itemize}\n\\item a\n\\begin{itemize}\n\\item b\n\\end{itemize}\n\n\\item c\n\\end{itemize}',
		);
		staysWhole(latex, 'a \\begin{math}x\\end{math} b\nc');
		staysWhole(latex, '% \\begin{figure}\nc');
	});

	it('stays in the text of a LaTeX document', () => {
		staysWhole(latex, '\\documentclass{article}\n\n\\newcommand{\\x}{y}\n\\begin{document}', '', '\ntext');
		staysWhole(latex, 'text', '\\begin{document}\n', '\n\\end{document}');
		staysWhole(latex, 'text', '\\begin{frame}\n', '\n\\end{frame}');
		staysWhole(latex, '\\section{One}', '', '\ntext');
		staysWhole(latex, 'text', '', '\n\\subsection*{One}');
		staysWhole(latex, 'text', '', '\n\\begin{figure}\nx\n\\end{figure}');
	});

	it('leaves the blocks of Org in one piece', () => {
		staysWhole(org, '#+begin_src js\na\n\nb\n#+end_src', 'text\n\n', '\nend');
		staysWhole(org, '#+BEGIN_QUOTE\na\n\n#+end_src\n#+END_QUOTE');
		staysWhole(org, '#+caption: x\n#+begin_example\na\n\n#+end_example');
		staysWhole(org, ':LOGBOOK:\na\n\n:END:');
		staysWhole(org, '#+title: a\n#+author: b', '', '\n\n* One');
		assert.equal(insertBelow('text\n#+begin_src\n#+end_src', 0, org), `text\n\n${reference}\n\n#+begin_src\n#+end_src`);
	});

	it('is below the properties of a heading of Org', () => {
		staysWhole(org, '** One', '', '\ntext');
		for (const below of ['SCHEDULED: <2026-01-01>', ':PROPERTIES:\n:ID: 1\n:END:', 'CLOSED: x\n:PROPERTIES:\n:END:']) {
			const heading = `* One\n${below}`;
			assert.equal(insertBelow(`${heading}\ntext`, 0, org), `${heading}\n\n${reference}\n\ntext`);
		}
	});

	it('leaves the blocks of Typst in one piece', () => {
		staysWhole(typst, '```js\na\n\nb\n```', '', '\nend');
		staysWhole(typst, '#figure(\n\n  image("a.png"),\n)', 'text\n\n', '\nend');
		staysWhole(typst, '#let f(x) = {\n  x\n\n  x\n}');
		staysWhole(typst, '= One', '', '\ntext');
		staysWhole(typst, 'text', '', '\n== One');
	});

	it('leaves what is indented with its directive in reStructuredText', () => {
		staysWhole(restructuredText, '.. code-block:: js\n\n   a\n\n   b');
		staysWhole(restructuredText, 'Thus::\n\n   a\n\n   b', 'text\n\n');
		staysWhole(restructuredText, 'One\n===');
		staysWhole(restructuredText, '- one\n\n  more\n\n\t* deep');
	});

	it('looks at each line once or twice', () => {
		for (const id of new Set(languageIds)) {
			const language = languageOf(id, '');
			const long = Array.from({ length: 50_000 }, (_, index) => (index % 2 === 0 ? '  text' : ''));
			const started = performance.now();
			placeBelow(long, 0, language, '\n');
			assert.ok(performance.now() - started < 500, id);
		}
	});
});

function at(text: string, line: number, character: number, language: DocumentLanguage): Placement {
	return placeAt(text.split('\n'), { line, character }, language, '\n');
}

function insert(text: string, line: number, character: number, language: DocumentLanguage): string {
	return insertAt(text, (lines, eol) => placeAt(lines, { line, character }, language, eol));
}

function after(text: string, line: number, language: DocumentLanguage): string {
	return insertAt(text, (lines, eol) => placeAfter(lines, line, language, eol));
}

describe('placing a reference at the cursor', () => {
	const forms = { src: () => '', alt: () => '' };
	const onlyBlock: DocumentLanguage = { reference: { ...forms, template: '', onlyBlock: true }, block: true };
	const twoForms: DocumentLanguage = { reference: { ...forms, template: '', inline: '' }, block: true };

	it('is exactly there', () => {
		for (const language of [markdown, html, twoForms]) {
			assert.equal(insert('one two', 0, 4, language), `one ${reference}two`);
			assert.ok(at('one two', 0, 4, language).inLine);
		}
		assert.equal(insert('one\n\ntwo', 1, 0, markdown), `one\n${reference}\ntwo`);
		assert.ok(!at('one\n \ntwo', 1, 1, markdown).inLine);
	});

	it('is below the text where it cannot be in a line', () => {
		assert.equal(insert('one\ntwo\n\nend', 0, 2, onlyBlock), `one\ntwo\n\n${reference}\n\nend`);
		assert.ok(!at('one', 0, 2, onlyBlock).inLine);
	});

	it('has blank lines around where it is a block of its own', () => {
		for (const language of [onlyBlock, twoForms]) {
			assert.equal(insert('one\n\ntwo', 1, 0, language), `one\n\n${reference}\n\ntwo`);
			assert.equal(insert('one\n\n\n\ntwo', 2, 0, language), `one\n\n${reference}\n\ntwo`);
			assert.equal(insert('', 0, 0, language), reference);
			assert.equal(insert('\nend', 0, 0, language), `${reference}\n\nend`);
			assert.ok(!at('one\n\ntwo', 1, 0, language).inLine);
		}
	});

	it('knows how far to the right its other lines are', () => {
		assert.equal(at('\t\tone', 0, 3, html).indent, '\t\t');
		assert.equal(at('  one', 0, 1, html).indent, ' ');
		assert.equal(at('one', 0, 3, html).indent, '');
		assert.equal(insert('- a\n  ', 1, 2, onlyBlock), `- a\n  \n  ${reference}`);
		assert.equal(placeBelow(['\tone'], 0, html, '\n').indent, '\t');
		assert.equal(placeBelow(['\tone'], 0, markdown, '\n').indent, '');
	});

	it('follows a comment on the next line', () => {
		assert.equal(after('<!-- x -->\ntext', 0, markdown), `<!-- x -->\n${reference}\ntext`);
		assert.equal(after('\t<!-- x -->\r\n\ttext', 0, html), `\t<!-- x -->\r\n\t${reference}\r\n\ttext`);
		assert.equal(after('// x\ntext', 0, twoForms), `// x\n${reference}\n\ntext`);
		assert.equal(after('.. x\n\ntext', 0, onlyBlock), `.. x\n${reference}\n\ntext`);
		assert.equal(after('.. x', 0, onlyBlock), `.. x\n${reference}`);
	});

	it('stays in the quote of Markdown with the comment', () => {
		for (const marks of ['> ', '>', '> > ', ' >\t>  ', '>> ']) {
			const text = `${marks}text\n${marks}<!-- x -->`;
			assert.equal(after(`${text}\n${marks}end`, 1, markdown), `${text}\n${marks}${reference}\n${marks}end`);
			assert.equal(placeAfter([`${marks}x`], 0, languageOf('mdx', ''), '\n').indent, marks);
		}
		assert.equal(placeAfter(['> x'], 0, html, '\n').indent, '');
		assert.equal(placeAfter(['  > x'], 0, asciidoc, '\n').indent, '  ');
	});
});

describe('the form of a reference at a place', () => {
	const fox = { path: 'fox.png', alt: 'A fox', width: 2, height: 1 };

	/** The reference that is written at the bar. */
	function written(id: string, text: string, count = 1): string {
		const [before = '', behind = ''] = text.split('¦');
		const language = languageOf(id, '');
		const write = (form: DocumentLanguage['reference']) =>
			Array.from({ length: count }, () => writeReference({ ...language, reference: form }, fox)).join('\n');
		return write(formAt(before + behind, before.length, language, write));
	}
	const tag = '<img src="fox.png" alt="A fox" width="2" height="1">';
	const own = '![A fox](fox.png)';

	it('is a tag in the HTML of Markdown, where its own form is letters', () => {
		for (const text of ['<p align="center">\n¦\n</p>', '<td>¦</td>', '<div>\n\n<td>¦</td>\n\n</div>'])
			assert.equal(written('markdown', text), tag, text);
		assert.equal(written('markdown', '<img src="a.png">\n¦', 2), `${tag}\n${tag}`);
		assert.equal(written('mdx', '{x && ¦}'), own, 'nothing is read there');
	});

	it('is the usual one elsewhere in it, also where no form is seen', () => {
		for (const text of ['¦', '| a |\n|---|\n| ¦ |', '<div>\n\n¦\n\n</div>', '```\n¦\n```', '<!-- ¦ -->', 'a <b>¦</b>'])
			assert.equal(written('markdown', text), own, text);
		assert.equal(written('mdx', '<p>\n¦\n</p>'), own);
	});

	it('is the path alone in the scripts and styles of markup', () => {
		for (const id of ['html', 'vue', 'svelte', 'astro']) {
			const src = id === 'vue' ? tag.replace('fox.png', './fox.png') : tag;
			assert.equal(written(id, '<template><p>¦</p></template>'), src, id);
			for (const text of ['<script>\nlet a = "¦";\n</script>', '<style>\na { b: url(¦) }\n</style>'])
				assert.equal(written(id, text), 'fox.png', `${id}: ${text}`);
		}
		assert.equal(written('astro', '---\nconst a = "¦";\n---\n'), 'fox.png');
		assert.equal(written('css', '/* ¦ */'), 'url("fox.png")');
		assert.equal(written('yaml', 'a: ¦'), 'fox.png');
	});

	it('is one of few', () => {
		for (const id of languageIds) {
			const [first, ...others] = formsOf(languageOf(id, ''));
			assert.equal(first, languageOf(id, '').reference);
			assert.equal(others.length, id === 'markdown' || id === 'mdx' ? 1 : 0, id);
		}
	});

	it('is a part of a rule in style sheets', () => {
		const ids = languageIds.filter((id) => isStyleSheet(languageOf(id, '')));
		assert.deepEqual(
			ids.toSorted(),
			['css', 'less', 'sass', 'scss'].filter((id) => languageIds.includes(id)),
		);
		assert.ok(isStyleSheet(css));
	});
});
