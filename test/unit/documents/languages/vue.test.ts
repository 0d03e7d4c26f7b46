import assert from 'node:assert/strict';
import { compileTemplate, parse, type SFCDescriptor } from '@vue/compiler-sfc';
import * as fc from 'fast-check';
import { vue } from '../../../../src/documents/languages/vue';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyPath } from './arbitraries';
import { assertLinear } from './readingChecks';
import { assertShown, hrefsSeen, pathOfHref, seenIn, wordsSeen } from './seen';

const size = { width: 1024, height: 768 };

type TemplateNode = NonNullable<NonNullable<SFCDescriptor['template']>['ast']>['children'][number];

/** The comments and pictures of a component's template, by Vue's own parser. */
function parseVue(text: string): { words: string[]; pictures: { src: string; alt: string | undefined }[] } {
	const { descriptor, errors } = parse(text, { ignoreEmpty: false });
	assert.deepEqual(errors, [], text);
	const nodes = (descriptor.template?.ast?.children ?? []).flatMap(below);
	return {
		words: nodes.flatMap(wordsOf).filter((line) => line !== ''),
		pictures: nodes.flatMap((node) => {
			if (!('tag' in node) || !/^(?:img|.*(?:Image|Img|-img))$/.test(node.tag)) return [];
			const said = Object.fromEntries(
				node.props.flatMap((prop) => ('value' in prop ? [[prop.name, prop.value?.content ?? '']] : [])),
			);
			return said['src'] ? [{ src: said['src'], alt: said['alt'] }] : [];
		}),
	};
}

function wordsOf(node: TemplateNode): string[] {
	if (!('content' in node) || typeof node.content !== 'string' || !node.loc.source.startsWith('<!--')) return [];
	return node.content.split(/\r\n|\n/).map((line) => line.trim());
}

function below(node: TemplateNode): TemplateNode[] {
	return 'tag' in node ? [node, ...node.children.flatMap(below)] : [node];
}

/** What a template makes the bundler import. */
function importsOf(template: string): string[] {
	const { ast, errors } = compileTemplate({ source: template, filename: 'Fox.vue', id: 'fox' });
	assert.deepEqual(errors, []);
	return ast && 'imports' in ast ? ast.imports.map(({ path }) => path) : [];
}

describe('a Vue reference', () => {
	it('is an import, for which it begins with a dot', () => {
		assert.equal(
			writeReference(vue, { path: 'images/a fox.png', alt: 'A {{ fox }}', ...size }),
			'<img src="./images/a%20fox.png" alt="A {{ fox }}" width="1024" height="768">',
		);
		const srcOf = (path: string) => /src="([^"]*)"/.exec(writeReference(vue, { path, alt: '', ...size }))?.[1];
		assert.equal(srcOf('../fox.png'), '../fox.png');
		assert.equal(srcOf('/fox.png'), '/fox.png');
		assert.equal(srcOf('.hidden/fox.png'), './.hidden/fox.png');
		assert.equal(srcOf('~a/@b.png'), './~a/%40b.png');
		assert.equal(srcOf('...'), './...');
	});

	it('shows this picture with this alt text, and nothing else, whatever they are', () => {
		const around = [
			['<template><p>before', 'after</p></template>'],
			['<script>a < "</p>"</script><template>{{ a }}', '<!-- b --></template><style></style>'],
			['<!-- a --><template><template #b>', '</template></template>'],
		] as const;
		assertShown(vue, around, (text) =>
			parseVue(text).pictures.map(({ src, alt = '' }) => ({ path: pathOfHref(src), alt })),
		);
	});

	it('is imported from the file itself', () => {
		fc.assert(
			fc.property(anyPath, (path) => {
				const imported = importsOf(`<div>${writeReference(vue, { path, alt: '', ...size })}</div>`);
				assert.deepEqual(imported, [/^\.\.?\//.test(path) ? path : `./${path}`]);
			}),
			{ numRuns: 500 },
		);
	});

	it('stays as it is where it leads from the root of the site or is a whole address', () => {
		for (const target of [{ path: '/images/a b.png' }, { uri: 'https://site.example/a.png?b&copy;' }])
			assert.deepEqual(importsOf(`<div>${writeReference(vue, { ...target, alt: '', ...size })}</div>`), []);
	});
});

const component = `<!-- a -->
<script setup lang="ts">
// limn: b
import fox from './fox.png' // "<img src='c.png'>"
const d = \`</template> /* e */\` /* f */
</script>
<template>
	<!-- limn: g | size=1:1 -->
	<img src="./h.png" alt="{{ i }} &amp; j">
	<p title="<img src=k.png>">{{ l < m ? '<img src="n.png">' : "}" }} <NuxtImg src="o.png"/></p>
	<template #p><v-img src='q.png' :alt="r"></v-img></template>
	<img :src="s" alt=""><img v-bind:src="'t.png'"><img .src="u"><img src="v.png" v-bind="w"><img src=x.png>
	<textarea><img src="y.png"></textarea><my-imgs src="z.png"/>
</template>
<docs lang="md">
<img src="1.png"> <!-- 2 --> // 3
</docs>
<style lang="scss">a { b: url("4.png"); /* 5 */ c: "//"; } // 6
</style><style>// 7 {} /* 8 */</style>
<script lang="tsx">export default () => <p>// 9 {/* 10 */}<img src="11.png" alt="" /></p></script>`;

describe('pictures and comments in Vue', () => {
	it('are those of templates and of scripts', () => {
		const seen = seenIn(vue, component);
		assert.deepEqual(
			seen.pictures.map(({ href, alt, lacksAlt }) => [href, alt, lacksAlt]),
			[
				['./h.png', '{{ i }} & j', undefined],
				['o.png', undefined, true],
				['q.png', undefined, undefined],
				['v.png', undefined, undefined],
				['x.png', undefined, true],
				['11.png', '', undefined],
			],
		);
		assert.deepEqual(wordsSeen(seen), [
			'a',
			'limn: b',
			'"<img src=\'c.png\'>"',
			'f',
			'limn: g | size=1:1',
			'5',
			'6',
			'8',
			'10',
		]);
		const parsed = parseVue(component.replace(/<script lang="tsx">.*/, ''));
		assert.deepEqual(
			parsed.pictures.map(({ src }) => src),
			hrefsSeen(seen).slice(0, -1),
		);
		assert.deepEqual(parsed.words, ['limn: g | size=1:1']);
	});

	it('are none in templates of another language', () => {
		assert.deepEqual(
			hrefsSeen(seenIn(vue, '<template lang="pug">\nimg(src="a.png")\n| <img src="b.png">\n</template>')),
			[],
		);
		assert.deepEqual(hrefsSeen(seenIn(vue, '<template lang="html"><img src="b.png"></template>')), ['b.png']);
	});

	it('are what Vue sees, whatever there is', () => {
		fc.assert(
			fc.property(
				fc.array(anyPiece, { maxLength: 8 }),
				fc.uniqueArray(anyBlock, { maxLength: 3 }),
				(pieces, blocks) => {
					const template = `<template>${pieces.join('')}</template>`;
					const seen = seenIn(vue, `${blocks.join('\n')}${template}`);
					const parsed = parseVue(`${blocks.join('\n')}${template}`);
					assert.deepEqual(
						seen.pictures.map(({ href, alt }) => [href, alt]),
						parsed.pictures.map(({ src, alt }) => [src.trim(), alt]),
					);
					assert.deepEqual(wordsSeen(seen), parsed.words);
				},
			),
			{ numRuns: 700 },
		);
	});

	it('are read in no more time than the text is long', () => {
		const { read } = vue;
		assert.ok(read);
		assertLinear(read, [
			'<template>',
			'<a>',
			'<a',
			'{{',
			'<template>{{',
			'<script>',
			'<script>/*',
			'<!--',
			'<template lang="',
			'</template>',
			'<b/>',
		]);
		assertLinear(read, [
			'<template><img :src="a" src="b.png" alt>',
			'<script>"</script>',
			'<style lang="less">//</style>',
			'<script lang="tsx">=<a></script>',
		]);
	});
});

const anyPiece = fc
	.constantFrom(
		'<img src="a.png" alt="b &lt; c">',
		"<img src='d e.png' />",
		'<img src=f.png alt="">',
		'<img :src="g" alt="h">',
		'<MyImage src="i.png" alt="j"/>',
		'<p a="{{" :b="c > d" @e.f="g">',
		'</p>',
		'<p v-if="a < b">c</p>',
		'<v-img src="k.png" v-bind="l" alt="m"></v-img>',
		'<br>',
		'a & b',
		'{{ a < b }}',
		'{{ "<img src=n.png>" }}',
		"{{ '<!--' }}",
		'{{ `</template>` }}',
		'<!-- o -->',
		'<!--\n p <img src="q.png">\n-->',
		'{ ',
		'}}',
		'<template v-slot:r="s"><i/></template>',
		'<textarea><img src="t.png"></textarea>',
		'<pre> u </pre>',
		'<svg><path d=""/></svg>',
		'\n',
	)
	.map((piece) => (piece === '</p>' ? '<p></p>' : piece.startsWith('<p a') ? `${piece}</p>` : piece));

const anyBlock = fc.constantFrom(
	'<script>const a = "<template>" + b</script>',
	'<style>a > b {}</style>',
	'<docs><img src="c.png"></docs>',
	'<i18n lang="json">{ "d": "<p>" }</i18n>',
	'<style lang="stylus">a\n  b c</style>',
	'<e />',
	'<style scoped></style>',
);
