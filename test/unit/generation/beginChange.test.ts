import assert from 'node:assert/strict';
import path from 'node:path';
import { type ImageError, isImageError, unsent } from '../../../src/domain/imageError';
import { beginChange, type Change, expanded, type SourceFile } from '../../../src/generation/beginChange';
import { PainterThread } from '../../../src/generation/painterThread';
import { encodePng } from '../../servers/png';
import { noise, sentence } from '../builders';

const source = { width: 64, height: 48 };

function file(bytes: Uint8Array | ImageError, name = 'docs/sea.png'): SourceFile {
	return { name, read: async () => bytes };
}

describe('the beginning of a change', function () {
	this.timeout(20_000);
	let painter: PainterThread;
	let image: SourceFile;

	before(() => {
		painter = new PainterThread(path.resolve('dist/generation/painter.js'));
		image = file(encodePng(noise(64, 48, 1), 4));
	});
	after(() => painter.dispose());

	async function refusal(change: Change<SourceFile>): Promise<string> {
		const begun = await beginChange(change, painter);
		assert.ok(isImageError(begun));
		assert.deepEqual([begun.code, begun.charged], ['bad-input', 'no']);
		return sentence(begun.message);
	}

	it('keeps the picture as it is now, and what a mask selects of it', async () => {
		const mask = [{ x: 10, y: 8, width: 20, height: 10 }];
		const begun = await beginChange({ operation: 'edit', image, mask }, painter);
		assert.ok(!isImageError(begun));
		assert.deepEqual(begun.alteration, { operation: 'edit', source, selected: mask[0] });
		assert.deepEqual(begun.original.selection, { rects: mask });
		assert.match(begun.id, /^[\da-f]{16}$/);
		assert.deepEqual(begun.warnings, []);
		const whole = await beginChange({ operation: 'edit', image }, painter);
		assert.ok(!isImageError(whole));
		assert.deepEqual(whole.alteration, { operation: 'edit', source });
	});

	it('uses of a rectangle what is inside, and says so', async () => {
		const begun = await beginChange(
			{ operation: 'edit', image, mask: [{ x: -5, y: 0, width: 999, height: 999 }] },
			painter,
		);
		assert.ok(!isImageError(begun));
		assert.deepEqual(
			begun.warnings.map((warning) => sentence(warning)),
			[
				'A rectangle reaches beyond the picture: only what is inside was used.',
				'The whole picture is selected: nothing of it is kept.',
			],
		);
	});

	it('refuses a mask that selects nothing, or is of another size or kind', async () => {
		const outside = [{ x: 100, y: 100, width: 5, height: 5 }];
		assert.match(await refusal({ operation: 'edit', image, mask: outside }), /^Nothing of the picture is selected/);
		const small = file(encodePng(noise(8, 8, 1), 4), 'mask.png');
		assert.match(
			await refusal({ operation: 'edit', image, mask: small }),
			/^The mask has 8x8 pixels, the picture 64x48/,
		);
		const text = file(new TextEncoder().encode('no picture'), 'mask.txt');
		assert.equal(await refusal({ operation: 'edit', image, mask: text }), 'mask.txt is no PNG. Give one.');
		assert.match(await refusal({ operation: 'edit', image: text }), /^mask\.txt is no PNG, JPEG or WebP/);
	});

	it('takes a mask or a markup, not both', async () => {
		assert.match(await refusal({ operation: 'edit', image, mask: [], markup: image }), /not both/);
		const begun = await beginChange({ operation: 'edit', image, markup: image }, painter);
		assert.ok(!isImageError(begun) && begun.original.markup);
	});

	it('says what whoever reads a file says', async () => {
		const gone = unsent('bad-input', { text: 'It is gone.', args: [] });
		assert.equal(await refusal({ operation: 'vary', image: file(gone), strength: 'medium' }), 'It is gone.');
		assert.equal(await refusal({ operation: 'edit', image, mask: file(gone) }), 'It is gone.');
		assert.equal(await refusal({ operation: 'edit', image, references: [file(gone)] }), 'It is gone.');
	});

	it('counts the other pictures', async () => {
		const begun = await beginChange({ operation: 'edit', image, references: [image, image] }, painter);
		assert.ok(!isImageError(begun));
		assert.deepEqual(begun.alteration, { operation: 'edit', source, references: 2 });
		assert.equal(begun.original.references?.length, 2);
	});

	it('expands by something, and not beyond measure', () => {
		const none = { top: 0, right: 0, bottom: 0, left: 0 };
		assert.ok('alteration' in expanded({ ...none, left: 4 }, source));
		assert.ok(isImageError(expanded(none, source)));
		assert.ok(isImageError(expanded({ width: 4, height: 3 }, source)));
		assert.ok(isImageError(expanded({ ...none, left: 9_000_000 }, source)));
	});
});
