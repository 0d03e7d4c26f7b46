import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { oneLine } from '../../../src/documents/prose';
import { payloads } from '../../attacks/payloads';
import { commandLink, quoted, thumbnail } from '../../../src/host/features/markdownText';

const other = new MarkdownIt({ html: true, linkify: true });

/** Without what makes links of addresses afterwards, escaped or not: the editor's parser does not. */
const mdastExtensions = gfmFromMarkdown().map((each) => Object.assign(each, { transforms: [] }));

/** The only thing that a text may become. */
function shown(markdown: string): string {
	const { children } = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions });
	if (children.length === 0) return '';
	const [paragraph] = children;
	assert.ok(children.length === 1 && paragraph?.type === 'paragraph', markdown);
	return paragraph.children
		.map((child) => {
			assert.ok(child.type === 'text', `${child.type}: ${markdown}`);
			return child.value;
		})
		.join('');
}

/** What the link of a hover hands to its command, as the editor reads it: decoded when the link is parsed, and once more. */
function handed(markdown: string): { title: string; command: string; argument: unknown } {
	const { children } = fromMarkdown(markdown);
	const [paragraph] = children;
	const [link, ...others] = paragraph?.type === 'paragraph' ? paragraph.children : [];
	assert.ok(link?.type === 'link' && others.length === 0, markdown);
	const [, command = '', query = ''] = /^command:([^?]*)\?(.*)$/.exec(link.url) ?? [];
	const [title] = link.children;
	assert.ok(title?.type === 'text');
	const values: unknown = JSON.parse(decodeURIComponent(decodeURIComponent(query)));
	assert.ok(Array.isArray(values) && values.length === 1);
	return { title: title.value, command, argument: values[0] };
}

const hostile = [
	'](command:workbench.action.quit)',
	'[a](command:workbench.action.quit "x")',
	'<img src=x onerror=alert(1)>',
	'<a href="command:x">y</a>',
	'`code` ``` *bold* _x_ ~~y~~',
	'&lt;img&gt; &#91;a&#93; &nbsp;',
	'https://example.com www.example.com me@example.com <https://example.com>',
	'# a\r\n- b\r\n\r\n> c\n\n---\n\n1. d\n| a | b |\n|---|---|',
	'$(zap) ![](http://example.com/x.png)',
	'\u2028[a]: command:x\u202Ereversed',
	'\\](command:x) \\\\](command:x) \\',
	'[^1] [ ] x :tada: $x$',
];

describe('a text in a hover', () => {
	it('is shown letter by letter, whatever it looks like', () => {
		for (const text of hostile) assert.equal(shown(quoted(text)), oneLine(text));
	});

	it('is shown so by another parser too', () => {
		for (const text of hostile) {
			const html = other.render(quoted(text));
			assert.match(html, /^<p>[^<]*<\/p>\n$/, html);
		}
	});

	it('is so of all that was ever tried on a page', () => {
		for (const [index, payload] of payloads.entries()) {
			const link = commandLink(payload, 'limn.picture.edit', { image: payload });
			const html = other.render([quoted(payload, 300), quoted(payload), link].join('\n\n'));
			const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) =>
				tag.replace(/"command:limn\.picture\.edit\?[^"]*"/, '""'),
			);
			const two = ['<p>', '</p>'];
			assert.deepEqual(
				tags,
				[...two, ...two, '<p>', '<a href="">', '</a>', '</p>'],
				`${index}: ${payload.slice(0, 200)}`,
			);
		}
	});

	it('is so whatever the text', () => {
		const signs = fc.string({ unit: fc.constantFrom(...Array.from('[](){}<>!*_`~#-+=|\\/:&;.@$^"\' \n\rab1é🦊')) });
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (text) => {
				assert.equal(shown(quoted(text)), oneLine(text).replaceAll('\0', '\uFFFD'));
			}),
			{ numRuns: 200 },
		);
	});

	it('is cut between characters', () => {
		assert.equal(shown(quoted('🦊'.repeat(300), 300)), '🦊'.repeat(300));
		assert.equal(shown(quoted('🦊'.repeat(301), 300)), `${'🦊'.repeat(300)}…`);
		assert.equal(shown(quoted(`${'a'.repeat(9)} b`, 10)), `${'a'.repeat(9)}…`);
	});
});

describe('a link of a hover', () => {
	it('hands over what it was made of', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.nat(), (image, offset) => {
				const argument = { image, offset };
				const link = handed(commandLink('Edit…', 'limn.picture.edit', argument));
				const expected: unknown = JSON.parse(JSON.stringify(argument));
				assert.deepEqual(link, { title: 'Edit…', command: 'limn.picture.edit', argument: expected });
			}),
			{ numRuns: 300 },
		);
	});

	it('hands over addresses with everything that a path can have', () => {
		const image = "file:///a%20b%23%C3%BC/(1)'%25*!.png?x#y";
		assert.deepEqual(handed(commandLink('](x)', 'limn.showRecipe', { image })).argument, { image });
	});
});

describe('a small picture', () => {
	it('keeps its shape and is never enlarged', () => {
		const shapes: readonly [number, number, string][] = [
			[1536, 1024, 'width=180,height=120'],
			[1024, 1536, 'width=80,height=120'],
			[100, 50, 'width=100,height=50'],
			[10000, 10, 'width=320,height=1'],
		];
		for (const [width, height, expected] of shapes) {
			assert.equal(thumbnail('file:///x.png', { width, height }), `![](file:///x.png|${expected})`);
		}
	});
});
