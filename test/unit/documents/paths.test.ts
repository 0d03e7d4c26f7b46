import assert from 'node:assert/strict';
import path from 'node:path';
import * as fc from 'fast-check';
import {
	folderOf,
	isWithin,
	nameOfPath,
	normalizePath,
	haveSameRoot,
	relativePath,
} from '../../../src/documents/paths';
import { urlOf } from '../../../src/documents/languages/target';

/** What a folder or file may be called, percent signs and look-alikes of `..` included. */
const segment = fc
	.oneof(
		fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
		fc.constantFrom('a', 'b', 'c:', '...', '%2e%2e', '%2F', 'a b#ü?', '~', '-', 'x:y', '森'),
	)
	.filter((text) => !text.includes('/') && text !== '.' && text !== '..');
const segments = fc.array(segment, { maxLength: 5 });
const absolute = segments.map((parts) => `/${parts.join('/')}`);
/** Also with `.`, `..` and empty segments. */
const untidy = fc
	.array(fc.oneof(fc.constantFrom('.', '..', '', 'a', 'b'), segment), { maxLength: 8 })
	.map((parts) => `/${parts.join('/')}`);

describe('normalizing a path', () => {
	it('agrees with Node on every path, apart from a slash at the end', () => {
		fc.assert(
			fc.property(untidy, (text) => {
				const expected = path.posix.normalize(text);
				assert.equal(normalizePath(text), expected === '/' ? '/' : expected.replace(/\/$/, ''));
			}),
		);
	});

	it('changes nothing the second time', () => {
		fc.assert(fc.property(untidy, (text) => assert.equal(normalizePath(normalizePath(text)), normalizePath(text))));
	});

	it('stays at the top', () => {
		assert.equal(normalizePath('/../../a'), '/a');
		assert.equal(normalizePath(''), '/');
		assert.equal(normalizePath('/c:/x/../..'), '/');
	});
});

describe('being within a folder', () => {
	it('holds for the folder and everything below it', () => {
		fc.assert(
			fc.property(absolute, segments, (root, below) => {
				assert.ok(isWithin(root, root));
				assert.ok(isWithin([root, ...below].join('/'), root));
			}),
		);
	});

	it('is the same as a way there without `..`, by Node’s own reckoning', () => {
		fc.assert(
			fc.property(untidy, untidy, (inner, outer) => {
				const steps = path.posix.relative(outer, inner);
				assert.equal(isWithin(inner, outer), steps !== '..' && !steps.startsWith('../'));
			}),
		);
	});

	it('is not sharing the beginning of a name', () => {
		assert.equal(isWithin('/ws-secret/x', '/ws'), false);
		assert.equal(isWithin('/w', '/ws'), false);
		assert.equal(isWithin('/ws/a/../../etc', '/ws'), false);
		assert.equal(isWithin('/ws/../ws', '/ws'), true);
		assert.equal(isWithin('/anything', '/'), true);
	});
});

describe('the parts of a path', () => {
	it('are its folder and its name', () => {
		fc.assert(
			fc.property(absolute, segment, (folder, name) => {
				const whole = `${folder === '/' ? '' : folder}/${name}`;
				assert.equal(folderOf(whole), folder);
				assert.equal(nameOfPath(whole), name);
			}),
		);
		assert.equal(folderOf('/'), '/');
		assert.equal(nameOfPath('/a/'), '');
		assert.equal(nameOfPath('fox.png'), 'fox.png');
	});
});

describe('a relative path', () => {
	const examples: readonly (readonly [folder: string, file: string, relative: string])[] = [
		['/ws/docs', '/ws/docs/fox.png', 'fox.png'],
		['/ws/docs', '/ws/docs/images/fox.png', 'images/fox.png'],
		['/ws/docs/deep', '/ws/media/fox.png', '../../media/fox.png'],
		['/', '/fox.png', 'fox.png'],
		['/a', '/ab/fox.png', '../ab/fox.png'],
		['/a/b', '/a/b', '../b'],
		['/a/./x/../b/', '/a//b/fox.png', 'fox.png'],
		['/c:/ws', '/c:/ws/fox.png', 'fox.png'],
		['/a/b', '/a', '../../a'],
	];
	for (const [folder, file, relative] of examples) {
		it(`from ${folder} to ${file} is ${relative}`, () => assert.equal(relativePath(folder, file), relative));
	}

	it('leads from the folder to the file', () => {
		fc.assert(
			fc.property(absolute, absolute, segment, (folder, home, name) => {
				const file = normalizePath(`${home}/${name}`);
				assert.equal(normalizePath(`${folder}/${relativePath(folder, file)}`), file);
			}),
		);
	});

	it('as a URL leads there by any browser’s reckoning', () => {
		fc.assert(
			fc.property(absolute, absolute, segment, (folder, home, name) => {
				const file = normalizePath(`${home}/${name}`);
				const base = new URL(`https://site.example${urlOf(folder)}/document.md`.replace('//document', '/document'));
				const resolved = new URL(urlOf(relativePath(folder, file)), base);
				assert.equal(resolved.origin, base.origin);
				assert.equal(`${resolved.search}${resolved.hash}`, '');
				assert.equal(resolved.pathname.split('/').map(decodeURIComponent).join('/'), file);
			}),
			{ numRuns: 500 },
		);
	});

	it('knows that drives are the same in capitals, and that none leads to another', () => {
		assert.equal(relativePath('/c:/ws/docs', '/C:/ws/images/a.png'), '../images/a.png');
		assert.ok(haveSameRoot('/c:/ws', '/C:/other'));
		assert.ok(haveSameRoot('/ws', '/C'));
		assert.ok(!haveSameRoot('/c:/ws', '/d:/ws'));
		assert.ok(!haveSameRoot('/c:/ws', '/ws'));
	});

	it('climbs no farther than it must', () => {
		fc.assert(
			fc.property(absolute, segments, segment, (folder, below, name) => {
				const file = normalizePath([folder, ...below, name].join('/'));
				assert.ok(!relativePath(folder, file).split('/').includes('..'));
			}),
		);
	});
});
