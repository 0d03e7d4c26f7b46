import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isWithin, normalizePath } from '../../../src/documents/paths';
import { safeName } from '../../../src/documents/fileName';
import { type ImageError, isImageError } from '../../../src/domain/imageError';
import {
	exactTarget,
	type Facts,
	type Place,
	resolveTarget,
	type Target,
	withoutImageExtension,
} from '../../../src/store/target';
import { sentence } from '../builders';

/** As CONTRACT.md has them, section 3. */
const variables =
	'workspaceFolder documentFolder documentBaseName slug date time model provider width height seed id index'.split(' ');

const place: Place = {
	base: '/ws',
	documentFolder: '/ws/docs',
	documentBaseName: 'guide',
	roots: ['/ws', '/other'],
};

const facts: Facts = {
	slug: 'a-fox',
	date: '2026-11-21',
	time: '14-05-09',
	model: 'vendor/easel:2@1',
	provider: 'openai',
	width: '1024',
	height: '768',
	seed: '7',
	id: '0123456789abcdef',
	index: '2',
};

function resolve(folder: string, fileName = '${slug}', changes: Partial<Facts> = {}, where: Partial<Place> = {}) {
	return resolveTarget({ folder, fileName }, { ...facts, ...changes }, { ...place, ...where });
}

/** Folder and name as one path, or the sentence that refuses. */
function pathOf(...args: Parameters<typeof resolve>): string {
	return textOf(resolve(...args));
}

function textOf(target: Target | ImageError): string {
	return isImageError(target) ? `${target.code}: ${sentence(target.message)}` : `${target.folder}/${target.name}`;
}

describe('filling in where a picture goes', () => {
	const examples: readonly (readonly [folder: string, fileName: string, path: string])[] = [
		['${documentFolder}/images', '${slug}', '/ws/docs/images/a-fox'],
		['${workspaceFolder}', '${slug}', '/ws/a-fox'],
		['images', '${slug}', '/ws/images/a-fox'],
		['', '${slug}', '/ws/a-fox'],
		['./images//x/', '${slug}', '/ws/images/x/a-fox'],
		['images\\deep', '${slug}', '/ws/images/deep/a-fox'],
		['images/../pictures', '${slug}', '/ws/pictures/a-fox'],
		['/ws/pictures', '${slug}', '/ws/pictures/a-fox'],
		['/other/pictures', '${slug}', '/other/pictures/a-fox'],
		['${provider}/${model}', '${slug}', '/ws/openai/vendor-easel-2@1/a-fox'],
		['images', '${date}_${time}-${width}x${height}-${seed}-${index}', '/ws/images/2026-11-21_14-05-09-1024x768-7-2'],
		['images', '${documentBaseName}-${id}', '/ws/images/guide-0123456789abcdef'],
		['images', 'sub/${slug}', '/ws/images/sub/a-fox'],
		['images', 'sub\\${slug}', '/ws/images/sub/a-fox'],
		['images', '../${slug}', '/ws/a-fox'],
		['images', 'a/../../b', '/ws/b'],
		['images', '${slug}.png', '/ws/images/a-fox'],
		['images', '${slug}.JPEG', '/ws/images/a-fox'],
		['images', 'v1.2', '/ws/images/v1.2'],
		['images', 'fox.txt', '/ws/images/fox.txt'],
		['images', 'what: a fox?', '/ws/images/what- a fox-'],
		['images', 'CON', '/ws/images/image-CON'],
		['images', 'aux.png', '/ws/images/image-aux'],
		['images', 'fox. . ', '/ws/images/fox'],
		['images', '', '/ws/images/image'],
		['images', '.png', '/ws/images/image'],
		['images', '.', '/ws/images/image'],
		['images', 'sub/', '/ws/images/sub/image'],
		['images', '...', '/ws/images/image'],
		['images', '~fox', '/ws/images/~fox'],
		['~images', 'fox', '/ws/~images/fox'],
	];
	for (const [folder, fileName, path] of examples) {
		it(`makes ${path} of ${folder || '(nothing)'} and ${fileName || '(nothing)'}`, () => {
			assert.equal(pathOf(folder, fileName), path);
		});
	}

	it('has a value for every variable, in folder and name', () => {
		for (const variable of variables) {
			assert.ok(!isImageError(resolve(`\${${variable}}`)), variable);
			if (variable.endsWith('Folder')) continue;
			assert.ok(!isImageError(resolve('images', `\${${variable}}`)), variable);
		}
	});

	it('puts a picture with an empty name into the same folder', () => {
		assert.equal(pathOf('images', '${seed}', { seed: '' }), '/ws/images/image');
		assert.equal(pathOf('${workspaceFolder}', '${seed}', { seed: '' }), '/ws/image');
		assert.equal(
			pathOf('${documentFolder}/images', '${documentBaseName}', {}, { documentBaseName: '' }),
			'/ws/docs/images/image',
		);
	});

	it('does not climb to the top because a variable stands for nothing', () => {
		assert.equal(pathOf('${seed}/images', 'fox', { seed: '' }), '/ws/images/fox');
		assert.equal(pathOf('images', '${seed}/fox', { seed: '' }), '/ws/images/fox');
		assert.equal(pathOf('${documentBaseName}/images', 'fox', {}, { documentBaseName: '' }), '/ws/images/fox');
	});

	it('takes a value for one name, never for a path', () => {
		assert.equal(pathOf('${slug}', 'fox', { slug: '../../etc' }), '/ws/..-..-etc/fox');
		assert.equal(pathOf('images', '${slug}', { slug: '../../etc/passwd' }), '/ws/images/..-..-etc-passwd');
		assert.equal(pathOf('images', '${slug}', { slug: '..' }), '/ws/images/image');
		assert.equal(pathOf('${slug}/x', 'fox', { slug: '..' }), '/ws/x/fox');
		assert.equal(pathOf('images', '${slug}', { slug: '${id}' }), '/ws/images/${id}');
		assert.equal(pathOf('images', '${documentBaseName}', {}, { documentBaseName: 'C:\\x' }), '/ws/images/C-x');
		assert.equal(pathOf('${documentBaseName}', 'fox', {}, { documentBaseName: '~' }), '/ws/~/fox');
	});

	it('leaves signs alone that the document’s own folder has', () => {
		const odd = '/ws/a ${slug} b#ü\\c/..d';
		assert.equal(pathOf('${documentFolder}/images', 'fox', {}, { documentFolder: odd }), `${odd}/images/fox`);
	});

	it('works at the top of a file system', () => {
		const top = { base: '/', documentFolder: '/', roots: ['/'] };
		assert.deepEqual(resolve('images', 'fox', {}, top), { folder: '/images', name: 'fox' });
		assert.deepEqual(resolve('', 'fox', {}, top), { folder: '/', name: 'fox' });
		assert.deepEqual(resolve('${documentFolder}', '', {}, top), { folder: '/', name: 'image' });
	});

	it('knows a Windows path by its drive', () => {
		const windows = { base: '/c:/ws', documentFolder: '/c:/ws/docs', roots: ['/c:/ws'] };
		assert.equal(pathOf('C:\\ws\\images', 'fox', {}, windows), '/c:/ws/images/fox');
		assert.equal(pathOf('c:/ws/images', 'fox', {}, windows), '/c:/ws/images/fox');
		assert.match(pathOf('D:\\ws', 'fox', {}, windows), /^bad-input/);
	});
});

describe('confining a picture to the workspace', () => {
	const outside: readonly (readonly [folder: string, fileName: string])[] = [
		['..', 'fox'],
		['../ws-secret', 'fox'],
		['images/../../etc', 'fox'],
		['images\\..\\..\\etc', 'fox'],
		['/', 'fox'],
		['/etc', 'fox'],
		['\\etc', 'fox'],
		['//server/share', 'fox'],
		['\\\\server\\share', 'fox'],
		['/ws/../etc', 'fox'],
		['/wsx', 'fox'],
		['~', 'fox'],
		['~/pictures', 'fox'],
		['~\\pictures', 'fox'],
		['C:\\x', 'fox'],
		['c:x', 'fox'],
		['${workspaceFolder}/..', 'fox'],
		['${documentFolder}/../../x', 'fox'],
		['${workspaceFolder}-secret', 'fox'],
		['images', '../../fox'],
		['images', '..\\..\\fox'],
		['images', 'a/../../../b'],
		['images', '/etc/fox'],
		['images', '/ws/images/fox'],
		['images', '\\fox'],
		['images', '~/fox'],
		['images', 'C:\\fox'],
		['images', '..'],
		['images', 'a/..'],
		['images', '../..'],
		['images', 'fox\0.png'],
		['im\0ages', 'fox'],
	];
	for (const [folder, fileName] of [
		['.git/hooks', 'x'],
		['docs/.GIT', 'x'],
		['${workspaceFolder}/.vscode', 'x'],
		['docs', '.vscode/x'],
		['.git./hooks', 'x'],
		['.git /hooks', 'x'],
		['.GIT. ./hooks', 'x'],
		['git~1/hooks', 'x'],
		['.git::$INDEX_ALLOCATION/hooks', 'x'],
		['.git:x', 'x'],
		['.g\u200cit/hooks', 'x'],
		['\u00ad.vscode', 'x'],
		['VSCODE~2', 'x'],
		['git~12/hooks', 'x'],
		['vscod~10', 'x'],
		['GI7A3F~1/hooks', 'x'],
		['docs/vs00ff~12', 'x'],
		['.gi\u200dt/hooks', 'x'],
		['docs', '.g\u200cit/x'],
		['a\nb', 'x'],
		['docs/\u0000', 'x'],
	] as const) {
		it(`saves nothing in ${JSON.stringify(`${folder}/${fileName}`)}`, () => {
			assert.match(pathOf(folder, fileName), /^bad-input: Limn saves nothing in /);
		});
	}

	it('saves in folders that only look so', () => {
		assert.equal(pathOf('docs/.github', 'x'), '/ws/docs/.github/x');
		assert.equal(pathOf('git/vscode', 'x'), '/ws/git/vscode/x');
		assert.equal(pathOf('my.git', 'x'), '/ws/my.git/x');
		assert.equal(pathOf('git~old/.gitlab', 'x'), '/ws/git~old/.gitlab/x');
		assert.equal(pathOf('gi7a3g~1/vs12~1', 'x'), '/ws/gi7a3g~1/vs12~1/x');
	});

	for (const [folder, fileName] of outside) {
		it(`refuses ${JSON.stringify(folder)} with ${JSON.stringify(fileName)}`, () => {
			assert.match(
				pathOf(folder, fileName),
				/^bad-input: (.* is outside the workspace\. Choose a folder inside|Limn saves nothing in )/s,
			);
		});
	}

	it('names the templates as the person wrote them', () => {
		assert.ok(pathOf('../${slug}', 'fox').includes('../${slug}/fox'));
	});

	const signs = [
		'..',
		'.',
		'/',
		'\\',
		'~',
		'~/',
		'C:',
		'\0',
		' ',
		'a',
		'ws',
		'etc',
		'CON',
		'.png',
		'森',
		'%2e%2e',
		'...',
		'.. ',
	];
	const holes = variables.map((variable) => `\${${variable}}`);
	const pieces = fc.oneof(fc.constantFrom(...signs, ...holes), fc.string({ unit: 'binary', maxLength: 4 }));
	const template = fc.array(pieces, { maxLength: 7 }).map((parts) => parts.join(''));
	const value = fc.oneof(fc.string({ unit: 'binary' }), template);

	it('never leaves the roots, whatever templates and values', () => {
		const values = fc.record({ slug: value, model: value, seed: value, provider: value });
		const hostile = fc.record({ documentBaseName: value });
		fc.assert(
			fc.property(template, template, values, hostile, (folder, fileName, changes, where) => {
				const target = resolve(folder, fileName, changes, where);
				if (isImageError(target)) {
					assert.equal(target.code, 'bad-input');
					assert.equal(target.charged, 'no');
					return;
				}
				assert.equal(target.folder, normalizePath(target.folder));
				assert.ok(place.roots.some((root) => isWithin(`${target.folder}/${target.name}`, root)));
				assert.ok(!target.folder.split('/').includes('..') && !target.folder.includes('\0'));
				assert.ok(target.name !== '' && !target.name.includes('/'));
				assert.equal(target.name, safeName(target.name).replace(/^image-image-/, 'image-'));
			}),
			{ numRuns: 3000 },
		);
	});
});

function exact(path: string): string {
	return textOf(exactTarget(path, place));
}

describe('the one place that a document names', () => {
	it('keeps its name, with the joiners of Persian and of India’s scripts', () => {
		for (const name of ['fox', 'می\u200cخواهم', 'क्\u200dष', 'A fox, at dawn!']) {
			assert.equal(exact(`/ws/images/${name}.png`), `/ws/images/${name}`);
		}
	});

	it('is none where the name hides something, or others read the folder', () => {
		const names = ['f\u200cox', '\u200cمی', 'می\u200c', 'می\u200c\u200cخ', '森\u200d森', 'fox\u202Egnp', 'a:b', 'con'];
		for (const name of names) assert.match(exact(`/ws/images/${name}.png`), /^bad-input: Limn saves nothing in /);
		for (const folder of ['.git', '.g\u200cit', 'git~10', 'GI12AB~1', 'VS12AB~3', '.vscode']) {
			assert.match(exact(`/ws/${folder}/fox.png`), /^bad-input: Limn saves nothing in /, folder);
		}
		assert.match(exact('/ws/.g\u200cit'), /^bad-input: Limn saves nothing in /);
		assert.match(exact('/etc/fox.png'), /is outside the workspace/);
	});
});

describe('a variable that there is not', () => {
	it('is named, with those that there are', () => {
		const message = pathOf('images', '${nope}');
		assert.match(message, /^bad-input: There is no variable \$\{nope\}\. Available: /);
		for (const variable of variables) {
			const isFolder = variable.endsWith('Folder');
			assert.equal(message.includes(`\${${variable}}`), !isFolder, `${variable}: a name knows no folders`);
		}
	});

	it('is one of folder or name, also one that every object has', () => {
		for (const name of ['constructor', '__proto__', 'toString', '', ' slug', 'Slug', 'env:HOME']) {
			assert.match(pathOf(`images/\${${name}}`), /There is no variable/, name);
			assert.match(pathOf('images', `\${${name}}`), /There is no variable/, name);
		}
		assert.match(pathOf('images', '${workspaceFolder}/fox'), /There is no variable/);
	});
});

describe('the extension of a file name', () => {
	it('comes off where it asks for a format', () => {
		for (const name of ['fox.png', 'fox.jpg', 'fox.JPEG', 'fox.webp']) assert.equal(withoutImageExtension(name), 'fox');
		assert.equal(withoutImageExtension('v1.2/fox.png'), 'v1.2/fox');
		assert.equal(withoutImageExtension('fox.tar.png'), 'fox.tar');
	});

	it('stays where it does not', () => {
		for (const name of ['fox', 'fox.gif', 'v1.2', 'fox.', 'png', 'a.png/b'])
			assert.equal(withoutImageExtension(name), name);
	});
});
