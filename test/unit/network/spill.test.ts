import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { JsonBody } from '../../../src/network/jsonBody';
import { readBody } from '../../../src/network/readBody';
import { NoRoom, Spill, spillLimits } from '../../../src/network/spill';
import { pngOf, randomBytesOf, streamOf } from './builders';
import { namedFiles, openFiles } from './handles';

const mega = 2 ** 20;
let folder = '';

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'spill-'))));
afterEach(() => {
	assert.deepEqual(openFiles(), []);
	assert.deepEqual(namedFiles(folder), []);
	rmSync(folder, { recursive: true });
});

function spillOf(memory: number, alone = memory): Spill {
	return new Spill({ memory, alone, folder: () => folder });
}

/** Nobody can write there. */
const nowhere = { memory: mega, alone: 2 * mega, folder: () => path.join(folder, 'missing') };

describe('bytes that wait', () => {
	it('come back as they were, in memory or not, wherever one reads', () => {
		const all = randomBytesOf(1.5 * mega, 3);
		fc.assert(
			fc.property(
				fc.constantFrom(0, 300_000, 600_000, 8 * mega),
				fc.array(fc.integer({ min: 1, max: 700_000 }), { minLength: 1, maxLength: 4 }),
				fc.nat(400_000),
				fc.boolean(),
				(memory, sizes, from, isSealed) => {
					const spill = spillOf(memory);
					try {
						const [held, other] = [spill.hold(), spill.hold()];
						let length = 0;
						for (const size of sizes) {
							const piece = all.subarray(length, Math.min(all.length, length + size));
							held.append(piece);
							// Two grow by turns.
							other.append(piece.subarray(0, 1000));
							length += piece.length;
						}
						if (isSealed) held.seal();
						const stretch = Buffer.alloc(Math.max(0, Math.min(300_000, length - from)));
						held.read(from, stretch);
						assert.ok(stretch.equals(all.subarray(from, from + stretch.length)));
						assert.ok(Buffer.from(held.take()).equals(all.subarray(0, length)));
						assert.equal(held.length, 0);
					} finally {
						spill.close();
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	it('are in a file without a name, as soon as they are too many', () => {
		const spill = spillOf(mega);
		const held = spill.hold();
		held.append(Buffer.alloc(mega));
		assert.deepEqual(openFiles(), []);
		held.append(Buffer.alloc(mega));
		assert.deepEqual([openFiles().length, namedFiles(folder)], [1, []]);
		assert.equal(statSync(openFiles()[0] ?? '').mode & 0o777, 0o600);
		spill.close();
		spill.close();
	});

	it('make room where they are no longer wanted', () => {
		const spill = spillOf(mega);
		for (let round = 0; round < 5; round++) {
			const held = spill.hold();
			held.append(Buffer.alloc(0.7 * mega));
			held.drop();
		}
		assert.deepEqual(openFiles(), []);
		spill.close();
	});

	it('wait in memory where the disk takes nothing, up to a limit', () => {
		const spill = new Spill(nowhere);
		const bytes = randomBytesOf(1.5 * mega, 7);
		const held = spill.hold();
		held.append(bytes);
		assert.ok(Buffer.from(held.take()).equals(bytes));
		assert.throws(() => spill.hold().append(Buffer.alloc(3 * mega)), NoRoom);
		spill.close();
	});

	it('are four megabytes in memory, and where there is no disk thirty-two', () => {
		const { memory, alone } = spillLimits;
		assert.deepEqual([memory, alone], [4 * mega, 32 * mega]);
	});
});

/** A body of so many bytes of base64, which breaks where nothing else ends it. */
async function* endless(megabytes: number, end: () => void = () => assert.fail('broken')): AsyncGenerator<Uint8Array> {
	yield Buffer.from('{"data":[{"b64_json":"');
	for (let sent = 0; sent < megabytes * 16; sent++) yield Buffer.alloc(2 ** 16, 'QUJD');
	assert.deepEqual(namedFiles(), []);
	assert.equal(openFiles().length, 1);
	end();
	yield Buffer.from('"}]}');
}

describe('a body that is larger than memory', () => {
	it('brings its pictures whole, and leaves nothing', async () => {
		const read = await readBody(endless(20, () => undefined));
		assert.ok(typeof read !== 'string');
		const expected = Buffer.alloc(15 * mega, 'ABC');
		assert.deepEqual(Object.keys(read), ['json']);
		assert.ok(JSON.stringify(read.json, (_, item: unknown) => (isSame(item, expected) ? 'it' : item)).includes('"it"'));
	});

	it('leaves nothing where it breaks, where it is too large, and where nobody reads on', async () => {
		await assert.rejects(readBody(endless(20)), /broken/);
		assert.deepEqual(openFiles(), []);
		assert.equal(await readBody(endless(120)), 'too-large');
		assert.deepEqual(openFiles(), []);
		const body = new JsonBody();
		for await (const chunk of endless(12, () => undefined)) body.push(chunk);
		assert.equal(openFiles().length, 1);
		body.close();
	});

	it('is too large where neither disk nor memory takes it', () => {
		const spill = new Spill(nowhere);
		const body = new JsonBody(undefined, spill);
		body.push(Buffer.from('["'));
		assert.equal(body.push(Buffer.alloc(4 * mega, 'QUJD')), 'too-large');
		assert.equal(body.end(), 'too-large');
		body.close();
	});

	it('may be a picture itself', async () => {
		const png = pngOf(3000, 3000, 20 * mega);
		const chunks = Array.from({ length: 20 }, (_, at) => png.subarray(at * mega, (at + 1) * mega));
		const read = await readBody(streamOf(chunks));
		assert.ok(typeof read !== 'string' && read.picture);
		assert.ok(Buffer.from(read.picture).equals(png));
	});
});

function isSame(item: unknown, expected: Uint8Array): boolean {
	return item instanceof Uint8Array && expected.length === item.length && Buffer.compare(item, expected) === 0;
}
