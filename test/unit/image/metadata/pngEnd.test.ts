import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { wholeOf } from '../../../../src/domain/picture';
import { latin1 } from '../../../../src/image/metadata/bytes';
import { embed } from '../../../../src/image/metadata/embed';
import { lookAtPng, toldAtEnd } from '../../../../src/image/metadata/pngEnd';
import { pngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { textChunk } from '../../../../src/image/metadata/pngText';
import { readRecipe } from '../../../../src/image/metadata/readRecipe';
import { pictureFile } from '../../pictureFiles';
import { number, painted, pixelsOf, ports, readByOthers, recordOf, records, withPngChunks } from './pictures';

const files = painted();

function look(bytes: Uint8Array) {
	return lookAtPng(pictureFile(bytes).picture);
}

/** The file with the record behind its pixels. */
async function told(bytes: Uint8Array, record = recordOf()): Promise<Uint8Array> {
	const { picture, reached } = pictureFile(bytes);
	const extended = toldAtEnd(picture, record);
	assert.ok(extended);
	assert.equal(reached.wholes, 0);
	return wholeOf(extended);
}

describe('a record behind the pixels of a PNG', () => {
	it('is read back as it is where it stands before them, and by others', async () => {
		await fc.assert(
			fc.asyncProperty(records, async (record) => {
				const { png } = files();
				const before = embed(png, record);
				assert.ok(before);
				const behind = await told(png, record);
				assert.deepEqual(readRecipe(behind, ports), readRecipe(before, ports));
				assert.deepEqual(readByOthers(behind), readByOthers(before));
			}),
			{ numRuns: 50 },
		);
	});

	it('leaves all that comes before its end where it is, and its pixels what they are', async () => {
		const { png } = files();
		const behind = await told(png);
		assert.deepEqual(behind.subarray(0, png.length - 12), png.subarray(0, -12));
		assert.deepEqual(behind.subarray(-12), png.subarray(-12));
		assert.deepEqual(await pixelsOf(behind), await pixelsOf(png));
		assert.deepEqual(readPng(behind)?.tail, new Uint8Array());
	});

	it('is told once: such a file is not plain any more', async () => {
		assert.equal(look(await told(files().png)), 'told');
	});

	it('has no place where the header says no size', () => {
		const [, ...others] = readPng(files().png)?.chunks ?? [];
		const header = pngChunk('IHDR', new Uint8Array(13));
		assert.equal(toldAtEnd(pictureFile(writePng([header, ...others])).picture, recordOf()), undefined);
	});
});

describe('a look at the chunks of a PNG', () => {
	it('reads no pixel', () => {
		const bytes = withPngChunks(files().png, pngChunk('prVt', new Uint8Array(1_000_000)));
		const { picture, reached } = pictureFile(bytes);
		assert.equal(lookAtPng(picture), 'plain');
		assert.ok(reached.pieces < 2000 && reached.wholes === 0, `${reached.pieces}`);
	});

	it('finds a signature before all else, and what somebody says of it already', () => {
		const { png } = files();
		const [text, signature] = [textChunk('parameters', 'a fox'), pngChunk('caBX', latin1('jumb'))];
		const xmp = ['XML:com.adobe.xmp', 'Raw profile type xmp'].map((keyword) => textChunk(keyword, 'x'));
		assert.deepEqual(
			[[], [text], [textChunk('Comment', 'parameters')], [signature], [text, signature], [signature, text]].map(
				(added) => look(withPngChunks(png, ...added)),
			),
			['plain', 'told', 'plain', 'signed', 'signed', 'signed'],
		);
		assert.deepEqual(
			xmp.map((chunk) => look(withPngChunks(png, chunk))),
			['told', 'told'],
		);
	});

	it('knows none where it is broken, another format, or goes on behind its end', () => {
		const { png, jpeg, webp } = files();
		const longEnd = Buffer.concat([png.subarray(0, -12), number(1, 4), latin1('IEND'), new Uint8Array(5)]);
		for (const bytes of [
			png.subarray(0, -1),
			png.subarray(0, 20),
			png.subarray(0, 8),
			jpeg,
			webp,
			longEnd,
			new Uint8Array(),
		])
			assert.equal(look(bytes), undefined);
		assert.equal(look(Buffer.concat([png, Buffer.of(1)])), undefined);
		const headless = writePng((readPng(png)?.chunks ?? []).slice(1));
		assert.equal(look(headless), undefined);
		const many = Array.from({ length: 5000 }, () => pngChunk('prVt', new Uint8Array()));
		assert.equal(look(withPngChunks(png, ...many)), undefined);
	});

	it('comes to an end, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(60), (noise, at) => {
				const bytes = new Uint8Array(files().png);
				bytes.set(noise.subarray(0, bytes.length - at), at);
				look(bytes);
			}),
		);
	});
});
