import assert from 'node:assert/strict';
import { parse } from '@astrojs/compiler/sync';
import type { Node, TagLikeNode } from '@astrojs/compiler/types';
import * as fc from 'fast-check';
import { astro } from '../../../../src/documents/languages/astro';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { assertLinear } from './readingChecks';
import { assertShown, hrefsSeen, pathOfHref, seenIn, wordsSeen } from './seen';

const size = { width: 1024, height: 768 };

/** The comments of the markup and the pictures of a component, by Astro's own parser. */
function parseAstro(text: string): { words: string[]; pictures: { src: string; alt: string | undefined }[] } {
	const nodes = below(parse(text, { position: true }).ast);
	return {
		words: nodes
			.flatMap((node) => (node.type === 'comment' ? node.value.split(/\r\n|\n/).map((line) => line.trim()) : []))
			.filter((line) => line !== ''),
		pictures: nodes.flatMap((node) => {
			if (!isTag(node) || !/^(?:img|Image|Picture)$/.test(node.name)) return [];
			const said = Object.fromEntries(
				node.attributes.flatMap(({ kind, name, value }) => (kind === 'quoted' ? [[name, value]] : [])),
			);
			return said['src'] ? [{ src: said['src'], alt: said['alt'] }] : [];
		}),
	};
}

function isTag(node: Node): node is TagLikeNode {
	return 'attributes' in node;
}

function below(node: Node): Node[] {
	return 'children' in node ? [node, ...node.children.flatMap(below)] : [node];
}

describe('an Astro reference', () => {
	it('is that of HTML', () => {
		assert.equal(
			writeReference(astro, { path: 'images/a fox.png', alt: 'A {fox}', ...size }),
			'<img src="images/a%20fox.png" alt="A {fox}" width="1024" height="768">',
		);
	});

	it('shows this picture with this alt text, and nothing else, whatever they are', () => {
		const around = [
			['<p>before', 'after</p>'],
			['---\nconst a = "<p>";\n---\n{a && ', '}'],
			['<!-- a -->{b.map((c) => <p>{c} ', '</p>)}'],
		] as const;
		assertShown(astro, around, (text) =>
			parseAstro(text).pictures.map(({ src, alt = '' }) => ({ path: pathOfHref(src), alt })),
		);
	});
});

/** Asserts that Limn sees in markup what Astro does; comments of scripts apart. */
function assertSame(text: string): void {
	const seen = seenIn(astro, text);
	const { words, pictures } = parseAstro(text);
	const inMarkup = { ...seen, comments: seen.comments.filter(([whole = '']) => whole.startsWith('<!--')) };
	assert.deepEqual(wordsSeen(inMarkup), words, text);
	assert.deepEqual(
		seen.pictures.map(({ href, alt }) => [href, alt]),
		pictures.map(({ src, alt }) => [src.trim(), alt]),
		text,
	);
}

const component = `
<!-- a -->
---
import fox from './fox.png'; // limn: b
const c = "---" /* d */, e = \`
---
\`; /* --- */ const f = '<img src="g.png">', h = i as Array<string>;
---
<!-- limn: j | size=1:1 -->
<img src="k.png" alt="l &amp; {m}"/>
<Image src="n.png" width={1} {...o} /><Picture src='p.png' {alt}></Picture><img src={fox} alt=""/><img src=\`q/\${r}.png\`>
{/* limn: s */}
{t.map((u) => <li title={v > w}>{u} it's // no <br> <img src="x.png"> <!-- y --> {z && <><img src='A.png' alt=""></>}</li>)}
{B /* } */} { /* <img src="C.png"> */ } {"}"} {\`\${D}}\`}
<script>// E
const F = "</p><img src='G.png'>"; /* H */</script>
<style lang="scss">a { b: url("I.png"); /* J */ } // K
</style><style>// L {} /* M */</style>
<textarea><img src="N.png"></textarea><title>{O}</title><p is:raw>{ <img src="P.png"> </p><noscript><img src="Q.png" role="none"></noscript>
`;

describe('pictures and comments in Astro', () => {
	it('are those of markup, of scripts and of code', () => {
		assertSame(component);
		const seen = seenIn(astro, component);
		assert.deepEqual(
			seen.pictures.map(({ href, alt, lacksAlt }) => [href, alt, lacksAlt]),
			[
				['k.png', 'l & {m}', undefined],
				['n.png', undefined, undefined],
				['p.png', undefined, undefined],
				['x.png', undefined, true],
				['A.png', '', undefined],
				['Q.png', undefined, undefined],
			],
		);
		const words = [
			'a',
			'limn: b',
			'd',
			'---',
			'limn: j | size=1:1',
			'limn: s',
			'y',
			'}',
			'<img src="C.png">',
			'E',
			'H',
			'J',
			'K',
			'M',
		];
		assert.deepEqual(wordsSeen(seen), words);
		assert.ok(seen.comments.some(([whole]) => whole === '{/* limn: s */}'));
	});

	it('are there without a script before them, and where that never ends', () => {
		assert.deepEqual(hrefsSeen(seenIn(astro, '<p>---</p><img src="a.png">---')), ['a.png']);
		assert.deepEqual(seenIn(astro, '---\n// a\n<img src="b.png">'), { comments: [['// a', 'a']], pictures: [] });
	});

	it('are what Astro sees, whatever there is', () => {
		const anyScript = fc.constantFrom(
			'',
			'---\n---\n',
			'---\nconst a = "---", b = `---\n---`; // "---\n/* ---\n--- */\n---\n',
			'<!-- a -->\n---\nb\n---\n',
		);
		fc.assert(
			fc.property(anyScript, fc.array(anyPiece, { maxLength: 8 }), (script, pieces) =>
				assertSame(script + pieces.join('')),
			),
			{ numRuns: 500 },
		);
	});

	it('are read in no more time than the text is long', () => {
		const { read } = astro;
		assert.ok(read);
		assertLinear(read, [
			'---',
			'---\n',
			'{',
			'{<a>',
			'<a b={',
			'<a {',
			'{/*',
			'<script>',
			'<style>/*',
			'<!--',
			'`',
			'{`${',
			'{<!--',
			'<>',
			'</>',
			'-',
		]);
		assertLinear(read, [
			'<img {src} src="a.png" alt={"b"}>',
			'{a /* b */}',
			'{"}"}',
			'<a b={c} />',
			'{<p>{',
			'</p>}',
			'<a b=`c`>',
			'{/* a */}',
		]);
	});
});

const anyPiece = fc.constantFrom(
	'<img src="a.png" alt="b &lt; c">',
	"<img src='d e.png' />",
	'<img src=f.png alt="">',
	'<img src={g} alt="h">',
	'<Image src="i.png" alt="j"/>',
	'<p a="{b}c" {d} e={f > g} {...h}></p>',
	'<p a={{ b: "}" }}>{c}</p>',
	'<p a={() => { b = "<p>"; }}>a & b</p>',
	'<p a=`b${c}`>e</p>',
	'<p a=b{c}d></p>',
	'{a < b}',
	'{"<img src=n.png>"}',
	"{'<!--'}",
	'{`${a}}`}',
	'{a / b /* c */ / d}',
	'{({ a: { b: 1 } }).a}',
	'{a /* } */}',
	'{// }\na}',
	'{a && <i>b</i>}',
	'{a.map((b) => <li>{b} <img src="c.png"> it\'s</li>)}',
	'{a ? <br> : <><b>"</b></>}',
	'{(() => { return <i>{b}</i> })()}',
	'<!-- o -->',
	'<!--\n p <img src="q.png">\n-->',
	'<br>',
	'<>a</>',
	'{<!-- r -->}',
	'{a && <!-- s -->}',
	'}',
	'\n',
	'<script>"</p>"</script>',
	'<slot />',
	'<p is:raw>{"</p>',
	'<style>a > b { c: "}" }</style>',
	'<p set:html={"<b>"} />',
	'<p title={"a"}>it\'s "b"</p>',
	'<p {/* <img src="c.png"> */} />',
);
