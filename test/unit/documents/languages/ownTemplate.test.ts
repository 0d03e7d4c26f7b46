import assert from 'node:assert/strict';
import { convert } from '@asciidoctor/core';
import { parse as parseVue } from '@vue/compiler-sfc';
import * as cssTree from 'css-tree';
import * as fc from 'fast-check';
import { parseSync } from 'oxc-parser';
import { asciidoc } from '../../../../src/documents/languages/asciidoc';
import { css } from '../../../../src/documents/languages/css';
import { html } from '../../../../src/documents/languages/html';
import { jsx } from '../../../../src/documents/languages/jsx';
import { languageOf } from '../../../../src/documents/languages/languages';
import { markdown } from '../../../../src/documents/languages/markdown';
import { fillOwnTemplate } from '../../../../src/documents/languages/ownTemplate';
import { typst } from '../../../../src/documents/languages/typst';
import { vue } from '../../../../src/documents/languages/vue';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { imagesOfHtml, imagesOfMarkdown, outlineOfMarkdown } from './parse';
import { startTypst } from './typstParser';

const plain = languageOf('yaml', 'x.yaml');
const size = { width: 2, height: 1 };
const fox = { path: 'my images/fox.png', alt: 'A "red" fox', ...size };

describe('a person’s template', () => {
	it('is filled in', () => {
		const template = '<img src="${src}" alt="${alt}" width=${width} height=${height}>';
		const expected = '<img src="my%20images/fox.png" alt="A &#34;red&#34; fox" width=2 height=1>';
		assert.equal(fillOwnTemplate(template, markdown, fox), expected);
		assert.equal(writeReference(markdown, fox, true, template), expected);
	});

	it('may have several lines, and any of the variables several times or not at all', () => {
		assert.equal(writeReference(html, fox, false, '${width}\r\n${width}\r${height}\n'), '2\n2\n1\n');
		assert.equal(writeReference(html, fox, false, 'nothing'), 'nothing');
	});

	it('keeps everything else that looks like a variable', () => {
		const template = '<Image src={`${base}/${src}`} width={${width}} {...props} ${1:x} $src ${ src }/>';
		assert.equal(
			fillOwnTemplate(template, jsx, fox),
			'<Image src={`${base}/my%20images/fox.png`} width={2} {...props} ${1:x} $src ${ src }/>',
		);
	});

	it('is filled in once', () => {
		assert.equal(fillOwnTemplate('${alt}', plain, { ...fox, alt: '${src} ${alt}' }), 'src alt');
		assert.equal(fillOwnTemplate('[${alt}]', typst, { ...fox, alt: '${src}' }), String.raw`[\u{24}\u{7b}src\u{7d}]`);
	});

	it('gets an alt text of one line', () => {
		assert.equal(
			fillOwnTemplate('<i title="${alt}">', html, { ...fox, alt: ' a\n\tb\u0000\r\nc ' }),
			'<i title="a b c">',
		);
	});

	it('names a picture that no path leads to by its whole address', () => {
		const uri = "vscode-vfs://github/a/b%20c.png?x=1&y='2'";
		const picture = { uri, alt: '', ...size };
		assert.equal(
			fillOwnTemplate("<img src='${src}'>", html, picture),
			"<img src='vscode-vfs://github/a/b%20c.png?x=1&#38;y=%272%27'>",
		);
		assert.equal(fillOwnTemplate('x: ${src}', plain, { ...picture, uri: 'a://b/c' }), 'x: a://b/c');
	});
});

describe('a person’s template in HTML', () => {
	it('shows this picture with this alt text, and nothing else', () => {
		const templates = [
			'<figure><img src="${src}" alt="${alt}"><figcaption>${alt}</figcaption></figure>',
			"<p>It's: <img alt='${alt}' src='${src}'></p>",
			'<img src=${src} alt="It\'s ${alt}">',
			'<!-- ${alt} --><img src="${src}" alt="${alt}" title=${alt}>',
			'<script>f("${alt}", \'${alt}\', ${alt})</script><img src="${src}" alt="${alt}" onload="f(\'${alt}\')">',
		];
		fc.assert(
			fc.property(fc.constantFrom(...templates), anyPath, anyAlt, (template, path, alt) => {
				const text = fillOwnTemplate(template, html, { ...fox, path, alt });
				const images = imagesOfHtml(`<b>${text}</b>`);
				assert.equal(images.length, 1, text);
				assert.equal(images[0]?.path, path, text);
				assert.ok(images[0].alt.endsWith(alt), text);
				const names = Object.keys(images[0].attributes).filter(
					(name) => !['src', 'alt', 'title', 'onload'].includes(name),
				);
				assert.deepEqual(names, [], text);
			}),
			{ numRuns: 700 },
		);
	});
});

describe('a person’s template in Markdown', () => {
	it('shows this picture with this alt text', () => {
		const templates = [
			'![${alt}](${src})',
			'![${alt}](${src} "${alt}")',
			"![${alt}](${src} '${alt}')",
			'[![${alt}](${src})](${src})',
			'![${alt}](${src} "a ${width} x ${height}")',
		];
		fc.assert(
			fc.property(fc.constantFrom(...templates), anyPath, anyAlt, (template, path, alt) => {
				const text = fillOwnTemplate(template, markdown, { ...fox, path, alt });
				assert.deepEqual(imagesOfMarkdown(`a ${text} b`), [{ path, alt }], text);
			}),
			{ numRuns: 700 },
		);
	});

	it('shows it in HTML too, in a block and in a line', () => {
		const templates = [
			'<img src="${src}" alt="${alt}" width="${width}">',
			'<figure>\n<img src="${src}" alt="${alt}">\n<figcaption>${alt}</figcaption>\n</figure>',
			'<figure>\n\n<img src="${src}" alt="${alt}">\n\n${alt}\n\n</figure>',
		];
		fc.assert(
			fc.property(fc.constantFrom(...templates), fc.boolean(), anyPath, anyAlt, (template, inLine, path, alt) => {
				const text = fillOwnTemplate(template, markdown, { ...fox, path, alt });
				const outline = outlineOfMarkdown(inLine ? `a ${text}` : text);
				const tokens = outline.map((line) => line.split(' ')[0]);
				const calm = outlineOfMarkdown(inLine ? `a ${template}` : template).map((line) => line.split(' ')[0]);
				if (alt !== '') assert.deepEqual(tokens, calm, text);
				const [image, ...more] = imagesOfHtml(outline.map((line) => line.replace(/^\S+/, '')).join('\n'));
				assert.equal(more.length, 0, text);
				assert.deepEqual([image?.path, image?.alt], [path, alt], text);
			}),
			{ numRuns: 700 },
		);
	});

	it('writes alt text that is easily read', () => {
		assert.equal(fillOwnTemplate('![${alt}](${src})', markdown, fox), '![A "red" fox](my%20images/fox.png)');
		assert.equal(
			fillOwnTemplate('{{< figure src="${src}" alt="${alt}" >}}', markdown, { ...fox, alt: "Tom's & Jerry's" }),
			'{{< figure src="my%20images/fox.png" alt="Tom’s & Jerry’s" >}}',
		);
	});

	it('makes no link, heading or list of a text', () => {
		const kinds = new Set(['paragraph_open', 'inline', 'paragraph_close']);
		fc.assert(
			fc.property(anyAlt, (alt) => {
				const text = fillOwnTemplate('${alt}', markdown, { ...fox, alt });
				for (const line of outlineOfMarkdown(text)) assert.ok(kinds.has(line.split(' ')[0] ?? ''), text);
			}),
			{ numRuns: 700 },
		);
	});
});

/** The strings and names of a piece of JSX, and whether it is one at all. */
function namesOfJsx(text: string): string[] {
	const { program, errors } = parseSync('page.tsx', `export const page = <>${text}</>;`);
	assert.deepEqual(errors, [], text);
	const names: string[] = [];
	JSON.stringify(program, (key, value: unknown) => {
		if (key === 'name' && typeof value === 'string') names.push(value);
		return value;
	});
	return names;
}

describe('a person’s template in JSX', () => {
	it('has nothing in it but the picture and its alt text', () => {
		const templates = [
			'<Image src={"${src}"} alt={"${alt}"} width={${width}} />',
			"<Image src={require('${src}')} alt='${alt}' />",
			'<Image src={`${base}/${src}`} alt={`${alt}`}>{"${alt}"} ${alt}</Image>',
			'<Image src={${src}} alt={${alt}} />',
		];
		fc.assert(
			fc.property(fc.constantFrom(...templates), anyPath, anyAlt, (template, path, alt) => {
				const calm = namesOfJsx(fillOwnTemplate(template, jsx, { ...fox, path: 'x', alt: 'x' }));
				assert.deepEqual(namesOfJsx(fillOwnTemplate(template, jsx, { ...fox, path, alt })), calm);
			}),
			{ numRuns: 500 },
		);
	});
});

/** What Vue compiles a template to, without texts, which differ. */
function shapeOf(text: string): string {
	const { descriptor, errors } = parseVue(`<template><p>${text}</p></template>`);
	assert.deepEqual(errors, [], text);
	return JSON.stringify(descriptor.template?.ast?.children, (key, value: unknown) =>
		['loc', 'content', 'source', 'codegenNode', 'ast'].includes(key) ? undefined : value,
	);
}

describe('a person’s template in Vue', () => {
	it('compiles to the same, whatever the alt text', () => {
		const templates = [
			'<img src="${src}" alt="${alt}">',
			'<Fox :src="\'${src}\'" :alt="\'${alt}\'" :title="${alt}" @click="f(\'${alt}\')">{{ "${alt}" }} ${alt}</Fox>',
		];
		fc.assert(
			fc.property(fc.constantFrom(...templates), anyAlt, (template, alt) => {
				if (alt === '') return;
				const write = (text: string) => fillOwnTemplate(template, vue, { ...fox, alt: text });
				assert.equal(shapeOf(write(alt)), shapeOf(write('x')), write(alt));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('a person’s template in a style sheet', () => {
	it('is one declaration, whatever the alt text', () => {
		const template = '/* ${alt} */ content: url("${src}") / "${alt}";';
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => {
				const text = fillOwnTemplate(template, css, { ...fox, path, alt });
				const strings: string[] = [];
				const urls: string[] = [];
				const declarations: string[] = [];
				cssTree.walk(cssTree.parse(`a { ${text} }`), (node) => {
					if (node.type === 'String') strings.push(node.value);
					if (node.type === 'Url') urls.push(decodeURIComponent(node.value));
					if (node.type === 'Declaration') declarations.push(node.property);
				});
				assert.deepEqual([declarations, urls, strings], [['content'], [path], [alt]], text);
			}),
			{ numRuns: 500 },
		);
	});
});

/** What Asciidoctor makes of a text. */
async function rendered(text: string): Promise<string> {
	const page = await convert(text);
	assert.ok(typeof page === 'string');
	return page;
}

describe('a person’s template in AsciiDoc', () => {
	it('shows this picture with this alt text, and nothing else', async () => {
		const templates = [
			'image::${src}[${alt},${width},${height}]',
			'image::${src}["${alt}"]',
			'image::${src}[alt="${alt}"]',
			'.${alt}\nimage::${src}[${alt}]',
			'====\n${alt}\n\nimage::${src}[${alt}]\n====',
		];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...templates), anyAlt, async (template, alt) => {
				if (alt === '') return;
				const render = async (text: string) => rendered(fillOwnTemplate(template, asciidoc, { ...fox, alt: text }));
				const shapeOf = async (text: string) => (await render(text)).replace(/(?<=^|>)[^<]*|alt="[^"]*"/g, '');
				assert.equal(await shapeOf(alt), await shapeOf('x'));
				const [image] = imagesOfHtml(await render(alt));
				assert.deepEqual([image?.path, image?.alt], [fox.path, alt]);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('a person’s template in Typst', () => {
	it('compiles, and says this alt text, in strings and in content', async () => {
		const { imagesOf, treeOf } = await startTypst();
		const template = '#figure(image("${src}", alt: "${alt}"), caption: [${alt}])\n\n${alt}';
		const kindsOf = async (text: string) =>
			JSON.stringify(await treeOf(text), (key, value: unknown) =>
				key === 'start' || key === 'end' ? undefined : value,
			);
		await fc.assert(
			fc.asyncProperty(anyAlt, async (alt) => {
				const text = fillOwnTemplate(template, typst, { ...fox, path: 'fox.png', alt });
				assert.deepEqual(await imagesOf(text, ['fox.png']), [{ path: 'fox.png', alt }], text);
				const kinds = new Set(Array.from((await kindsOf(text)).matchAll(/"kind":"(\w+)"/g), ([, kind]) => kind));
				for (const kind of [
					'Raw',
					'Equation',
					'ListItem',
					'EnumItem',
					'TermItem',
					'Heading',
					'Ref',
					'Label',
					'Link',
					'Strong',
					'Emph',
				])
					assert.ok(!kinds.has(kind), `${kind} ${text}`);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('a person’s template in a language that Limn does not know', () => {
	it('gets the path as it is, and an alt text of words', () => {
		const template = 'picture: "${src}" # ${alt}';
		assert.equal(fillOwnTemplate(template, plain, fox), 'picture: "my images/fox.png" # A ’red’ fox');
	});

	it('lets neither end what stands around them', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => {
				assert.doesNotMatch(fillOwnTemplate('${alt}', plain, { ...fox, alt }), /["'`$\\{}<>#;&|\p{Cc}]/u);
				assert.doesNotMatch(fillOwnTemplate('${src}', plain, { ...fox, path }), /["'`$\\\p{Cc}]/u);
			}),
		);
	});
});
