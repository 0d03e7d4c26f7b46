import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { referenceLanguage } from '../../../../src/documents/references/languages';
import { anyAlt, anyPath } from './arbitraries';

const fox = { path: 'my images/fox.png', alt: 'A fox', width: 2, height: 1 };

describe('the reference of a language', () => {
	it('is the language’s own', () => {
		assert.equal(referenceLanguage('markdown').write(fox), '![A fox](my%20images/fox.png)');
		assert.equal(
			referenceLanguage('html').write(fox),
			'<img src="my%20images/fox.png" alt="A fox" width="2" height="1">',
		);
	});

	it('stands as a block of its own in Markdown only', () => {
		const blocks = ['markdown', 'html', 'plaintext', 'python'].filter((id) => referenceLanguage(id).block);
		assert.deepEqual(blocks, ['markdown']);
	});

	it('is the plain path in any other, also in one named like something that every object has', () => {
		const others = fc.constantFrom('plaintext', 'yaml', '', 'constructor', '__proto__', 'toString', 'Markdown');
		fc.assert(
			fc.property(others, anyPath, anyAlt, (id, path, alt) => {
				assert.equal(referenceLanguage(id).write({ ...fox, path, alt }), path);
			}),
		);
	});
});

describe('a picture that no path leads to', () => {
	it('is named by its whole address, as it is', () => {
		const picture = { uri: 'vscode-vfs://github/a/b%20c.png', alt: 'a', width: 1, height: 2 };
		assert.equal(referenceLanguage('markdown').write(picture), '![a](vscode-vfs://github/a/b%20c.png)');
		assert.match(referenceLanguage('html').write(picture), / src="vscode-vfs:\/\/github\/a\/b%20c\.png" /);
		assert.equal(referenceLanguage('plaintext').write(picture), 'vscode-vfs://github/a/b%20c.png');
	});
});
