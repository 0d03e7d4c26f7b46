import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { html } from '../../../../src/documents/references/html';
import { anyAlt, anyPath } from './arbitraries';
import { imagesOfHtml } from './parse';

describe('an HTML reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(
			html({ path: 'images/fox.png', alt: "It's a fox", width: 1024, height: 768 }),
			'<img src="images/fox.png" alt="It\'s a fox" width="1024" height="768">',
		);
	});

	it('shows this picture with this alt text and size, and nothing else, whatever they are', () => {
		const sides = fc.integer({ min: 1, max: 16_384 });
		fc.assert(
			fc.property(anyPath, anyAlt, sides, sides, (path, alt, width, height) => {
				const images = imagesOfHtml(`<p>before${html({ path, alt, width, height })}after</p>`);
				assert.deepEqual(
					images.map((image) => ({ path: image.path, alt: image.alt })),
					[{ path, alt }],
				);
				const [attributes = {}] = images.map((image) => image.attributes);
				assert.deepEqual(Object.keys(attributes), ['src', 'alt', 'width', 'height']);
				assert.deepEqual([attributes['width'], attributes['height']], [`${width}`, `${height}`]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps an empty alt text: the picture is decoration then', () => {
		assert.match(html({ path: 'a.png', alt: '', width: 1, height: 1 }), / alt="" /);
	});

	it('lets nobody out of the attribute', () => {
		const text = html({ path: '" onerror="x', alt: '"><script>alert(1)</script>', width: 1, height: 1 });
		assert.doesNotMatch(text, /<script|onerror="|&quot/);
		assert.equal(imagesOfHtml(text)[0]?.alt, '"><script>alert(1)</script>');
	});

	it('keeps what looks like a character reference', () => {
		assert.equal(
			imagesOfHtml(html({ path: 'a.png', alt: '&amp; &lt &#38;', width: 1, height: 1 }))[0]?.alt,
			'&amp; &lt &#38;',
		);
	});
});
