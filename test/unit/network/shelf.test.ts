import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import * as z from 'zod';
import { isPictureBytes, type PictureBytes, PictureFile, pieceOf, wholeOf } from '../../../src/domain/picture';
import { JsonBody } from '../../../src/network/jsonBody';
import { readBody } from '../../../src/network/readBody';
import { Shelf } from '../../../src/network/shelf';
import { NoRoom } from '../../../src/network/spill';
import { pngOf, randomBytesOf, streamOf } from './builders';
import { namedFiles, openFiles } from './handles';

const mega = 2 ** 20;
let folder = '';
let shelf = new Shelf();
let made = 0;

function withNewShelf(): void {
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'shelf-'));
		shelf = new Shelf(() => path.join(folder, `limn-00000000-0000-0000-0000-${String(++made).padStart(12, '0')}.tmp`));
	});
	afterEach(() => {
		shelf.release();
		assert.deepEqual([openFiles(), namedFiles(folder)], [[], []]);
		rmSync(folder, { recursive: true });
	});
}

/** Nobody can write there. */
const nowhere = () => new Shelf(() => path.join(folder, 'missing', 'file'));

describe('a picture that arrives', () => {
	withNewShelf();
	it('is as it came, wherever it lies and however it is read', async () => {
		const all = randomBytesOf(1.5 * mega, 3);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 1, max: 700_000 }), { minLength: 1, maxLength: 4 }),
				fc.nat(all.length),
				fc.nat(2000),
				fc.boolean(),
				async (sizes, from, length, hasDisk) => {
					const picture = (hasDisk ? shelf : nowhere()).hold();
					for (const size of sizes) picture.append(all.subarray(picture.length, picture.length + size));
					const expected = Buffer.from(all.subarray(0, picture.length));
					const bytes = picture.take();
					assert.equal(bytes instanceof PictureFile, hasDisk && expected.length > 2 ** 18);
					assert.ok(expected.equals(await wholeOf(bytes)));
					const piece = pieceOf(bytes, Math.min(from, expected.length), from + length);
					assert.ok(expected.subarray(from, from + length).equals(piece));
				},
			),
			{ numRuns: 40 },
		);
	});

	it('lies in a file that nobody else reads, until it is released', () => {
		const picture = shelf.hold();
		picture.append(new Uint8Array(mega));
		const bytes = picture.take();
		assert.ok(bytes instanceof PictureFile);
		assert.equal(statSync(bytes.path).mode & 0o777, 0o600);
		assert.deepEqual([openFiles().length, namedFiles(folder).length, shelf.isUsed], [0, 1, true]);
		bytes.reader.release();
		assert.deepEqual([namedFiles(folder), shelf.isUsed], [[], false]);
	});

	it('leaves nothing where it is not wanted, whole or not', () => {
		const [dropped, unfinished] = [shelf.hold(), shelf.hold()];
		for (const picture of [dropped, unfinished]) picture.append(new Uint8Array(mega));
		assert.equal(namedFiles(folder).length, 2);
		dropped.drop();
		assert.deepEqual([dropped.length, namedFiles(folder).length, openFiles().length], [0, 1, 1]);
		shelf.dropArriving();
		assert.deepEqual([namedFiles(folder), openFiles()], [[], []]);
	});

	it('stays in memory where the disk takes nothing, and of all of them 32 MB', () => {
		const full = nowhere();
		const first = full.hold();
		first.append(new Uint8Array(20 * mega));
		assert.equal(first.take().length, 20 * mega);
		const second = full.hold();
		assert.throws(() => second.append(new Uint8Array(20 * mega)), NoRoom);
		second.drop();
		full.hold().append(new Uint8Array(10 * mega));
	});

	it('says so where its file is shorter by now', async () => {
		const picture = shelf.hold();
		picture.append(new Uint8Array(mega));
		const bytes = picture.take();
		assert.ok(bytes instanceof PictureFile);
		bytes.reader.release();
		await assert.rejects(wholeOf(bytes), /ENOENT/);
		assert.throws(() => pieceOf(bytes, 0, 1), /ENOENT/);
	});
});

/** A body of so many MB of base64, which breaks where nothing else ends it. */
async function* endless(megabytes: number, end: () => void = () => assert.fail('broken')): AsyncGenerator<Uint8Array> {
	yield Buffer.from('{"data":[{"b64_json":"');
	for (let sent = 0; sent < megabytes * 16; sent++) yield Buffer.alloc(2 ** 16, 'QUJD');
	assert.deepEqual([namedFiles(folder).length, openFiles().length], [1, 1]);
	end();
	yield Buffer.from('"}]}');
}

const answer = z.object({ data: z.tuple([z.object({ b64_json: z.custom<PictureBytes>(isPictureBytes) })]) });

describe('a body that is larger than memory', () => {
	withNewShelf();
	it('brings its pictures whole', async () => {
		const read = await readBody(
			endless(20, () => undefined),
			shelf,
		);
		assert.ok(typeof read !== 'string');
		assert.deepEqual([Object.keys(read), openFiles()], [['json'], []]);
		const [{ b64_json: bytes }] = answer.parse(read.json).data;
		assert.ok(Buffer.alloc(15 * mega, 'ABC').equals(await wholeOf(bytes)));
	});

	it('leaves nothing where it breaks, where it is too large, and where nobody reads on', async () => {
		await assert.rejects(readBody(endless(20), shelf), /broken/);
		assert.deepEqual([openFiles(), namedFiles(folder)], [[], []]);
		assert.equal(await readBody(endless(120), shelf), 'too-large');
		assert.deepEqual([openFiles(), namedFiles(folder)], [[], []]);
		const body = new JsonBody(undefined, undefined, shelf);
		for await (const chunk of endless(12, () => undefined)) if (chunk.length > 20) body.push(chunk);
		assert.equal(openFiles().length, 1);
		body.close();
		assert.deepEqual([openFiles(), namedFiles(folder)], [[], []]);
	});

	it('is too large where neither disk nor memory takes it', () => {
		const body = new JsonBody(undefined, undefined, nowhere());
		body.push(Buffer.from('["'));
		assert.equal(body.push(Buffer.alloc(48 * mega, 'QUJD')), 'too-large');
		assert.equal(body.end(), 'too-large');
		body.close();
	});

	it('may be a picture itself', async () => {
		const png = pngOf(3000, 3000, 20 * mega);
		const chunks = Array.from({ length: 20 }, (_, at) => png.subarray(at * mega, (at + 1) * mega));
		const read = await readBody(streamOf(chunks), shelf);
		assert.ok(typeof read !== 'string' && read.picture instanceof PictureFile);
		assert.ok(Buffer.from(await wholeOf(read.picture)).equals(png));
	});
});
