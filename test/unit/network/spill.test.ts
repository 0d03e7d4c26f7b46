import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { NoRoom, Spill, spillLimits } from '../../../src/network/spill';
import { randomBytesOf } from './builders';
import { namedFiles, openFiles } from './handles';

const mega = 2 ** 20;
let folder = '';

function inNewFolder(): void {
	beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'spill-'))));
	afterEach(() => {
		assert.deepEqual(openFiles(), []);
		assert.deepEqual(namedFiles(folder), []);
		rmSync(folder, { recursive: true });
	});
}

function spillOf(memory: number, alone = memory): Spill {
	return new Spill({ memory, alone, folder: () => folder });
}

/** Nobody can write there. */
const nowhere = { memory: mega, alone: 2 * mega, folder: () => path.join(folder, 'missing') };

describe('bytes that wait', () => {
	inNewFolder();
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
						const whole = Buffer.alloc(held.length);
						held.read(0, whole);
						assert.ok(whole.equals(all.subarray(0, length)));
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
		const whole = Buffer.alloc(held.length);
		held.read(0, whole);
		assert.ok(whole.equals(bytes));
		held.drop();
		assert.throws(() => spill.hold().append(Buffer.alloc(3 * mega)), NoRoom);
		spill.close();
	});

	it('are four megabytes in memory, and where there is no disk thirty-two', () => {
		const { memory, alone } = spillLimits;
		assert.deepEqual([memory, alone], [4 * mega, 32 * mega]);
	});
});
