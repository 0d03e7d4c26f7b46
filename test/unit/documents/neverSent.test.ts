import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { neverSent } from '../../../src/documents/neverSent';

/** Globs, paths that they name, and paths that they do not. */
const table: readonly (readonly [glob: string, named: readonly string[], others: readonly string[]])[] = [
	[
		'secret.png',
		['secret.png', 'a/b/secret.png', 'a/Secret.PNG', 'secret.png/inside.png'],
		['secret.png.bak', 'mysecret.png'],
	],
	['*.pem', ['a.pem', 'x/.pem', 'x/y/z.PEM'], ['a.pem2', 'pem']],
	['.env*', ['.env', '.env.local', 'app/.env', 'app/.env.d/x.png'], ['env', 'a.env']],
	[
		'private',
		['private', 'private/a.png', 'x/private/y/a.png', 'x/private/.hidden/a.png'],
		['privates/a.png', 'my private'],
	],
	['private/', ['private/a.png', 'x/private/y/a.png'], ['privates/a.png']],
	['/private', ['private', 'private/a.png'], ['x/private/a.png']],
	['./private', ['private/x/a.png'], ['x/private/a.png']],
	['./private/', ['private/x/a.png'], ['x/private/a.png']],
	['docs/private', ['docs/private/a.png', 'docs/private'], ['x/docs/private/a.png', 'docs/a.png']],
	['docs/*', ['docs/a.png', 'docs/x/a.png'], ['a.png', 'x/docs/a.png']],
	['docs/*.png', ['docs/a.png', 'docs/.png'], ['docs/x/a.png', 'docs/a.jpg']],
	['docs/**/*.png', ['docs/a.png', 'docs/x/y/a.png'], ['a.png', 'docs/x/a.jpg']],
	['**/private/**', ['private/a.png', 'x/private/a.png', 'x/private'], ['x/privates/a.png']],
	['**/a/**/b/**/c', ['a/b/c', 'x/a/y/b/z/c', 'a/a/b/a/b/c/d'], ['a/c/b', 'a/b']],
	['**', ['a', '.git/a', 'a/b/c'], []],
	['*', ['a', 'a/b'], []],
	['/', ['a', 'a/b'], []],
	['.', ['a'], []],
	['', [], ['a', ' ']],
	['  ', [], ['a', '  ']],
	['?.png', ['a.png', 'é.png', '狐.png', '🦊.png'], ['ab.png', '.png']],
	['[a-c].png', ['b.png', 'B.png', '[a-c].png'], ['d.png']],
	['[!a-c].png', ['d.png', '[!a-c].png'], ['b.png']],
	['[^ab]x', ['cx'], ['ax']],
	['[draft', ['[draft', 'x/[draft'], ['draft']],
	['[slug]/a.png', ['[slug]/a.png', 's/a.png'], ['x/a.png']],
	['a{b', ['a{b'], ['ab']],
	['*.{key,pem}', ['a.key', 'a.pem', 'a.{key,pem}'], ['a.png', 'a.']],
	['{a,b/{c,d}}.png', ['a.png', 'b/c.png', 'b/d.png'], ['b.png', 'c.png']],
	['{one}.png', ['{one}.png'], ['one.png']],
	['{,x}y', ['y', 'xy'], ['zy']],
	['!secret.png', ['!secret.png', 'secret.png', 'a/secret.png'], ['other.png']],
	['!!/docs', ['docs/a.png'], ['x/docs']],
	['!', ['!'], ['a']],
	[' secret.png\t', ['secret.png', ' secret.png\t'], ['other.png']],
	['${workspaceFolder}/docs', ['docs/a.png', '${workspaceFolder}/docs'], ['x/docs/a.png', 'a.png']],
	['${WORKSPACEFOLDER}\\docs', ['docs/a.png'], ['x/docs/a.png']],
	['!${workspaceFolder}/docs', ['docs/a.png'], ['x/docs/a.png']],
	['${workspaceFolder}', ['a', 'a/b'], []],
	['${workspaceFolder:app}/docs', ['a', '/a'], []],
	['docs/${file}', ['a', '/a'], []],
	['~/docs', ['a', '/a'], []],
	['~\\docs', ['a', '/a'], []],
	['{docs,~/keys}', ['a', '/a'], []],
	['file:///docs', ['a', '/a'], []],
	['vscode-vfs://x/docs', ['a', '/a'], []],
	['~docs', ['~docs', 'x/~docs/a'], ['docs', 'a']],
	['a~', ['a~'], ['a']],
	['#secret', ['#secret'], ['secret']],
	['+(a)', ['+(a)'], ['a', 'aa']],
	['!(a)', ['!(a)', '(a)'], ['a', 'b']],
	['@(a|b)', ['@(a|b)'], ['a', 'b']],
	['(group)/*', ['(group)/a.png'], ['group/a.png']],
	['a|b', ['a|b'], ['a', 'b']],
	['a.b', ['a.b'], ['axb']],
	['$^.\\d', ['$^./d'], ['1']],
	['docs\\private', ['docs/private/a.png', 'docs\\private'], ['private/a.png']],
	['a//b', ['a/b'], ['ab']],
	['a/../b', ['b/x'], ['a/b']],
	['GEHEIM', ['geheim/a.png'], []],
	['größe', ['GRÖSSE'.replace('SS', 'ẞ'), 'gro\u0308ße'], ['grosse']],
	['/home/me/keys', ['/home/me/keys/a.png', 'home/me/keys/a.png'], ['/x/home/me/keys/a.png', '/home/me/a.png']],
	['C:\\Users\\me', ['/c:/users/me/a.png', '/C:/Users/me'], ['/d:/users/me/a.png', '/x/c:/users/me']],
	['keys', ['keys/a'], ['/home/me/keys/a.png']],
	['**/keys', ['x/keys/a'], ['/home/me/keys/a.png']],
	['/**', ['/home/a', 'a'], []],
];

const segment = fc.oneof(
	fc.constantFrom('a', 'b', '.env', 'Docs', 'a b#ü', '狐', '[x]', '(y)', '{a,b}', '!z'),
	fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
		.filter((text) => !/[/\\]|^\.{1,2}$/.test(text) && text.trim() !== ''),
);
const anyPath = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
const anyGlob = fc
	.array(
		fc.oneof(
			segment,
			fc.constantFrom('*', '**', '?', '/', '[a-z]', '[!a]', '{a,b}', '{', '}', '[', ']', '!', '\\', '(', ')', '+'),
		),
		{
			maxLength: 8,
		},
	)
	.map((parts) => parts.join(''));

describe('files that are never sent', () => {
	for (const [glob, named, others] of table) {
		it(`are named by ${JSON.stringify(glob)}`, () => {
			const names = neverSent([glob]);
			assert.deepEqual(
				named.filter((path) => !names(path)),
				[],
			);
			assert.deepEqual(others.filter(names), []);
		});
	}

	it('are none where there is no glob', () => {
		fc.assert(fc.property(anyPath, (path) => assert.equal(neverSent([])(path), false)));
	});

	it('stay so whatever further globs there are', () => {
		fc.assert(
			fc.property(anyPath, fc.array(anyGlob), anyGlob, fc.array(anyGlob), (path, before, glob, after) => {
				if (neverSent([glob])(path)) assert.ok(neverSent([...before, glob, ...after])(path));
			}),
		);
	});

	it('are those that one of the globs names, in any order', () => {
		fc.assert(
			fc.property(anyPath, fc.array(anyGlob, { maxLength: 4 }), (path, globs) => {
				const one = globs.some((glob) => neverSent([glob])(path));
				assert.equal(neverSent(globs)(path), one);
				assert.equal(neverSent(globs.toReversed())(path), one);
			}),
		);
	});

	it('are named by their own name, at any depth, with what is below', () => {
		fc.assert(
			fc.property(anyPath, segment, anyPath, (above, name, below) => {
				for (const path of [name, `${above}/${name}`, `${name}/${below}`, `${above}/${name}/${below}`])
					assert.ok(neverSent([name])(path), path);
			}),
		);
	});

	it('are named by their own path, in capitals and as macOS stores it too', () => {
		fc.assert(
			fc.property(anyPath, (path) => {
				for (const form of [path, `/${path}`, `./${path}`, `${path}/`, path.normalize('NFD')])
					assert.ok(neverSent([form])(path), form);
				const capitals = path.toUpperCase();
				// Some letters have no way back.
				if (capitals.toLowerCase() === path.toLowerCase()) assert.ok(neverSent([capitals])(path));
			}),
		);
	});

	it('cannot be told from globs that are too wild', () => {
		const wild = [
			'{a,b}'.repeat(10),
			`${'{'.repeat(9)}a,b${',c}'.repeat(9)}{d,e}{f,g}{h,i}{j,k}{l,m}`,
			'x'.repeat(301),
		];
		for (const glob of wild) assert.ok(neverSent([glob])('innocent.png'), glob);
		for (const glob of wild) assert.ok(neverSent([glob])('/innocent.png'), glob);
	});

	/** Each would be tried in more ways than there is time for; the suite's own limit is the guard. */
	it('are told in time, whatever the globs', () => {
		const globs = [
			'**/a/'.repeat(40) + 'b',
			'*a'.repeat(100) + 'b',
			'*/'.repeat(100) + 'b',
			'(a+)+'.repeat(50) + 'b',
			'{a,aa}'.repeat(5) + '*a*a*b',
		];
		const paths = ['a/'.repeat(2000) + 'x', 'a'.repeat(4000), ('a'.repeat(250) + '/').repeat(16) + 'x'];
		for (const path of paths) assert.equal(neverSent(globs.slice(3))(path), false);
		for (const path of paths) neverSent(globs)(path);
	});
});
