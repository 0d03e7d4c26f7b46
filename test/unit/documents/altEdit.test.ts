import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { altEdit, edited, pictureAt } from '../../../src/documents/altEdit';
import { asciidoc } from '../../../src/documents/languages/asciidoc';
import { escapeAttribute, html } from '../../../src/documents/languages/html';
import { jsx } from '../../../src/documents/languages/jsx';
import type { DocumentLanguage, PictureLink, ReadDocument } from '../../../src/documents/languages/language';
import { latex } from '../../../src/documents/languages/latex';
import { markdown } from '../../../src/documents/languages/markdown';
import { mdx } from '../../../src/documents/languages/mdx';
import { org } from '../../../src/documents/languages/org';
import { svelte } from '../../../src/documents/languages/svelte';
import { destinationOf } from '../../../src/documents/languages/target';
import { typst } from '../../../src/documents/languages/typst';
import { vue } from '../../../src/documents/languages/vue';
import { anyAlt } from './languages/arbitraries';

/** Enough of a reader for what these tests write: inline pictures of Markdown. */
const readMarks: ReadDocument = (text) => ({
	comments: [],
	pictures: Array.from(
		text.matchAll(/!\[((?:\\.|[^\]\\])*)\]\(([^()]*)\)/gs),
		({ index, 0: whole, 1: alt = '', 2: href = '' }) =>
			linkOf({ index, whole, href, alt: { written: alt, text: alt.replace(/\\(.)/g, '$1'), at: 2 } }),
	),
});

/** The same for tags, with attributes in double quotes, in single ones and in none. */
const readTags: ReadDocument = (text) => ({
	comments: [],
	pictures: Array.from(
		text.matchAll(/<img(?:\s+[a-z]+=(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))*\s*>/g),
		({ index, 0: whole }) => {
			const attribute = (name: string) => {
				const found = new RegExp(String.raw`\s${name}=(?:"([^"]*)"|'([^']*)'|([^\s"'=<>]+))`, 'd').exec(whole);
				const group = [1, 2, 3].find((number) => found?.[number] !== undefined) ?? 0;
				return (
					found && {
						written: found[group] ?? '',
						text: plain(found[group] ?? ''),
						at: found.indices?.[group]?.[0] ?? 0,
					}
				);
			};
			const alt = attribute('alt');
			return linkOf({ index, whole, href: attribute('src')?.text ?? '', ...(alt && { alt }) });
		},
	),
});

function plain(text: string): string {
	return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

interface Seen {
	readonly index: number;
	readonly whole: string;
	readonly href: string;
	readonly alt?: { readonly written: string; readonly text: string; readonly at: number };
}

function linkOf({ index, whole, href, alt }: Seen): PictureLink {
	const span = { start: index, end: index + whole.length };
	const start = index + (alt?.at ?? 0);
	const said = alt && { alt: { text: alt.text, span: { start, end: start + alt.written.length } } };
	return { span, target: span, href, kind: 'url', ...said, lacksAlt: !alt };
}

const marks: DocumentLanguage = { ...markdown, read: readMarks };
const tags: DocumentLanguage = {
	reference: { template: '<img src="${src}" alt="${alt}">', src: destinationOf, alt: escapeAttribute },
	block: false,
	read: readTags,
};

/** The text in which the first picture says it. */
function described(language: DocumentLanguage, text: string, alt: string): string | undefined {
	const [picture] = language.read?.(text).pictures ?? [];
	assert.ok(picture);
	const edit = altEdit(language, text, picture, alt);
	return edit && edited(text, edit);
}

describe('describing a picture in a document', () => {
	it('puts the words in the place of those that are there, escaped', () => {
		assert.equal(described(marks, 'a ![x](f.png) b', 'A [red] fox*'), String.raw`a ![A \[red\] fox\*](f.png) b`);
		assert.equal(described(marks, '![](f.png)', 'A fox'), '![A fox](f.png)');
		assert.equal(
			described(tags, '<img alt="x" src="f.png">', 'a "b" <c>'),
			'<img alt="a &#34;b&#34; &#60;c&#62;" src="f.png">',
		);
	});

	it('says that it is decoration with no words', () => {
		assert.equal(described(marks, '![x](f.png)', ''), '![](f.png)');
		assert.equal(described(tags, '<img alt="x" src="f.png">', ''), '<img alt="" src="f.png">');
		assert.equal(described(tags, '<img src="f.png">', ''), '<img alt="" src="f.png">');
	});

	it('brings quotes where there are none', () => {
		assert.equal(described(tags, '<img alt=x src="f.png">', 'A fox'), '<img alt="A fox" src="f.png">');
		assert.equal(described(tags, '<img alt=x src="f.png">', 'fox'), '<img alt=fox src="f.png">');
	});

	it('adds an attribute where the tag says nothing', () => {
		assert.equal(described(tags, '<p><img src="f.png"></p>', 'A fox'), '<p><img alt="A fox" src="f.png"></p>');
	});

	it('writes nothing that would be read as something else', () => {
		const silent: DocumentLanguage = { ...marks, reference: { ...marks.reference, alt: () => '](evil.png)' } };
		assert.equal(described(silent, '![x](f.png)', 'A fox'), undefined);
	});

	it('writes no second alt beside one that only a program knows', () => {
		for (const [language, text] of [
			[svelte, '<img src="a.png" alt={x}>'],
			[svelte, '<img {alt} src="a.png">'],
			[svelte, '<img src="a.png" alt = {x} />'],
			[jsx, "const a = <img src='a.png' alt={t('x')} />;"],
			[mdx, "<img src='a.png' alt={t('x')} />"],
			[vue, '<template><img src="a.png" :alt="x"></template>'],
			[vue, '<template><img src="a.png" v-bind:alt="x"></template>'],
			[html, '<img src="a.png" alt>'],
			[html, '<img alt src="a.png">'],
		] as const) {
			assert.equal(described(language, text, 'A fox'), undefined, text);
		}
		assert.equal(described(svelte, '<img src="alt.png">', 'A fox'), '<img alt="A fox" src="alt.png">');
		assert.equal(described(html, '<img data-alt="x" src="a.png">', 'A'), '<img alt="A" data-alt="x" src="a.png">');
	});

	it('writes an apostrophe between apostrophes as a reference', () => {
		const before = "<p><img alt='x' src='f.png'></p>";
		for (const language of [tags, html]) {
			const after = described(language, before, "Tom's & Ann's fox");
			assert.equal(after, "<p><img alt='Tom&#39;s &#38; Ann&#39;s fox' src='f.png'></p>");
		}
	});

	for (const [name, language, pairs] of [
		[
			'AsciiDoc',
			asciidoc,
			[
				['image::a.png[]', 'image::a.png[alt="A fox, red"]'],
				['image::a.png[width=200]', 'image::a.png[alt="A fox, red",width=200]'],
				['image::a.png[,200]', 'image::a.png[alt="A fox, red",200]'],
				['see image:a.png[] there', 'see image:a.png[alt="A fox, red"] there'],
				['image::a.png[Hen]', 'image::a.png["A fox, red"]'],
			],
		],
		[
			'LaTeX',
			latex,
			[
				['\\includegraphics{a}', '\\includegraphics[alt={A fox, red}]{a}'],
				['\\includegraphics*{a}', '\\includegraphics*[alt={A fox, red}]{a}'],
				['\\includegraphics[]{a}', '\\includegraphics[alt={A fox, red}]{a}'],
				['\\includegraphics[width=3cm]{a}', '\\includegraphics[alt={A fox, red},width=3cm]{a}'],
			],
		],
		[
			'Org',
			org,
			[
				['[[file:a.png]]', '#+ATTR_HTML: :alt A fox, red\n[[file:a.png]]'],
				['* Foxes\n\n  [[file:a.png]]\n', '* Foxes\n\n  #+ATTR_HTML: :alt A fox, red\n  [[file:a.png]]\n'],
				['# limn: a fox\r\n[[./a.png]]\r\n', '# limn: a fox\r\n#+ATTR_HTML: :alt A fox, red\r\n[[./a.png]]\r\n'],
				[
					'#+ATTR_HTML: :width 200\n[[file:a.png]]',
					'#+ATTR_HTML: :alt A fox, red\n#+ATTR_HTML: :width 200\n[[file:a.png]]',
				],
				['a line\n[[file:a.png]]', undefined],
				['see [[file:a.png]]', undefined],
			],
		],
	] as const) {
		it(`finds a place in what ${name} writes most`, () => {
			for (const [before, after] of pairs) assert.equal(described(language, before, 'A fox, red'), after, before);
		});
	}

	it('keeps its place in lists, whatever the words', () => {
		const references = [
			[asciidoc, 'image::a.png[width=200]'],
			[latex, '\\includegraphics[width=3cm]{a.png}'],
			[latex, '\\includegraphics{a.png}'],
			[org, '[[file:a.png]]'],
			[html, "<img alt='' src='a.png'>"],
		] as const;
		fc.assert(
			fc.property(anyAlt, fc.constantFrom(...references), (alt, [language, reference]) => {
				const after = described(language, reference, alt);
				assert.ok(after !== undefined);
				const [found, ...others] = language.read?.(after).pictures ?? [];
				assert.deepEqual([found?.alt?.text, found?.href, others], [alt, 'a.png', []]);
			}),
		);
	});

	it('says it as the language does where nothing is said yet', () => {
		const { reference, ...typstElse } = typst;
		assert.equal(described(typst, 'a\n#image("f.png")\n', 'A "fox"'), 'a\n#image("f.png", alt: "A \\"fox\\"")\n');
		assert.equal(described(typst, '#image("f.png", width: 5cm)', 'Fox'), '#image("f.png", alt: "Fox", width: 5cm)');
		assert.equal(described(typst, '#image("f.png", width: 5cm)', ''), '#image("f.png", alt: "", width: 5cm)');
		const before = { ...reference, template: '#image(alt: "${alt}", "${src}")' };
		assert.equal(
			described({ ...typstElse, reference: before }, '#image("f.png")', 'Fox'),
			'#image(alt: "Fox", "f.png")',
		);
		const wider = { ...reference, template: '#image("${src}", width: ${width}, alt: "${alt}")' };
		assert.equal(described({ ...typstElse, reference: wider }, '#image("f.png")', 'Fox'), undefined);
		assert.equal(
			described({ ...typstElse, reference: { ...reference, template: '${src}' } }, '#image("f.png")', 'Fox'),
			undefined,
		);
	});

	it('has no place for it where the reference is no tag and says nothing', () => {
		const mute: ReadDocument = (text) => ({
			comments: [],
			pictures: readMarks(text).pictures.map(({ span, target, href, kind }) => ({
				span,
				target,
				href,
				kind,
				lacksAlt: true,
			})),
		});
		assert.equal(described({ ...marks, read: mute }, '![x](f.png)', 'A fox'), undefined);
		const { read: _, ...unread } = marks;
		const [picture] = readMarks('![x](f.png)').pictures;
		assert.ok(picture);
		assert.equal(altEdit(unread, '![x](f.png)', picture, 'A fox'), undefined);
	});

	it('changes no other letter, whatever the words', () => {
		const around = fc.constantFrom('', 'text ', '![other](g.png) ', '<img alt="o" src="g.png">\n', 'ü🦊\r\n');
		fc.assert(
			fc.property(anyAlt, around, around, fc.boolean(), (alt, before, after, isTag) => {
				const language = isTag ? tags : marks;
				const reference = isTag ? '<img src="f.png" alt="x">' : '![x](f.png)';
				const text = before + reference + after;
				const picture = language.read?.(text).pictures.find(({ href }) => href === 'f.png');
				assert.ok(picture?.alt);
				const edit = altEdit(language, text, picture, alt);
				assert.ok(edit);
				assert.deepEqual(edit.span, picture.alt.span);
				const found = language.read?.(edited(text, edit)).pictures.find(({ href }) => href === 'f.png');
				assert.equal(found?.alt?.text, alt);
			}),
		);
	});
});

describe('the picture that somebody points at', () => {
	const text = '![a](a.png) and\n![b](b.png) ![c](c.png)\n\nnone\n  ![d](d.png) \r\n';
	const { pictures } = readMarks(text);
	const at = (words: string, further = 0): string | undefined =>
		pictureAt(text, pictures, text.indexOf(words) + further)?.href;

	it('is the one that the place is in, its ends included', () => {
		assert.equal(at('![a]'), 'a.png');
		assert.equal(at('a.png'), 'a.png');
		assert.equal(at('a.png)', 6), 'a.png');
		assert.equal(at('![c]', 2), 'c.png');
		assert.equal(at('c.png)', 6), 'c.png');
	});

	it('is else the only one of the line', () => {
		assert.equal(at('and'), 'a.png');
		assert.equal(at('and', 3), 'a.png');
		assert.equal(at('  ![d]'), 'd.png');
		assert.equal(at(' \r\n', 1), 'd.png');
	});

	it('is none where there are several, or none', () => {
		assert.equal(at('none'), undefined);
		assert.equal(at('\nnone'), undefined);
		assert.equal(pictureAt('', [], 0), undefined);
		assert.equal(pictureAt('\n![a](a.png)', readMarks('\n![a](a.png)').pictures, 0), undefined);
		const two = '![b](b.png) x ![c](c.png)';
		assert.equal(pictureAt(two, readMarks(two).pictures, two.indexOf('x')), undefined);
	});
});
