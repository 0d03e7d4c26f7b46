import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { latex } from '../../../../src/documents/languages/latex';
import { readLatex } from '../../../../src/documents/languages/latex/latexReader';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { readByUnified } from './latexParser';
import { assertLinear, assertReadsBack, readWords } from './readingChecks';

const size = { width: 1024, height: 768 };

/** LaTeX has no way to say a name with control characters, other white space than blanks, a `"`, or a blank at its end. */
const anyFile = anyPath.map((path) => path.replace(/[\p{Cc}"]|(?! )\s| $/gu, '_'));
const around = fc.constantFrom<[string, string]>(
	['', ''],
	['One.\n\n', '\n\nTwo.'],
	['% limn: a fox\n', '\n% more\n'],
	['\\begin{figure}\r\n  \\centering\r\n  ', '\r\n  \\caption{A [fox]}\r\n\\end{figure}'],
	['\\fbox{', '} \\% \\verb|%|'],
);

/** Before signs that mean something at the beginning the document's folder is said. */
const hrefOf = (path: string) => path.replace(/^[ ~|`]/, './$&');

/** What the only picture of a document is called. */
function hrefOfName(name: string) {
	return latex.read?.(`\\includegraphics{${name}}`).pictures.map(({ href }) => href);
}

describe('a LaTeX document', () => {
	it('keeps what only TeX can fill in, in braces', () => {
		const macros = ['\\figdir/fox', 'fox#1', '#1', 'a\\string\\fox', '{\\dir}fox.png', '\\jobname-fox'];
		for (const name of macros) assert.deepEqual(hrefOfName(name), [`{${name}}`]);
	});

	it('takes other ways to say a sign for the sign', () => {
		const names = [
			['a\\string\\#b\\string\\\\c.png', 'a#b\\c.png'],
			['a\\#b\\_c\\ d.png', 'a#b_c d.png'],
			['a\\space b.png', 'a b.png'],
			['\\detokenize{a_b}.png', 'a_b.png'],
			['\\string~a.png', '~a.png'],
		];
		for (const [name = '', href = ''] of names) assert.deepEqual(hrefOfName(name), [href]);
	});

	it('says where it looks for pictures', () => {
		const bases: readonly (readonly [string, string | undefined])[] = [
			['\\usepackage{graphicx}\n\\graphicspath{{figures/}{img/}}\n', '{figures/}{img/}'],
			['\\graphicspath{ {figures/}\n  {img/} }', ' {figures/}\n  {img/}'],
			['% \\graphicspath{{old/}}\n\\graphicspath{{new/}}', '{new/}'],
			['\\graphicspath{figures/}', undefined],
			['\\graphicspath{{figures/}', undefined],
			['', undefined],
		];
		for (const [text, base] of bases) assert.equal(latex.baseOf?.(text), base, text);
	});

	it('says so soon, whatever it is', () => {
		const none = { comments: [], pictures: [] };
		const read = (text: string) => {
			latex.baseOf?.(text);
			return none;
		};
		assertLinear(read, [
			'\\graphicspath',
			'\\graphicspath{{',
			'\\graphicspath{{a}',
			'{a}',
			' ',
			'\n',
			'\\graphicspath{\n',
		]);
	});
});

describe('a LaTeX reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(
			writeReference(latex, { path: 'my images/füchse_1 (2).png', alt: "A fox's den, [at] dawn", ...size }),
			"\\includegraphics[width=\\linewidth,alt={A fox's den, [at] dawn}]{my images/füchse_1 (2).png}",
		);
		assert.equal(
			writeReference(latex, { path: 'a.png', alt: '', ...size }),
			'\\includegraphics[width=\\linewidth,alt={}]{a.png}',
		);
	});

	it('says each sign as pdfLaTeX and LuaLaTeX of 2022 were seen to take it', () => {
		const names = [
			['a%b#c.png', 'a\\string\\%b\\string\\#c.png'],
			['a{b}.png', 'a\\string\\{b\\string\\}.png'],
			['a\\b.png', 'a\\string\\\\b.png'],
			['a   b.png', 'a \\string\\ \\string\\ b.png'],
			[' a.png', './ a.png'],
			['|a.png', './|a.png'],
			['a^^b^.png', 'a^\\string\\^b^.png'],
			['a$b.png', 'a\\string\\$b.png'],
			['a_b&c~d^e.png', 'a_b&c~d^e.png'],
		];
		for (const [path = '', name = ''] of names) assert.equal(latex.reference.src({ path }), name);
		assert.equal(
			latex.reference.alt('\\ { } % # & $ ~ ^ _'),
			'\\textbackslash{} \\{ \\} \\% \\# \\& \\$ \\textasciitilde{} \\textasciicircum{} \\_',
		);
	});

	it('shows this picture with this alt text, whatever they are', () => {
		fc.assert(
			fc.property(anyFile, anyAlt, around, (path, alt, [before, after]) => {
				const text = before + writeReference(latex, { path, alt, ...size }) + after;
				const { images } = readByUnified(text);
				assert.deepEqual(images, [{ start: before.length, path: hrefOf(path), alt }], text);
			}),
			{ numRuns: 500 },
		);
	});

	it('is read back', () => {
		fc.assert(
			fc.property(anyFile, anyAlt, around, (path, alt, place) => assertReadsBack(latex, { path, alt }, place, hrefOf)),
			{ numRuns: 500 },
		);
	});
});

describe('reading LaTeX', () => {
	const examples: readonly (readonly [what: string, text: string, comments: string[][], pictures: string[]])[] = [
		['a comment', 'text % limn: a fox \nmore', [['% limn: a fox', 'limn: a fox']], []],
		['comments on neighbouring lines', '%% a\r\n  % b\r\n%\r\nc', [['%% a\r\n  % b\r\n%', 'a', 'b', '']], []],
		[
			'two recipes',
			'% limn: a\n% b\n% limn: c',
			[
				['% limn: a\n% b', 'limn: a', 'b'],
				['% limn: c', 'limn: c'],
			],
			[],
		],
		[
			'comments behind text',
			'a % b\nc % d',
			[
				['% b', 'b'],
				['% d', 'd'],
			],
			[],
		],
		['a percent sign', '10\\% and \\\\% a', [['% a', 'a']], []],
		[
			'a comment of many lines',
			'\\begin{comment}\nlimn: a\n\n % b\n\\end{comment}',
			[['\\begin{comment}\nlimn: a\n\n % b\n\\end{comment}', 'limn: a', '', '% b']],
			[],
		],
		['listings', '\\begin{verbatim}\n% a\n\\includegraphics{a.png}\\end{verbatim}% b', [['% b', 'b']], []],
		[
			'listings with a star and options',
			'\\begin{Verbatim*}%\n\\end{Verbatim}%\n\\end{Verbatim*}\\begin{lstlisting}[language=C]\n%\n\\end{lstlisting}',
			[],
			[],
		],
		['a listing without an end', '\\begin{minted}{tex} % a', [], []],
		[
			'code in a line',
			'\\verb|%a| \\verb*+%+ \\lstinline[language=C]{%d} \\mintinline{c}|%e| \\verb % f',
			[['% f', 'f']],
			[],
		],
		['code in a line without an end', '\\verb|a % b\n|', [['% b', 'b']], []],
		['addresses', '\\url{a%20b} \\href{c%20d}{e % f\n} \\url', [['% f', 'f']], []],
		['a picture', '\\includegraphics{a.png}', [], ['a.png']],
		[
			'options on many lines',
			'\\includegraphics*%\n  [width=3cm, % a\n   alt={b}]\n {b.png}',
			[['%'], ['% a', 'a']],
			['b.png'],
		],
		['two lists of options', '\\includegraphics[0,0][10,10]{a.png}', [], ['a.png']],
		[
			'names',
			'\\includegraphics{"a b".png}\\includegraphics{\\detokenize{a_b}.png}\\includegraphics{{a.b}.png}\\includegraphics{a\\space b\\_c.png}',
			[],
			['a b.png', 'a_b.png', 'a.b.png', 'a b_c.png'],
		],
		['a name that a command is part of', '\\includegraphics{\\folder/a.png}', [], ['\\folder/a.png']],
		['the innermost of two', '\\includegraphics[alt={\\includegraphics{a.png}}]{b.png}', [], ['a.png']],
		['what is no picture', '\\includegraphicsx{a.png} \\\\includegraphics{b.png} \\includegraphics c.png', [], []],
		[
			'arguments that the paragraph parts',
			'\\includegraphics\n\n{a.png} \\includegraphics[x\n \n]{b.png} \\includegraphics{c\n\nd.png}',
			[],
			[],
		],
		['arguments without an end', '\\includegraphics[a}]{b.png} \\includegraphics{c.png', [], []],
	];
	for (const [what, text, comments, pictures] of examples) {
		it(`knows ${what}`, () => {
			const found = readWords(readLatex, text);
			// A mark without words is a comment too.
			assert.deepEqual(
				found.comments.map((lines) => lines.filter((line, index) => index === 0 || line !== '' || lines.length > 2)),
				comments,
			);
			assert.deepEqual(
				found.pictures.map(({ href }) => href),
				pictures,
			);
		});
	}

	it('says what a picture is told by', () => {
		const told = [
			['width=3cm', undefined],
			['alt=A fox', 'A fox'],
			['alt = { A {red} fox, at~dawn % not\n } , b', 'A red fox, at dawn'],
			['alt={A}{B}', 'AB'],
			['alt={\\{a\\} 5\\,\\% \\emph{b}\\ldots}', '{a} 5,% b…'],
			['alt={a=b,alt=c}', 'a=b,alt=c'],
			['alt={}', ''],
			['alt', undefined],
			['alttext={a}', undefined],
		];
		for (const [options = '', alt] of told) {
			const [picture] = readLatex(`\\includegraphics[${options}]{a.png}`).pictures;
			assert.deepEqual([picture?.alt?.text, picture?.lacksAlt], [alt, false], options);
		}
	});

	it('says where everything is', () => {
		const text = 'a\n\\includegraphics[alt={b\\%}]{ c.png }';
		assert.deepEqual(readLatex(text).pictures, [
			{
				span: { start: 2, end: text.length },
				target: { start: 31, end: 36 },
				href: 'c.png',
				kind: 'path',
				alt: { text: 'b%', span: { start: 24, end: 27 } },
				lacksAlt: false,
			},
		]);
	});

	const fragments = [
		'words, \\emph{more} [and] \\{more\\} 10\\% \\\\',
		'% limn: a fox | size=1x1 \\includegraphics{no.png}',
		'text % and a comment {',
		'%% two signs',
		'\\begin{comment}\n\\includegraphics{no.png} % in it\n\\end{comment}',
		'\\begin{verbatim}\n\\includegraphics{no.png} % no\n\\end{verbatim}',
		'\\begin{lstlisting}\n\\includegraphics{no.png} % no\n\\end{lstlisting}',
		'a \\verb|% no| and \\verb+\\includegraphics{no.png}+ b',
		'\\includegraphics{a.png}',
		'\\includegraphics[width=.5\\linewidth, alt={A \\emph{red} fox, 5\\%}]{images/b c.png}',
		'\\begin{figure}[ht]\n  \\includegraphics*[%\n    alt=A fox, % in options\n    angle=90\n  ]{d_e.png}\n  \\caption{Text}\\label{f:x}\n\\end{figure}',
		'\\section{Title \\includegraphics[height=1em]{icons/e.png} $a_1 \\% 2$}',
		'\\[ a^2 % math\n\\]',
		'\\newcommand{\\fox}[1]{\\includegraphics[alt={#1}]{f.png}}',
	];
	const documents = fc
		.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 8 })
		.chain((parts) => fc.constantFrom('\n', '\n\n').map((eol) => parts.join(eol)));

	it('finds what unified-latex finds', () => {
		fc.assert(
			fc.property(documents, fc.boolean(), (lines, windows) => {
				const { images, comments } = readByUnified(lines);
				const text = windows ? lines.replaceAll('\n', '\r\n') : lines;
				const read = readLatex(text);
				const words = read.comments.flatMap(({ lines }) => lines.map(({ start, end }) => text.slice(start, end)));
				assert.deepEqual(
					words.filter(Boolean),
					comments.flatMap((comment) => comment.split(/\s*\n\s*/)).filter(Boolean),
					text,
				);
				assert.deepEqual(
					read.pictures.map(({ span, href, alt }) => [lineOf(text, span.start), href, alt?.text]),
					images.map(({ start, path, alt }) => [lineOf(lines, start), path, alt]),
					text,
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('reads any text, in a time that grows with it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => void readWords(readLatex, text)),
			{ numRuns: 500 },
		);
		const bits = fc.constantFrom(
			...'\\includegraphics [ ] { } alt= alt={ , % \\begin{comment} \\end{comment} \\verb | \\ a.png \\url{'.split(' '),
			'\n',
			' ',
			'\\begin{verbatim}',
		);
		fc.assert(
			fc.property(fc.array(bits, { maxLength: 40 }), (parts) => void readWords(readLatex, parts.join(''))),
			{ numRuns: 700 },
		);
		assertLinear(readLatex, [
			'a',
			'%',
			'% a\n',
			'\\',
			'{',
			'\\includegraphics',
			'\\includegraphics[',
			'\\includegraphics[{',
			'\\includegraphics{',
			'\\includegraphics{a}',
			'\\includegraphics[alt={',
			'\\includegraphics[a==',
			'=%',
			'alt={',
			'\\verb|',
			'\\verb',
			'\\lstinline[',
			'\\url{',
			'\\begin{',
			'\\begin{comment}',
			'\\begin{verbatim}a\\end{verbatim}',
			' \n',
			'\r',
			'\\string',
			',',
			'=',
			']',
		]);
	});
});

function lineOf(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}
