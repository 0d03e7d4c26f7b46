import assert from 'node:assert/strict';
import { createProcessor } from '@mdx-js/mdx';
import * as fc from 'fast-check';
import { mdx } from '../../../../src/documents/languages/mdx';
import type { Reference } from '../../../../src/documents/languages/target';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import type { Span } from '../../../../src/documents/span';
import { anyAlt, anyPath } from './arbitraries';
import { addressOf, below, type MdastNode, type SeenParts, type SeenPicture, spanOfNode } from './mdast';
import { pathOfHref, seenIn } from './seen';

const processor = createProcessor({ format: 'mdx' });
const size = { width: 2, height: 1 };
const write = (reference: Reference) => writeReference(mdx, reference);

/** Pictures and comments as MDX's own parser sees them. */
function partsOfMdx(text: string): SeenParts {
	const nodes = below(processor.parse(text));
	return {
		comments: nodes.flatMap((node) =>
			/^mdx(?:Flow|Text)Expression$/.test(node.type) && 'value' in node && /^\s*\/\*[^]*\*\/\s*$/.test(node.value)
				? [spanOfNode(node)]
				: [],
		),
		pictures: nodes.flatMap((node) => pictureOf(node, nodes)),
	};
}

function pictureOf(node: MdastNode, all: readonly MdastNode[]): SeenPicture[] {
	const href = addressOf(node, all);
	if (href !== undefined && 'alt' in node) return [{ span: spanOfNode(node), href, alt: node.alt ?? '' }];
	if (!('name' in node) || (node.name !== 'img' && node.name !== 'Image')) return [];
	const [src, alt] = ['src', 'alt'].map((wanted) => {
		const found = node.attributes.find(
			(attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === wanted,
		);
		return typeof found?.value === 'string' ? found.value : undefined;
	});
	return src === undefined ? [] : [{ span: spanOfNode(node), href: src, ...(alt !== undefined && { alt }) }];
}

/** Asserts that Limn's reader finds what MDX's parser does. */
function assertSame(text: string): void {
	assert.ok(mdx.read);
	const { comments, pictures } = mdx.read(text);
	const { comments: seenComments, pictures: seenPictures } = partsOfMdx(text);
	assert.deepEqual(
		comments.map(({ span }): Span => span),
		seenComments,
		text,
	);
	assert.deepEqual(
		pictures.map(({ span, href, alt }) => [span, href, alt?.text]),
		seenPictures.map(({ span, href, alt }) => [span, href, alt]),
		text,
	);
}

function lacks(text: string): boolean[] {
	return seenIn(mdx, text).pictures.map(({ lacksAlt }) => lacksAlt ?? false);
}

describe('an MDX reference', () => {
	it('is that of Markdown', () => {
		assert.equal(
			write({ path: 'images/fox.png', alt: 'A fox {x} <b>', ...size }),
			'![A fox \\{x\\} \\<b\\>](images/fox.png)',
		);
	});

	it('compiles, and is this picture with this alt text, whatever they are and wherever it stands', () => {
		const around = fc.constantFrom(
			['', ''],
			['See ', ' here.'],
			['- ', ''],
			['> ', ''],
			['# ', ''],
			['<div>', '</div>'],
			['<div>\n', '\n</div>'],
			['{/* limn: a fox */}\n', '\n'],
			['export const a = 1\n\n', '\n\n{a}'],
		);
		fc.assert(
			fc.property(anyPath, anyAlt, around, (path, alt, [before = '', after = '']) => {
				const text = before + write({ path, alt, ...size }) + after;
				assert.ok(processor.processSync(text).toString().length > 0);
				const seen = partsOfMdx(text).pictures.map((picture) => [pathOfHref(picture.href), picture.alt]);
				assert.deepEqual(seen, [[path, alt]], text);
				const read = seenIn(mdx, text).pictures.map((picture) => [pathOfHref(picture.href), picture.alt]);
				assert.deepEqual(read, [[path, alt]], text);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('MDX that is read', () => {
	const documents: Readonly<Record<string, string>> = {
		'comments between braces':
			'{/* limn: a fox | size=1x1 */}\n![a fox](fox.png)\n\nText {/* here */} and {\n/* there\n*/\n}\n',
		'comments with asterisks': '{/** a\n  * b\n  */}\n\n{/***/}\n\n{/* a */ }',
		'what only looks like a comment': '{/* a */ + 1}\n\n{1 /* a */}\n\n{/* a */ /* b */ + 2}\n\n{"/* c */"}',
		'pictures below comments and between tags':
			'text\n{/* c */}\n![x](y)\n<img src="a"/>\nmore ![x](y)\n\n<div>\n  ![a](b)\n</div>',
		'a tag that is text of a paragraph': '<div>![a](b)</div> and <b>![c](d)</b>\n\n<>![e](f)</>',
		'no code by indentation': '    ![c](d)\n\n- x\n\n      ![e](f)\n\n      # ![x](y)\n\n-      ![x](y)',
		'code in fences and backticks': '```\n![a](b)\n{/* x */}\n```\n\n`![c](d)` ![e](f)\n\n~~~\n<img src="x" />',
		'imports and exports': 'import a from "b"\nexport const x = {\n  y: `![a](b)`\n}\n\n![c](d)\n\nexport default 1\n',
		'a word that is no import': 'important ![a](b)\nimport a from "b"\n![c](d)\n\n- import ![e](f)',
		'expressions with strings and templates': '{1 + "}" + `${"![x](y)"}`} ![a](b)\n\n{/}/.test("x") ? 1 : 2}',
		'tags of several lines': '<Foo bar={[\n\n1]} baz="![x](y)">\n\n![a](b)\n\n</Foo>\n\na <img src="x"\n  alt="y"/> b',
		'tags with arrows and tags in them': '<Foo render={() => <img src="q" />} other="{" />\n\n![a](b)',
		'references and definitions': '![a][b] ![b][] ![b]\n\n[b]: <c d> "e"\n[b]: f',
		'references in quotes and lists': '> <div>\n> ![a](b)\n> </div>\n\n- {/* a\n  b */}\n  ![x](y)\n',
		'no addresses between angles': 'a ![x](y) &lt;http://a.b>',
		'attributes with entities': '<img src="a&amp;b" alt="&quot;c&quot;" /> <Image src=\'x\' alt="" width={3} />',
	};
	for (const [name, text] of Object.entries(documents)) {
		it(`has ${name}`, () => {
			assertSame(text);
			assertSame(text.replaceAll('\n', '\r\n'));
		});
	}

	it('is what its own parser sees, whatever it is put together of', () => {
		const inline = fc.constantFrom(
			'word',
			'a *b* `c`',
			'![a](b)',
			'![*a*][id]',
			'[![x](y)](z)',
			'{/* c */}',
			'{a}',
			'{"![x](y)"}',
			'`![c](d)`',

			'<b>',
			'</b>',
			'<img src="x" alt="y" />',
			'<Image src="x" />',
			'\\![a](b)',
			'\\{',
			'![a\nb](c "t")',
			'😀',
			'<i>![e](f)</i>',
		);
		const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
		const block = fc.oneof(
			line,
			line.map((text) => `# ${text.replaceAll('\n', ' ')}`),
			line.map((text) => `> ${text.replaceAll('\n', '\n> ')}`),
			line.map((text) => `- ${text.replaceAll('\n', '\n  ')}`),
			line.map((text) => `<div>\n${text}\n</div>`),
			fc.constantFrom(
				'```js\n![a](b)\n```',
				'{/* limn: a\n\nb */}\n![x](y)',
				'export const a = {\n  b: "![x](y)"\n}',
				'[id]: /u',
				'***',
			),
		);
		const documents = fc.array(block, { maxLength: 6 }).map((blocks) => blocks.join('\n\n'));
		fc.assert(
			fc.property(documents, (text) => {
				try {
					processor.parse(text);
				} catch {
					// Tags that are not closed: MDX takes none of it.
					return;
				}
				assertSame(text);
			}),
			{ numRuns: 500 },
		);
	});

	it('takes plain strings out of braces, and no other code', () => {
		const text =
			'<img src={"a.png"} alt={`b`}/> <img src={fox} alt="x"/> <img src={`${a}.png`}/> <img {...p}/> <Image src=\'c\' {...p}/>';
		assert.deepEqual(seenIn(mdx, text).pictures, [
			{ span: '<img src={"a.png"} alt={`b`}/>', target: 'a.png', href: 'a.png', alt: 'b' },
			{ span: "<Image src='c' {...p}/>", target: 'c', href: 'c' },
		]);
	});

	it('lacks an alt text where nothing is said, and where the brackets are empty', () => {
		assert.deepEqual(lacks('![](a) ![ ](b) ![c](d)'), [true, true, false]);
		assert.deepEqual(lacks('<img src="a"/> <img src="b" alt=""/> <img src="c" alt={d}/> <img src="e" {...f}/>'), [
			true,
			false,
			false,
			false,
		]);
	});

	it('has comments line by line', () => {
		assert.deepEqual(seenIn(mdx, '{/* limn: a\n  * b\n\n    c | seed=1 */}').comments, [
			['{/* limn: a\n  * b\n\n    c | seed=1 */}', 'limn: a', 'b', 'c | seed=1'],
		]);
	});

	it('may be no MDX at all', () => {
		const broken = [
			'{',
			'<',
			'<a',
			'{/*',
			'<img src="',
			'<img src={',
			'export {',
			'{`${',
			'![a](',
			'<A b={"}"',
			'\\',
			'{{}',
			'{"}',
		];
		for (const text of broken) {
			const { comments, pictures } = seenIn(mdx, `${text}\n\n![x](y)`);
			assert.ok(comments.length + pictures.length <= 1, text);
		}
		assert.deepEqual(seenIn(mdx, 'a { b ![x](y)').pictures.length, 1);
	});
});
