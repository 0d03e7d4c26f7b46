import assert from 'node:assert/strict';
import { PictureFile, wholeOf } from '../../../src/domain/picture';
import { type EmbedMode, Finishing } from '../../../src/generation/finishing';
import type { Errand } from '../../../src/generation/painterWork';
import { pngChunk } from '../../../src/image/metadata/pngChunks';
import { readRecipe } from '../../../src/image/metadata/readRecipe';
import { planOf } from '../builders';
import { painted, ports, recordOf, withPngChunks } from '../image/metadata/pictures';
import { embed } from '../../../src/image/metadata/embed';
import { pictureFile } from '../pictureFiles';

const files = painted();

/** Finishes a picture that lies in a file, and notes what the painter was asked for, who can do nothing. */
async function finished(bytes: Uint8Array, mode: EmbedMode = 'auto', format: 'png' | 'jpeg' = 'png') {
	const asked: string[] = [];
	const painter = {
		ask: async (errand: Errand) => {
			asked.push(errand.craft);
			throw new Error('He is ill.');
		},
	};
	const job = { plan: planOf({ format }), begun: undefined, began: new Date(0), isExact: true, embed: () => mode };
	const finishing = new Finishing(job, { painter, onFault: () => undefined });
	const { picture, reached } = pictureFile(bytes);
	const { bytes: content } = await finishing.finish({ bytes: picture });
	return { content, picture, asked, wholes: reached.wholes };
}

describe('a picture that lies in a file', () => {
	it('is told where it comes from without being read', async () => {
		const { content, asked, wholes } = await finished(files().png);
		assert.deepEqual([asked, wholes], [[], 0]);
		assert.ok('picture' in content);
		assert.equal(readRecipe(await wholeOf(content), ports)?.kind, 'limn');
	});

	it('stays the very file where it is signed, or nobody wants to have it told', async () => {
		const signed = withPngChunks(files().png, pngChunk('caBX', new Uint8Array(4)));
		for (const [bytes, mode] of [
			[signed, 'auto'],
			[files().png, 'never'],
		] as const) {
			const { content, picture, asked } = await finished(bytes, mode);
			assert.ok(content instanceof PictureFile);
			assert.deepEqual([content === picture, asked], [true, []]);
		}
	});

	it('is the painter’s where what it says is to be replaced, or no PNG, or of another format', async () => {
		const told = embed(files().png, recordOf());
		assert.ok(told);
		assert.deepEqual((await finished(told)).asked, ['tell']);
		const signed = withPngChunks(files().png, pngChunk('caBX', new Uint8Array(4)));
		assert.deepEqual((await finished(signed, 'always')).asked, ['tell']);
		assert.deepEqual((await finished(files().jpeg, 'auto', 'jpeg')).asked, ['tell']);
		assert.deepEqual((await finished(files().png, 'auto', 'jpeg')).asked, ['convert']);
	});
});
