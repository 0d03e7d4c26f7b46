import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { markdown } from '../../../../src/documents/languages/markdown';
import type { Reference } from '../../../../src/documents/languages/target';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';
import { partsOfMdast } from './mdast';
import { imagesOfMarkdown } from './parse';
import { pathOfHref, seenIn } from './seen';

const size = { width: 1024, height: 768 };

const write = (reference: Reference) => writeReference(markdown, reference);

/** Asserts that a document shows just this one picture, as it is, to both parsers and to Limn's own reader. */
function assertShows(document: string, path: string, alt: string): void {
	const images = imagesOfMarkdown(document).map((image) => ({ path: image.path, alt: image.alt }));
	assert.deepEqual(images, [{ path, alt }], document);
	const seen = partsOfMdast(document).pictures.map((image) => ({ path: pathOfHref(image.href), alt: image.alt }));
	assert.deepEqual(seen, [{ path, alt }], document);
	const read = seenIn(markdown, document).pictures.map((image) => ({ path: pathOfHref(image.href), alt: image.alt }));
	assert.deepEqual(read, [{ path, alt }], document);
}

describe('a Markdown reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(
			write({ path: 'images/fox.png', alt: 'A fox, at dawn!', ...size }),
			'![A fox, at dawn!](images/fox.png)',
		);
		assert.equal(write({ path: '../画像/夜明け.png', alt: '夜明け', ...size }), '![夜明け](../画像/夜明け.png)');
		assert.equal(write({ path: 'a b.png', alt: '', ...size }), '![](a%20b.png)');
	});

	it('shows this picture with this alt text, whatever they are', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => assertShows(write({ path, alt, ...size }), path, alt)),
			{ numRuns: 500 },
		);
	});

	it('shows an address in the alt text as it is, without making a link of it', () => {
		const alt = 'https://site.example/a_b?c=*d* and www.site.example/e_f';
		assertShows(write({ path: 'a.png', alt, ...size }), 'a.png', alt);
	});

	it('shows it in the cell of a table', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => {
				assertShows(`| a | b |\n|---|---|\n| x | ${write({ path, alt, ...size })} |`, path, alt);
			}),
			{ numRuns: 500 },
		);
	});

	it('shows it after and before text, in a list, a quote and a heading', () => {
		const around = fc.constantFrom(
			['See ', ' here.'],
			['Wow!', ''],
			['word', 'word'],
			['a [link](b) ', ' [c]: d'],
			['- ', ''],
			['> ', ''],
			['# ', ''],
			['*so ', '*'],
			['[', '](https://site.example)'],
			['text\n', '\ntext'],
			['<!-- limn: a fox -->\n', '\n'],
			['\uFEFF', '\r\n'],
		);
		fc.assert(
			fc.property(anyPath, anyAlt, around, (path, alt, [before = '', after = '']) => {
				assertShows(before + write({ path, alt, ...size }) + after, path, alt);
			}),
			{ numRuns: 500 },
		);
	});

	it('shows as many as there are, in order', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(anyPath, anyAlt), { minLength: 1, maxLength: 4 }), (pictures) => {
				const document = pictures.map(([path, alt]) => write({ path, alt, ...size })).join('\n');
				const seen = imagesOfMarkdown(document).map(({ path, alt }) => [path, alt]);
				assert.deepEqual(seen, pictures);
				const read = seenIn(markdown, document).pictures.map(({ href, alt }) => [pathOfHref(href), alt]);
				assert.deepEqual(read, pictures);
			}),
		);
	});

	it('is one line, without anything that MDX or math would read', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => {
				const text = write({ path, alt, ...size });
				assert.doesNotMatch(text, /[\n\r]/);
				assert.doesNotMatch(text, /(?<!\\)(?:\\\\)*[{}<$]/);
			}),
		);
	});

	it('names a picture that no path leads to by its whole address', () => {
		const uris = [
			'vscode-vfs://github/a/b%20c.png',
			'https://site.example/a.png?x=1&copy;=2&y=3#z',
			"https://site.example/(a)_*b*_[c]'d'.png",
		];
		for (const uri of uris) {
			const text = write({ uri, alt: 'a', ...size });
			const decoded = decodeURIComponent(uri);
			assert.equal(decodeURIComponent(String(partsOfMdast(text).pictures[0]?.href)), decoded);
			assert.equal(decodeURIComponent(String(seenIn(markdown, text).pictures[0]?.href)), decoded);
		}
	});
});
