import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { html } from '../../../../src/documents/languages/html';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { imagesOfHtml } from './parse';
import { assertLinear } from './readingChecks';
import { assertShown, hrefsSeen, seenIn, wordsSeen } from './seen';

const size = { width: 1024, height: 768 };
const fox = { path: 'images/fox.png', alt: "It's a fox", ...size };

describe('an HTML reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(writeReference(html, fox), '<img src="images/fox.png" alt="It\'s a fox" width="1024" height="768">');
	});

	it('shows this picture with this alt text, and nothing else, whatever they are', () => {
		assertShown(
			html,
			[
				['<p>before', 'after</p>'],
				['<svg></svg>', ''],
				['<!-- a -->', '<!-- b -->'],
			],
			(text) => imagesOfHtml(text).map(({ path, alt }) => ({ path, alt })),
		);
	});

	it('says its size, and nothing more', () => {
		const attributes = imagesOfHtml(writeReference(html, fox))[0]?.attributes;
		assert.deepEqual(attributes, { src: 'images/fox.png', alt: "It's a fox", width: '1024', height: '768' });
	});

	it('keeps an empty alt text: the picture is decoration then', () => {
		assert.match(writeReference(html, { ...fox, alt: '' }), / alt="" /);
	});

	it('lets nobody out of the attribute', () => {
		const text = writeReference(html, { ...fox, path: '" onerror="x', alt: '"><script>alert(1)</script>' });
		assert.doesNotMatch(text, /<script|onerror="|&quot/);
		assert.equal(imagesOfHtml(text)[0]?.alt, '"><script>alert(1)</script>');
	});

	it('keeps what looks like a character reference', () => {
		const alt = '&amp; &lt &#38;';
		assert.equal(imagesOfHtml(writeReference(html, { ...fox, alt }))[0]?.alt, alt);
		const uri = 'https://site.example/fox.png?a=1&copy;=2';
		assert.equal(imagesOfHtml(writeReference(html, { uri, alt, ...size }))[0]?.attributes['src'], uri);
	});
});

describe('pictures in HTML', () => {
	it('are where they are, as they are', () => {
		assert.deepEqual(seenIn(html, 'a <img src=" a%20b.png?x=1&amp;y " alt=\'A &lt;fox&gt;\' /> b').pictures, [
			{
				span: '<img src=" a%20b.png?x=1&amp;y " alt=\'A &lt;fox&gt;\' />',
				target: 'a%20b.png?x=1&amp;y',
				href: 'a%20b.png?x=1&y',
				alt: 'A <fox>',
			},
		]);
	});

	const lacking: readonly (readonly [tag: string, lacks: boolean])[] = [
		['<img src=x>', true],
		['<img src=x alt="">', false],
		['<img src=x alt>', false],
		['<img src=x ALT=fox>', false],
		['<img src=x role=presentation>', false],
		['<img src=x role="none">', false],
		['<img src=x role="figure">', true],
		['<img src=x aria-hidden="true">', false],
		['<img src=x aria-hidden="false">', true],
		['<img src=x data-alt="a">', true],
		['<img src=x title="a">', true],
	];
	for (const [tag, lacks] of lacking) {
		it(`${lacks ? 'lack' : 'do not lack'} words in ${tag}`, () =>
			assert.equal(seenIn(html, tag).pictures[0]?.lacksAlt === true, lacks));
	}

	it('are not in text, in comments, in values, in code', () => {
		const text = [
			'<!-- <img src="a.png"> -->',
			'<p title="<img src=b.png>">a < b</p>',
			'<script>"<img src=c.png>"</script><STYLE>/* <img src=d.png> */</Style >',
			'<textarea><img src=e.png></textarea><title><img src=f.png></title>',
			'<svg><title/></svg><noscript><img src=yes.png></noscript><template><img src=too.png></template>',
			'<image src=g.png><input type=image src=h.png><img><img src="">',
		].join('\n');
		assert.deepEqual(hrefsSeen(seenIn(html, text)), ['yes.png', 'too.png']);
	});

	it('are what the standard makes of it, whatever there is', () => {
		fc.assert(
			fc.property(anyHtml, (text) => {
				const seen = seenIn(html, text);
				const expected = standard(text);
				assert.deepEqual(wordsSeen(seen), expected.words, text);
				assert.deepEqual(
					seen.pictures.map((picture) => [
						picture.href,
						picture.alt ?? (picture.lacksAlt ? undefined : ''),
						picture.span,
					]),
					expected.pictures,
					text,
				);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('comments in HTML', () => {
	it('have the words of their lines', () => {
		const text = '<!-- limn: a fox\r\n\r\n\t at dawn | size=1:1 -->\r\n<img src="fox.png">\n<!---->';
		assert.deepEqual(seenIn(html, text).comments, [
			['<!-- limn: a fox\r\n\r\n\t at dawn | size=1:1 -->', 'limn: a fox', 'at dawn | size=1:1'],
			['<!---->'],
		]);
	});

	it('that do not end hide the rest, and are none', () => {
		assert.deepEqual(seenIn(html, '<!-- limn: a fox\n<img src="fox.png">'), { comments: [], pictures: [] });
	});
});

describe('the base of an HTML document', () => {
	it('is the folder of the first that has an address', () => {
		assert.equal(html.baseOf?.('<head><base target=x><BASE href=" /a/?b&amp;c "><base href="/d/">'), '/a/');
		assert.equal(html.baseOf?.('<base href="https://a.example/b/index.html#c">'), 'https://a.example/b/');
	});

	it('is nothing where there is none', () => {
		assert.equal(html.baseOf?.('<p>base</p>'), undefined);
		assert.equal(html.baseOf?.('<!-- <base href="/a/"> --><basefont href="/b/">'), undefined);
	});
});

describe('reading HTML', () => {
	it('takes no longer than the text is long', () => {
		const { read } = html;
		assert.ok(read);
		assertLinear(read, [
			'<',
			'<!--',
			'<!-- -',
			'<a ',
			'<a b="',
			'"',
			"<img src='",
			'<script>',
			'</',
			'&amp;',
			'<!---->',
		]);
		assertLinear(read, [
			'<img src=x alt="&amp;">',
			'<p>text</p>\n',
			'<script></script>',
			'<title>',
			'<![CDATA[',
			'<a\n=',
			' ',
		]);
	});
});

const anyHtml = fc
	.array(
		fc.constantFrom(
			'<img src="a.png" alt="A &amp; b">',
			"<img src='b c.png'>",
			'<img src=x.png alt>',
			'<IMG SRC=Y.PNG ALT="">',
			'<img alt="a > b" src="q.png"/>',
			'<img src=x/>',
			'<img src="" >',
			'<img>',
			'<img src="d.png" src="e.png">',
			'<img\n\tsrc\n=\n"f.png"\nalt\t=\t"a\tb">',
			'<img/src="g.png"/alt=x/>',
			'<img src=h.png"i"alt=1>',
			"<img src='j.png'alt='k'>",
			'<!-- c -->',
			'<!--\n limn: a\n  fox -->',
			'<!-->',
			'<!--->',
			'<!-- a --!>',
			'<!---->',
			'<!-- <img src="no.png"> -->',
			'<p title="<img src=no>">',
			'</p>',
			'<div>',
			'</div >',
			'</div a=">">',
			'a < b && c > d',
			'<!DOCTYPE html>',
			'<?php echo "<img src=no>" ?>',
			'</ x>',
			'</>',
			'<!x>',
			'<![CDATA[ x ]]>',
			'<textarea><img src=no></textarea>',
			'<script>if (a < b) "<img src=no>"; </scripty></script>',
			'<style>a > b { content: "<img src=x>" }</STYLE\n>',
			'<title><!-- x --></title>',
			'<template><img src="t.png"></template>',
			'<noscript><img src="n.png"></noscript>',
			'<iframe><img src=i></iframe>',
			'<p a=b"c d=\'>\' ="x" e = "f" g>',
			'"',
			"'",
			'<',
			'<!',
			'<a',
			'<!--',
			'-->',
			'--!>',
			'<img src="',
			'<script>',
			'<xmp>',
			'</xmp/>',
			'>',
			'/',
			'=',
			' ',
			'\n',
			'alt',
			'\u00a0',
			'<é>',
			'<svg><path d="M0"/><title/></svg>',
		),
		{ maxLength: 12 },
	)
	.map((pieces) => pieces.join(''));

/** Comments and pictures of a document by the standard's own parser. */
function standard(text: string): { words: string[]; pictures: (string | undefined)[][] } {
	const nodes = below(parse(text, { sourceCodeLocationInfo: true, scriptingEnabled: false }))
		.filter((node) => node.sourceCodeLocation)
		.toSorted(
			(one, other) => (one.sourceCodeLocation?.startOffset ?? 0) - (other.sourceCodeLocation?.startOffset ?? 0),
		);
	const written = ({ sourceCodeLocation: at }: DefaultTreeAdapterMap['node']) =>
		text.slice(at?.startOffset, at?.endOffset);
	return {
		words: nodes
			.flatMap((node) => {
				if (!('data' in node) || !/^<!--[^]*--!?>$|^<!---?>$/.test(written(node))) return [];
				return node.data.split('\n').map((line) => line.trim());
			})
			.filter((line) => line !== ''),
		pictures: nodes.flatMap((node) => {
			if (!('tagName' in node) || node.tagName !== 'img') return [];
			const { src, alt } = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
			return src?.trim() ? [[src.trim(), alt, written(node)]] : [];
		}),
	};
}

function below(node: DefaultTreeAdapterMap['node']): DefaultTreeAdapterMap['node'][] {
	const inner = 'content' in node ? [node.content] : 'childNodes' in node ? node.childNodes : [];
	return [node, ...inner.flatMap(below)];
}
