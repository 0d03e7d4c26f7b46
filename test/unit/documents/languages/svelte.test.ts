import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type AST, parse } from 'svelte/compiler';
import { svelte } from '../../../../src/documents/languages/svelte';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { assertLinear } from './readingChecks';
import { assertShown, hrefsSeen, pathOfHref, seenIn, wordsSeen } from './seen';

const size = { width: 1024, height: 768 };

/** The comments and pictures of a component, by Svelte's own parser. */
function parseSvelte(text: string): { words: string[]; pictures: { src: string; alt: string | undefined }[] } {
	const root = parse(text, { modern: true });
	const comments: { start: number; words: string }[] = root.comments.map(({ start, value }) => ({
		start,
		words: value,
	}));
	const pictures: { src: string; alt: string | undefined }[] = [];
	const visit = (node: unknown): void => {
		if (typeof node !== 'object' || node === null) return;
		if (isNode(node, 'Comment')) comments.push({ start: node.start, words: node.data });
		else if (isNode(node, 'RegularElement') || isNode(node, 'Component')) {
			const src = /^(?:img|enhanced:img|.*Image)$/.test(node.name) && saidBy(node, 'src');
			if (src) pictures.push({ src, alt: saidBy(node, 'alt') });
		}
		for (const [key, value] of Object.entries(node)) if (!/metadata|loc|Comments$/.test(key)) visit(value);
	};
	visit(root.fragment);
	const inOrder = comments.toSorted((one, other) => one.start - other.start);
	return {
		words: inOrder
			.flatMap(({ words }) => words.split(/\r\n|\n/).map((line) => line.trim()))
			.filter((line) => line !== ''),
		pictures,
	};
}

type NodeOf<Type> = Extract<AST.Fragment['nodes'][number], { type: Type }>;

function isNode<Type extends AST.Fragment['nodes'][number]['type']>(node: object, type: Type): node is NodeOf<Type> {
	return 'type' in node && node.type === type;
}

/** What an attribute says that is text alone. */
function saidBy({ attributes }: AST.RegularElement | AST.Component, name: string): string | undefined {
	const found = attributes.find((attribute) => attribute.type === 'Attribute' && attribute.name === name);
	if (found?.type !== 'Attribute' || !Array.isArray(found.value)) return undefined;
	const [only, ...others] = found.value;
	return only?.type === 'Text' && others.length === 0 ? only.data : undefined;
}

describe('a Svelte reference', () => {
	it('has no code in it', () => {
		assert.equal(
			writeReference(svelte, { path: 'images/a fox.png', alt: 'A {fox}', ...size }),
			'<img src="images/a%20fox.png" alt="A &#123;fox}" width="1024" height="768">',
		);
		const uri = 'https://site.example/{a}.png?b=1&copy;';
		const [picture] = parseSvelte(writeReference(svelte, { uri, alt: '', ...size })).pictures;
		assert.equal(picture?.src, uri);
	});

	it('shows this picture with this alt text, and nothing else, whatever they are', () => {
		const around = [
			['<p>before', 'after</p>'],
			['<script>let a = "<p>";</script>{#if a}', '{:else}b{/if}'],
			['<!-- a --><b c="{d > "e"}">', '</b>'],
		] as const;
		assertShown(svelte, around, (text) =>
			parseSvelte(text).pictures.map(({ src, alt = '' }) => ({ path: pathOfHref(src), alt })),
		);
	});
});

/** Asserts that Limn sees in a component what Svelte does. */
function assertSame(text: string): ReturnType<typeof seenIn> {
	const seen = seenIn(svelte, text);
	const { words, pictures } = parseSvelte(text);
	assert.deepEqual(wordsSeen(seen), words, text);
	assert.deepEqual(
		seen.pictures.map(({ href, alt }) => [href, alt]),
		pictures.map(({ src, alt }) => [src.trim(), alt]),
		text,
	);
	return seen;
}

describe('pictures and comments in Svelte', () => {
	it('are those of markup, of scripts and of code', () => {
		const seen = assertSame(`<!-- a -->
			<script module lang="ts">
				// limn: b
				const c: Array<string> = ['<img src="d.png">' /* e */];
			</script>
			<!-- limn: f | size=1:1 -->
			<img src="g.png" alt="h &amp; &#123;i}" // j
				/* k */ width={1}>
			<Image src="l.png" {alt} /><enhanced:img src="./m.png" {...n} /><img src='o.png' alt={p}/>
			<img {src} alt=""><img src={'q' + r}><img src="{s}.png"><img src="t/{u ? "v" : 'w'}.png" alt="x"><img src=y.png/>
			{#if z}{/if}{#if z < 1 && /}<img src="A.png">/.test(B)}{:else if C /* D */}{/if}{@html "<img src='E.png'>"}
			{#each [{ F: "}" }, \`\${G}}\`] as { H } (H.I)}<p title="{J}>">{H /* K } */}</p>{/each}
			{#snippet L(M)}<img src="N.png" alt="O">{/snippet}<textarea>{P}<img src="Q.png"></textarea>`);
		assert.deepEqual(
			seen.pictures.map(({ href, alt, lacksAlt }) => [href, alt, lacksAlt]),
			[
				['g.png', 'h & {i}', undefined],
				['l.png', undefined, undefined],
				['./m.png', undefined, undefined],
				['o.png', undefined, undefined],
				['y.png', undefined, true],
				['N.png', 'O', undefined],
			],
		);
		assert.deepEqual(wordsSeen(seen), ['a', 'limn: b', 'e', 'limn: f | size=1:1', 'j', 'k', 'D', 'K }']);
	});

	it('are those of style sheets', () => {
		const text = '<style lang="scss">a { b: url("c.png"); /* d */ } // e\n</style><img src="f.png" alt="">';
		assert.deepEqual(wordsSeen(seenIn(svelte, text)), ['d', 'e']);
		assert.deepEqual(hrefsSeen(seenIn(svelte, text)), ['f.png']);
		assert.deepEqual(wordsSeen(seenIn(svelte, '<style>/* a */ // b {} /* c */</style>')), ['a', 'c']);
	});

	it('are also addresses that are strings in braces', () => {
		assert.deepEqual(hrefsSeen(seenIn(svelte, '<img src={"a.png"} alt=""><img src={`b.png`} alt="">{/* c */}')), [
			'a.png',
			'b.png',
		]);
	});

	it('are what Svelte sees, whatever there is', () => {
		fc.assert(
			fc.property(fc.array(anyPiece, { maxLength: 8 }), (pieces) => void assertSame(pieces.join(''))),
			{ numRuns: 700 },
		);
	});

	it('are read in no more time than the text is long', () => {
		const { read } = svelte;
		assert.ok(read);
		assertLinear(read, [
			'{',
			'{#if ',
			'<a b="{',
			'<a {',
			'<a b="{c}',
			'{/',
			'{/*',
			'<script>',
			'<style>/*',
			'<!--',
			'`',
			'{`${',
			'<textarea>',
			'<a //',
		]);
		assertLinear(read, [
			'<img {src} src="a.png" alt="{b}">',
			'{a /* b */}',
			'{"}"}',
			'<a b={c} />',
			'{/if}',
			'{/* a */}',
			'<a b=c{d}e>',
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
	'<p on:click={() => { a = "<p>"; }}>a & b</p>',
	'<p a=b{c}d>e</p>',
	'{a < b}',
	'{"<img src=n.png>"}',
	"{'<!--'}",
	'{`${a}}`}',
	'{(/[}"]/).test(a)}',
	'{a / b /* c */ / d}',
	'{({ a: { b: 1 } }).a}',
	'{a /* } */}',
	'{#if a}<i>b</i>{:else}c{/if}',
	'{#each a as b, c (b)}{b}{/each}',
	'{#await a then b}{b}{/await}',
	'{@html a}',
	'{#key a}b{/key}',
	'<!-- o -->',
	'<!--\n p <img src="q.png">\n-->',
	'<br>',
	'<svelte:element this={a}/>',
	'<textarea>{a}<img src="b.png"></textarea>',
	'}',
	'\n',
	'<p /* a */ b // c\n>d</p>',
	'<p title={"a"}>it\'s "b"</p>',
	'<p a=\'{b ? "c" : `d`}\'></p>',
	'<p style:a="b" class:c={d}>// e /* f */</p>',
);
