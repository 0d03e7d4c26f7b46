import assert from 'node:assert/strict';
import path from 'node:path';
import * as fc from 'fast-check';
import { isImageError, sentencesOf } from '../../../src/domain/imageError';
import { english } from '../../../src/domain/message';
import { segmentsOf } from '../../../src/agents/toolPath';

function judged(name: string): string {
	const segments = segmentsOf(name);
	return isImageError(segments) ? sentencesOf(segments).map(english).join(' ') : segments.join('|');
}

/** What an attacker would put together. */
const pieces = fc.constantFrom(
	'..',
	'.',
	'/',
	'\\',
	'~',
	':',
	'.git',
	'.vscode',
	'GIT~1',
	'a',
	'images',
	'${slug}',
	'con',
	' ',
	'\u0000',
	'\u202E',
	'%2e%2e',
	'.png',
	'.PNG',
	'.jpg',
	'.webp',
	'.svg',
	'.json',
	'file:',
	'C:',
	'//',
	'\n',
	'é',
	'．．',
);
const hostile = fc.array(pieces, { maxLength: 8 }).map((each) => each.join(''));

describe('the path that an agent gives', () => {
	it('may be any plain one below the workspace folder', () => {
		const plain = {
			'fox.png': 'fox.png',
			'./fox.JPG': 'fox.JPG',
			'docs/images/a fox.jpeg': 'docs|images|a fox.jpeg',
			'Füchse/狐.webp': 'Füchse|狐.webp',
			'a~b/c$d.png': 'a~b|c$d.png',
		};
		for (const [name, segments] of Object.entries(plain)) assert.equal(judged(name), segments);
	});

	it('leads nowhere else', () => {
		for (const name of ['../x.png', 'a/../../x.png', 'a/../x.png', '/x.png', '//h/x.png', '~/x.png', 'c:/x.png'])
			assert.match(judged(name), /is not inside the workspace/, name);
		for (const name of ['a\\x.png', '\\\\h\\x.png', 'file:///x.png', 'C:\\x.png'])
			assert.match(judged(name), /is not inside the workspace|no name that every system takes/, name);
	});

	it('leads to nothing hidden', () => {
		for (const name of ['.git/x.png', 'a/.vscode/x.png', '.x.png', 'a/./x.png'])
			assert.match(judged(name), /hidden/, name);
	});

	it('is a name on every system, and no template', () => {
		for (const name of [
			'con.png',
			'GIT~1/x.png',
			'a:b.png/x.png',
			'a /x.png',
			'a./x.png',
			'x\u202Egnp.png',
			'${slug}.png',
		])
			assert.match(judged(name), /no name that every system takes|not inside/, name);
	});

	it('ends as a picture does', () => {
		for (const name of ['x', 'x.svg', 'settings.json', 'x.png/', 'x.gif'])
			assert.match(judged(name), /does not end with/, name);
	});

	it('whatever it is, stays below the folder, outside of hidden folders, with the name of a picture', () => {
		fc.assert(
			fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (name) => {
				const segments = segmentsOf(name);
				if (isImageError(segments)) return;
				for (const system of [path.posix, path.win32]) {
					const way = system.relative(system.resolve('/root'), system.resolve('/root', ...segments));
					assert.ok(way !== '' && !way.startsWith('..') && !system.isAbsolute(way), name);
					assert.ok(
						way.split(system.sep).every((segment) => !segment.startsWith('.')),
						name,
					);
				}
				assert.match(segments.at(-1) ?? '', /\.(png|jpe?g|webp)$/i);
			}),
			{ numRuns: 20_000 },
		);
	});
});
