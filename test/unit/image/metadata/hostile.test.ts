import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { embed } from '../../../../src/image/metadata/embed';
import { profileOf, withProfile } from '../../../../src/image/metadata/profile';
import { readRecipe } from '../../../../src/image/metadata/readRecipe';
import { isSigned } from '../../../../src/image/metadata/signed';
import { stripped } from '../../../../src/image/metadata/stripped';
import { formats, painted, ports, profile, recordOf } from './pictures';

describe('a file that somebody spoiled', () => {
	const files = painted();
	const record = recordOf({ prompt: 'ein Füchschen 🦊', seed: '123456789', options: { negativePrompt: 'ugly' } });

	/** With everything in it that Limn writes. */
	function full(): readonly Uint8Array[] {
		return formats.flatMap((format) => {
			const bytes = embed(withProfile(files()[format], profile(300), ports) ?? new Uint8Array(), record);
			return bytes ? [bytes, embed(files().lossless, record) ?? bytes] : [];
		});
	}

	/** Nothing is thrown, and nothing is much larger than what came in. */
	function assertBorne(bytes: Uint8Array): void {
		const before = Uint8Array.from(bytes);
		isSigned(bytes);
		readRecipe(bytes, ports);
		const icc = profileOf(bytes, ports);
		for (const made of [embed(bytes, record), stripped(bytes), withProfile(bytes, icc ?? profile(200), ports)]) {
			assert.ok((made?.length ?? 0) <= bytes.length * 2 + 10_000);
			if (made) readRecipe(made, ports);
		}
		assert.deepEqual(Uint8Array.from(bytes), before, 'what came in is not touched');
	}

	it('is borne wherever it is cut off', () => {
		for (const file of full())
			for (let length = 0; length <= file.length; length++) assertBorne(file.subarray(0, length));
	}).timeout(60_000);

	it('is borne whatever bits of it are others', () => {
		const change = fc.record({ at: fc.nat(), value: fc.nat(255) });
		fc.assert(
			fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 8 }), (index, changes) => {
				const all = full();
				const bytes = (all[index % all.length] ?? new Uint8Array()).slice();
				// Heads and metadata are in front, or at the end.
				for (const { at, value } of changes) bytes[at % 2 === 0 ? at % bytes.length : at % 600] = value;
				assertBorne(bytes);
			}),
			{ numRuns: 1500 },
		);
	}).timeout(60_000);

	it('is borne where parts of it are gone or doubled', () => {
		fc.assert(
			fc.property(fc.nat(), fc.nat(), fc.nat(400), fc.boolean(), (index, at, length, isDoubled) => {
				const all = full();
				const file = all[index % all.length] ?? new Uint8Array();
				const start = at % file.length;
				const part = file.subarray(start, start + length);
				const rest = file.subarray(isDoubled ? start : start + length);
				assertBorne(Uint8Array.from([...file.subarray(0, start), ...(isDoubled ? part : []), ...rest]));
			}),
			{ numRuns: 500 },
		);
	}).timeout(60_000);

	it('is not touched where it is one of Node’s buffers, whose slices are no copies', () => {
		for (const file of full()) assertBorne(Buffer.from(file));
	});

	it('is nothing where it is noise', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), assertBorne));
	});
});
