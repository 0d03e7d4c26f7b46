import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extensionOf, formatOfName, type ImageFormat, requestableFormats } from '../../../src/domain/imageFormat';

const formats: readonly ImageFormat[] = [...requestableFormats, 'gif', 'avif'];

describe('file formats and extensions', () => {
	it('reads the format back from the extension that it writes, whatever stands before it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...requestableFormats), (stem, format) => {
				assert.equal(formatOfName(`${stem}.${extensionOf(format)}`), format);
				assert.equal(formatOfName(`${stem}.${extensionOf(format).toUpperCase()}`), format);
			}),
		);
	});

	it('knows both extensions of JPEG', () => {
		assert.equal(formatOfName('a.jpg'), 'jpeg');
		assert.equal(formatOfName('a.JPEG'), 'jpeg');
	});

	it('writes a short extension of letters, another for each format', () => {
		const extensions = formats.map(extensionOf);
		for (const extension of extensions) assert.match(extension, /^[a-z]{3,4}$/);
		assert.equal(new Set(extensions).size, formats.length);
	});

	it('takes for no request what cannot be asked for', () => {
		for (const name of ['', 'png', 'a.', 'a.gif', 'a.avif', 'a.png.txt', 'a.png/b', 'a.png\\b', 'a.constructor']) {
			assert.equal(formatOfName(name), undefined, name);
		}
	});

	it('reads only the last extension', () => {
		assert.equal(formatOfName('fox.png.webp'), 'webp');
		assert.equal(formatOfName('v1.2/fox.jpg'), 'jpeg');
	});
});
