import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { markdown } from '../../../../src/documents/references/markdown';
import { anyAlt, anyPath } from './arbitraries';
import { imagesOfMarkdown } from './parse';

const size = { width: 1024, height: 768 };

/** Asserts that a document shows just this one picture, as it is. */
function assertShows(document: string, path: string, alt: string): void {
	const images = imagesOfMarkdown(document).map((image) => ({ path: image.path, alt: image.alt }));
	assert.deepEqual(images, [{ path, alt }], document);
}

describe('a Markdown reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(
			markdown({ path: 'images/fox.png', alt: 'A fox, at dawn!', ...size }),
			'![A fox, at dawn!](images/fox.png)',
		);
		assert.equal(markdown({ path: '../画像/夜明け.png', alt: '夜明け', ...size }), '![夜明け](../画像/夜明け.png)');
		assert.equal(markdown({ path: 'a b.png', alt: '', ...size }), '![](a%20b.png)');
	});

	it('shows this picture with this alt text, whatever they are', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => assertShows(markdown({ path, alt, ...size }), path, alt)),
			{ numRuns: 1000 },
		);
	});

	it('shows an address in the alt text as it is, without making a link of it', () => {
		const alt = 'https://site.example/a_b?c=*d* and www.site.example/e_f';
		assertShows(markdown({ path: 'a.png', alt, ...size }), 'a.png', alt);
	});

	it('shows it in the cell of a table', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => {
				assertShows(`| a | b |\n|---|---|\n| x | ${markdown({ path, alt, ...size })} |`, path, alt);
			}),
			{ numRuns: 1000 },
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
		);
		fc.assert(
			fc.property(anyPath, anyAlt, around, (path, alt, [before = '', after = '']) => {
				assertShows(before + markdown({ path, alt, ...size }) + after, path, alt);
			}),
			{ numRuns: 1000 },
		);
	});

	it('shows as many as there are, in order', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(anyPath, anyAlt), { minLength: 1, maxLength: 4 }), (pictures) => {
				const lines = pictures.map(([path, alt]) => markdown({ path, alt, ...size }));
				const seen = imagesOfMarkdown(lines.join('\n')).map(({ path, alt }) => [path, alt]);
				assert.deepEqual(seen, pictures);
			}),
		);
	});

	it('is one line, without anything that MDX or math would read', () => {
		fc.assert(
			fc.property(anyPath, anyAlt, (path, alt) => {
				const text = markdown({ path, alt, ...size });
				assert.doesNotMatch(text, /[\n\r]/);
				assert.doesNotMatch(text, /(?<!\\)(?:\\\\)*[{}<$]/);
			}),
		);
	});
});
