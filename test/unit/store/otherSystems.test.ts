import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isImageError } from '../../../src/domain/imageError';
import { exactTarget, type Facts, type Place, resolveTarget } from '../../../src/store/target';

const windows: Place = {
	base: '/c:/My Docs #1',
	documentFolder: '/c:/My Docs #1/a b#ü',
	documentBaseName: 'x',
	roots: ['/c:/My Docs #1'],
};

/** A folder of another computer: the editor keeps its name in the authority, and the path begins with the share. */
const share: Place = {
	base: '/share/ws',
	documentFolder: '/share/ws/docs',
	documentBaseName: 'x',
	roots: ['/share/ws'],
};

const facts: Facts = {
	slug: 'a-fox',
	date: '2026-11-22',
	time: '10-00-00',
	model: 'placeholder',
	provider: 'sketch',
	width: '1',
	height: '1',
	seed: '',
	id: 'ff',
	index: '1',
};

function pathOf(folder: string, fileName = '${slug}', place = windows, more: Partial<Facts> = {}): string {
	const target = resolveTarget({ folder, fileName }, { ...facts, ...more }, place);
	return isImageError(target) ? target.code : `${target.folder}/${target.name}`;
}

describe('where a picture goes on Windows', () => {
	it('is the same however the way there is written', () => {
		const folder = '/c:/My Docs #1/images/deep';
		for (const written of [
			'images/deep',
			'images\\deep',
			'.\\images\\\\deep\\',
			'C:\\My Docs #1\\images\\deep',
			'c:/My Docs #1/images/deep',
			'${workspaceFolder}\\images\\deep',
			'${documentFolder}\\..\\images\\deep',
		])
			assert.equal(pathOf(written), `${folder}/a-fox`, written);
	});

	it('is beside a document whose path has signs of addresses', () => {
		assert.equal(pathOf('${documentFolder}\\images'), '/c:/My Docs #1/a b#ü/images/a-fox');
	});

	it('is the same drive in capitals and in small letters', () => {
		for (const drive of ['c', 'C']) {
			const place = { ...windows, base: `/${drive}:/ws`, documentFolder: `/${drive}:/ws`, roots: [`/${drive}:/ws`] };
			for (const written of ['c:\\ws\\i', 'C:\\ws\\i', 'i'])
				assert.equal(pathOf(written, 'x', place), '/c:/ws/i/x', written);
			assert.equal(pathOf('d:\\ws\\i', 'x', place), 'bad-input');
			const exact = exactTarget('/C:/ws/i/fox.png', place);
			assert.ok(!isImageError(exact) && exact.name === 'fox');
		}
	});

	it('is on a share where the workspace is, and on no other', () => {
		assert.equal(pathOf('images', 'x', share), '/share/ws/images/x');
		for (const written of ['\\\\server\\share\\images', '//server/share', '\\\\?\\C:\\x']) {
			assert.equal(pathOf(written), 'bad-input', written);
			assert.equal(pathOf(written, 'x', share), 'bad-input', written);
		}
	});

	it('is no address', () => {
		for (const written of [
			'file:///c%3A/My%20Docs%20%231/images',
			'file:///c:/x',
			'vscode-vfs://github/a',
			'HTTP://a.example/',
		])
			for (const place of [windows, share, { ...share, base: '/', documentFolder: '/', roots: ['/ws'] }])
				assert.equal(pathOf(written, 'x', place), 'bad-input', written);
		assert.equal(pathOf('images', 'file:///c:/x'), 'bad-input');
	});

	it('is no folder that Windows cannot make: nobody pays first', () => {
		const linux = { ...windows, base: '/ws', documentFolder: '/ws', roots: ['/ws'] };
		for (const folder of ['ab:c', 'con', 'images/aux.d/x', 'images./x', 'x /y', 'what?', 'a|b']) {
			assert.equal(pathOf(folder), 'bad-input', folder);
			assert.equal(pathOf('.', `${folder}/x`), 'bad-input', folder);
			assert.equal(pathOf(folder, 'x', linux), `/ws/${folder}/x`);
		}
	});

	it('has a name that Windows can keep', () => {
		const names = [
			['aux.png', 'image-aux'],
			['NUL', 'image-NUL'],
			['Com1.tar.png', 'image-Com1.tar'],
			['fox.', 'fox'],
			['fox . .', 'fox'],
			['fox: at dawn', 'fox- at dawn'],
			['a|b*c?', 'a-b-c-'],
			['ü'.repeat(200), 'ü'.repeat(100)],
		] as const;
		for (const [written, name] of names) assert.equal(pathOf('images', written), `/c:/My Docs #1/images/${name}`);
	});
});

describe('a name with marks on its letters', () => {
	it('is saved in one form, whichever the person or macOS gave', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('u\u0308', 'é', '한', 'a', 'ñ', '\u1112\u1161', 'が', '-') }),
				(text) => {
					const [one, other] = ['NFC', 'NFD'].map((form) => {
						const name = text.normalize(form);
						const place = { ...windows, documentBaseName: name };
						return [
							pathOf('images', name),
							pathOf('images', '${documentBaseName}', place),
							pathOf('${slug}', 'x', windows, { slug: name }),
						];
					});
					assert.deepEqual(one, other);
					assert.deepEqual(
						one,
						one?.map((path) => path.normalize('NFC')),
					);
				},
			),
		);
	});

	it('stays as it is where a document names its place, and in folders that are there', () => {
		const path = '/c:/My Docs #1/fu\u0308chse/ba\u0308r.png';
		assert.deepEqual(exactTarget(path, windows), {
			folder: path.slice(0, -'/ba\u0308r.png'.length),
			name: 'ba\u0308r',
		});
		const place = { ...windows, documentFolder: '/c:/My Docs #1/fu\u0308chse' };
		assert.equal(pathOf('${documentFolder}', 'x', place), '/c:/My Docs #1/fu\u0308chse/x');
	});
});
