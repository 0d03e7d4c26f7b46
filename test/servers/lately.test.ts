import assert from 'node:assert/strict';
import { Lately } from './lately';

function bytes(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

describe('what was made lately', () => {
	it('is made once of the same bytes, and again of others, or where something else is made of them', async () => {
		const lately = new Lately<string>(3);
		const made: string[] = [];
		const get = async (what: string, text: string) =>
			lately.get(what, bytes(text), async () => {
				made.push(`${what} of ${text}`);
				return `${what} of ${text}`;
			});
		assert.equal(await get('png', 'a fox'), 'png of a fox');
		assert.equal(await get('png', 'a fox'), 'png of a fox');
		assert.equal(await get('jpeg', 'a fox'), 'jpeg of a fox');
		assert.equal(await get('png', 'a dog'), 'png of a dog');
		assert.deepEqual(made, ['png of a fox', 'jpeg of a fox', 'png of a dog']);
	});

	it('is forgotten when nobody asked for it for the longest time', async () => {
		const lately = new Lately<string>(2);
		const made: string[] = [];
		for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) {
			await lately.get('', bytes(text), async () => (made.push(text), text));
		}
		assert.deepEqual(made, ['a', 'b', 'c', 'b']);
	});
});
