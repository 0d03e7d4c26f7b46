import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { html } from '../../../../src/documents/languages/html';
import { languageOf, languageOfFile } from '../../../../src/documents/languages/languages';
import { markdown } from '../../../../src/documents/languages/markdown';
import { documentExtensions, languageIds, languageNames } from '../../../../src/documents/languages/names';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { anyAlt, anyPath } from './arbitraries';

const fox = { path: 'my images/fox.png', alt: 'A fox', width: 2, height: 1 };

describe('the language of a document', () => {
	it('is that of its id, whatever its name', () => {
		assert.equal(languageOf('markdown', '/a/b.html'), markdown);
		assert.equal(languageOf('html', '/a/b'), html);
		assert.equal(languageOf('tex', '/x'), languageOf('latex', '/x'));
		assert.equal(languageOf('less', '/x'), languageOf('scss', '/x'));
	});

	it('is that of its name where the editor knows none', () => {
		assert.equal(languageOf('plaintext', '/a/b.MD'), markdown);
		assert.equal(languageOf('plaintext', '/a/b.typ'), languageOf('typst', '/x'));
		assert.equal(writeReference(languageOf('plaintext', '/a/md'), fox), fox.path);
		assert.equal(writeReference(languageOf('plaintext', '/a.md/b.txt'), fox), fox.path);
		assert.equal(writeReference(languageOf('python', '/a/b.md'), fox), fox.path);
	});

	it('has a row for every id and every ending, and none twice', () => {
		assert.equal(new Set(languageIds).size, languageIds.length);
		assert.equal(new Set(documentExtensions).size, documentExtensions.length);
		for (const { ids, extensions } of languageNames) {
			const own = new Set<unknown>(ids.map((id) => languageOf(id, '/x')));
			for (const extension of extensions) own.add(languageOfFile(`/a.b/c${extension.toUpperCase()}`));
			assert.equal(own.size, 1, ids[0]);
		}
	});

	it('is none for files that no language ends like', () => {
		for (const path of ['/a/b.txt', '/a/b', '/a.md/b', '/a/.', '', '/a/constructor', '/a/b.__proto__', '/a/b.md.bak'])
			assert.equal(languageOfFile(path), undefined, path);
		assert.equal(languageOfFile('.md'), markdown);
	});

	it('has comments where it is read', () => {
		for (const id of languageIds) {
			const { read, comment } = languageOf(id, '/x');
			assert.equal(read === undefined, comment === undefined, id);
			assert.deepEqual(read?.(''), read && { comments: [], pictures: [] }, id);
		}
	});
});

describe('the reference of a language', () => {
	it('is the language’s own', () => {
		assert.equal(writeReference(languageOf('markdown', '/x'), fox), '![A fox](my%20images/fox.png)');
		assert.equal(
			writeReference(languageOf('html', '/x'), fox),
			'<img src="my%20images/fox.png" alt="A fox" width="2" height="1">',
		);
	});

	it('stands as a block of its own in languages of paragraphs', () => {
		const blocks = ['markdown', 'mdx', 'html', 'css', 'plaintext', 'python'].filter((id) => languageOf(id, '/x').block);
		assert.deepEqual(blocks, ['markdown', 'mdx']);
	});

	it('is the plain path in any other, also in one named like something that every object has', () => {
		const others = fc.constantFrom('plaintext', 'yaml', '', 'constructor', '__proto__', 'toString', 'Markdown');
		fc.assert(
			fc.property(others, anyPath, anyAlt, (id, path, alt) => {
				assert.equal(writeReference(languageOf(id, '/x'), { ...fox, path, alt }), path);
			}),
		);
	});

	it('is read again as it was written', () => {
		// Those whose documents may be nothing but a reference; the others have tests of their own.
		for (const id of ['markdown', 'mdx', 'html']) {
			const language = languageOf(id, '/x');
			const text = writeReference(language, { ...fox, uri: 'https://site.example/fox.png' });
			assert.deepEqual(
				language.read?.(text).pictures.map(({ span, href, alt }) => [span, href, alt?.text]),
				[[{ start: 0, end: text.length }, 'https://site.example/fox.png', 'A fox']],
				id,
			);
		}
	});
});

describe('a picture that no path leads to', () => {
	it('is named by its whole address, as it is', () => {
		const picture = { uri: 'vscode-vfs://github/a/b%20c.png', alt: 'a', width: 1, height: 2 };
		const write = (id: string) => writeReference(languageOf(id, '/x'), picture);
		assert.equal(write('markdown'), '![a](vscode-vfs://github/a/b%20c.png)');
		assert.match(write('html'), / src="vscode-vfs:\/\/github\/a\/b%20c\.png" /);
		assert.equal(write('plaintext'), 'vscode-vfs://github/a/b%20c.png');
	});
});
