import assert from 'node:assert/strict';
import type { Begun } from '../../../src/generation/beginChange';
import { changeSchema, readChange, writeChange } from '../../../src/generation/writtenChange';
import { shelf } from './scripted';

const source = { width: 8, height: 8 };
const selected = { x: 1, y: 1, width: 2, height: 2 };
/** As an agent may say “to the edge”. */
const far = { x: 2_000_000, y: -2_000_000, width: 10_000_000, height: 1 };
const bytes = Uint8Array.of(1, 2);
const line = { kind: 'line', size: 3, points: [1, 1, 2, 2] } as const;

function begun(changes: Pick<Begun, 'original'> & Partial<Begun>): Begun {
	return { alteration: { operation: 'edit', source, selected }, id: '0123456789abcdef', warnings: [], ...changes };
}

describe('a change in the journal', () => {
	const changes: readonly Begun[] = [
		begun({ original: { bytes } }),
		begun({ original: { bytes, selection: { rects: [selected, far] }, feather: 0 } }),
		begun({ original: { bytes, selection: { strokes: [line] }, feather: 12 } }),
		begun({ original: { bytes, selection: { file: Uint8Array.of(3) } } }),
		begun({ original: { bytes }, alteration: { operation: 'vary', source, strength: 'strong' } }),
		begun({
			original: { bytes },
			alteration: { operation: 'expand', source, margins: { top: 1, right: 0, bottom: 0, left: 2 } },
		}),
	];

	it('is read as it was begun, whatever became of the picture', async () => {
		for (const change of changes) {
			const beside = shelf();
			const written: unknown = JSON.parse(JSON.stringify(await writeChange(change, beside)));
			assert.deepEqual(await readChange(changeSchema.parse(written), beside), change);
		}
	});

	it('is gone with its picture, or with its mask', async () => {
		for (const name of ['source', 'mask']) {
			const beside = shelf();
			const written = await writeChange(begun({ original: { bytes, selection: { file: bytes } } }), beside);
			assert.equal(beside.files.delete(name), true);
			assert.equal(await readChange(changeSchema.parse(written), beside), undefined);
		}
	});

	it('needs no mask where none was given', async () => {
		const beside = shelf();
		await writeChange(begun({ original: { bytes, selection: { rects: [selected] } } }), beside);
		assert.deepEqual([...beside.files.keys()], ['source']);
	});

	it('is none where somebody else wrote something', () => {
		const { alteration, id } = begun({ original: { bytes } });
		assert.equal(changeSchema.safeParse({ alteration, id }).success, true);
		for (const other of [
			{},
			{ alteration },
			{ alteration, id, selection: 'all' },
			{ alteration: { ...alteration, source: 7 }, id },
		]) {
			assert.equal(changeSchema.safeParse(other).success, false);
		}
	});
});
