import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { copyDestination, type CopyDestination } from '../../../src/documents/copyFiles';

const now = { getTime: () => 1_788_266_096_789, toISOString: () => '2026-09-01T12:34:56.789Z' };
const document = { path: '/home/docs/api/readme.md', workspaceFolder: '/home' };
const fox = { name: 'fox', ext: 'png' };

/** Where a fox for the document goes. */
function destinationOf(template: string, glob = '**/*', of: typeof document = document): CopyDestination | undefined {
	return copyDestination({ [glob]: template }, of, fox, now);
}

/** What a document is called, and how it ends. */
function namesOf(path: string): CopyDestination | undefined {
	return destinationOf('${documentBaseName}+${documentExtName}/', '**/*', { ...document, path });
}

describe('the editor’s own setting for files of a document', () => {
	const folders: readonly (readonly [what: string, template: string, folder: string])[] = [
		['nothing: beside the document', '', '/home/docs/api'],
		['blanks: beside the document', '  ', '/home/docs/api'],
		['a folder', 'images/', '/home/docs/api/images'],
		['a folder with blanks around', ' images/ ', '/home/docs/api/images'],
		['a folder and the name', 'images/${fileName}', '/home/docs/api/images'],
		['a folder above', '../media/', '/home/docs/media'],
		['a folder of the workspace', '/assets/', '/home/assets'],
		['the workspace folder itself', '/', '/home'],
		['a folder by its whole path', '${documentWorkspaceFolder}/x/', '/home/x'],
		['a way out', '../../../elsewhere/', '/elsewhere'],
		['too many ways out', '/../../../', '/'],
		['the document’s folder', '${documentDirName}/x/', '/home/docs/api/x'],
		['the same below the workspace folder', '/img/${documentRelativeDirName}/', '/home/img/docs/api'],
		['the document’s name', 'images/${documentBaseName}/', '/home/docs/api/images/readme'],
		['the document’s whole name', 'images/${documentFileName}/', '/home/docs/api/images/readme.md'],
		['the document’s extension', '${documentExtName}/', '/home/docs/api/md'],
		['the document’s path', '/x/${documentRelativeFilePath}/', '/home/x/docs/api/readme.md'],
		['the document’s whole path', '${documentFilePath}.files/', '/home/docs/api/readme.md.files'],
		['the file’s extension', '${fileExtName}/', '/home/docs/api/png'],
		['milliseconds', '${unixTime}/', '/home/docs/api/1788266096789'],
		['a date', '${isoTime}/', '/home/docs/api/2026-09-01T12:34:56.789Z'],
		['an unknown variable', '${nope}/', '/home/docs/api/${nope}'],
		['what only looks like one', '${}/$x/', '/home/docs/api/${}/$x'],
		['no variable', String.raw`\${fileName}/`, '/home/docs/api/${fileName}'],
		['a first letter', '${documentBaseName/^(.).*$/$1/}/', '/home/docs/api/r'],
		['slashes in a pattern', String.raw`/img/${'${documentRelativeDirName/docs\\/(.*)/x\\/$1/}'}/`, '/home/img/x/api'],
		['only the first match', '${documentBaseName/[e]/-/}/', '/home/docs/api/r-adme'],
		['a pattern that is none', '${documentBaseName/(/x/}/', '/home/docs/api/readme'],
		['nothing instead of something: that is passed over', '${documentBaseName/read//}/', '/home/docs/api/readme'],
	];
	for (const [what, template, folder] of folders) {
		it(`says ${what}`, () => assert.deepEqual(destinationOf(template), { folder }));
	}

	const names: readonly (readonly [template: string, folder: string, fileName: string])[] = [
		['hero.png', '/home/docs/api', 'hero'],
		['hero.webp', '/home/docs/api', 'hero.webp'],
		['images/${documentBaseName}-${fileName}', '/home/docs/api/images', 'readme-fox'],
		['images/${documentBaseName}.${fileExtName}', '/home/docs/api/images', 'readme'],
		['images/${unixTime}.png', '/home/docs/api/images', '1788266096789'],
		['images/..', '/home/docs', 'api'],
		['${fileName/(.*)\\.png/$1-small.png/}', '/home/docs/api', 'fox-small'],
		['images', '/home/docs/api', 'images'],
	];
	for (const [template, folder, fileName] of names) {
		it(`names the file: ${template}`, () => assert.deepEqual(destinationOf(template), { folder, fileName }));
	}

	const globs: readonly (readonly [glob: string, fits: boolean])[] = [
		['**/*', true],
		['**', true],
		['*.md', true],
		['readme.md', true],
		['api/*', true],
		['docs/**/*.md', true],
		['**/*.{md,mdx}', true],
		['/docs/**/*', true],
		['/docs/api/readme.md', true],
		['/**/*.md', true],
		['/api/*', false],
		['/home/docs/**', false],
		['docs/*.md', false],
		['*.mdx', false],
		['README.md', false],
		['', false],
		['/', false],
		['x'.repeat(70_000), false],
	];
	for (const [glob, fits] of globs) {
		it(`${fits ? 'holds' : 'does not hold'} for ${glob.slice(0, 20) || 'an empty glob'}`, () => {
			assert.equal(destinationOf('x/', glob) !== undefined, fits);
		});
	}

	it('holds for documents in hidden folders', () => {
		assert.ok(destinationOf('x/', '**/*.md', { ...document, path: '/home/.github/pr.md' }));
	});

	it('takes the first glob that fits', () => {
		const setting = { '*.mdx': 'no/', '*.md': 'first/', '**/*': 'second/' };
		assert.deepEqual(copyDestination(setting, document, fox, now), { folder: '/home/docs/api/first' });
		assert.equal(copyDestination({}, document, fox, now), undefined);
	});

	it('takes signs in the workspace folder’s own path for what they are', () => {
		const odd = { path: '/a (b) [c] {d}/docs/x.md', workspaceFolder: '/a (b) [c] {d}' };
		assert.deepEqual(destinationOf('/img/', '/docs/*.md', odd), { folder: '/a (b) [c] {d}/img' });
	});

	it('does without a workspace folder', () => {
		const alone = { path: '/home/x.md' };
		const of = (template: string, glob = '*.md') => copyDestination({ [glob]: template }, alone, fox, now)?.folder;
		assert.equal(of('/img/'), '/home/img');
		assert.equal(of('${documentRelativeDirName}/y/'), '/home/y');
		assert.equal(of('${documentRelativeFilePath}/'), '/home/x.md');
		assert.equal(of('img/', '/**/*.md'), undefined);
	});

	it('tells names without extension, and names that are nothing else', () => {
		assert.deepEqual(namesOf('/home/notes'), { folder: '/home/notes+' });
		assert.deepEqual(namesOf('/home/.md'), { folder: '/home/.md+' });
		assert.deepEqual(namesOf('/home/a.b.md'), { folder: '/home/a.b+md' });
	});

	it('says nothing relative of a document right in the workspace folder', () => {
		const top = { ...document, path: '/home/readme.md' };
		assert.deepEqual(destinationOf('/img/${documentRelativeDirName}/', '**/*', top), { folder: '/home/img' });
		assert.deepEqual(destinationOf('/${documentRelativeFilePath}.d/', '**/*', top), { folder: '/home/readme.md.d' });
	});
});

describe('the name of a file that is still a template', () => {
	const template = { name: '${seed}', ext: 'png' };
	const named = (destination: string, of = document) =>
		copyDestination({ '**/*': destination }, of, template, now)?.fileName;

	it('stays one, and nothing else becomes one', () => {
		assert.equal(named('images/'), undefined);
		assert.equal(named('a-${fileName}'), 'a-${seed}');
		assert.equal(named('${slug}-${fileName}'), '{slug}-${seed}');
		assert.equal(named('$${fileName}'), '${seed}');
		assert.equal(named('$$${slug}-${fileName}'), '{slug}-${seed}');
		assert.equal(named('${documentBaseName}-${fileName}', { ...document, path: '/home/${id}.md' }), '{id}-${seed}');
	});

	it('is never made of the document’s path', () => {
		const segment = fc.stringMatching(/^[a-z${}\\ .#%-]{1,12}$/).filter((text) => !/^\.\.?$/.test(text));
		fc.assert(
			fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), (segments) => {
				const odd = { ...document, path: `/home/${segments.join('/')}x.md` };
				const name = named('${documentBaseName}-${fileName}', odd) ?? '';
				assert.ok(name.endsWith('-${seed}'));
				assert.ok(!name.slice(0, -'-${seed}'.length).includes('${'));
			}),
		);
	});
});
