import assert from 'node:assert/strict';
import { version, written } from '../../../src/generation/journalLines';
import { setAsideElsewhere } from '../../../src/generation/setAside';

function line(id: string, usd?: number): string {
	const head = {
		id,
		at: '2026-11-22T12:00:00.000Z',
		model: 'openai/m',
		n: 1,
		calls: [1],
		...(usd !== undefined && { usd }),
	};
	return written({ kind: 'job', version, ...head }).trimEnd();
}

describe('what is set aside elsewhere', () => {
	it('is what others have begun, and what was taken over from them', async () => {
		const heads = [
			{ line: line('mine', 1), isMine: true, isClaimed: false },
			{ line: line('claimed', 2), isMine: true, isClaimed: true },
			{ line: line('other', 3), isMine: false, isClaimed: false },
			{ line: line('unpriced'), isMine: false, isClaimed: false },
			{ line: 'torn', isMine: false, isClaimed: false },
		];
		const found = await setAsideElsewhere(
			async () => heads,
			() => assert.fail(),
		);
		assert.deepEqual(
			found.map(({ id, usd }) => [id, usd]),
			[
				['claimed', 2],
				['other', 3],
			],
		);
	});

	it('is nothing, and told of, where nobody can look', async () => {
		const faults: unknown[] = [];
		const broken = new Error('no disk');
		const found = await setAsideElsewhere(
			async () => Promise.reject(broken),
			(fault) => faults.push(fault),
		);
		assert.deepEqual([found, faults], [[], [broken]]);
	});
});
