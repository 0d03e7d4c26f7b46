import assert from 'node:assert/strict';
import { collected, fuzz } from '../faults/fuzzing';

/** `npm run faults` does the same with 20,000 replies of each dialect. */
describe('mutated replies', () => {
	const runs = 100;

	it('break nothing, whoever they come from', async () => {
		const all = await collected();
		assert.deepEqual(
			all.map(({ name }) => name),
			['openai', 'openai, streamed', 'runware', 'vincony', 'vincony, streamed', 'replicate'],
		);
		const seed = Math.floor(Date.now() / 1000);
		for (const spoken of all) await fuzz(spoken, runs, seed);
	});
});
