import assert from 'node:assert/strict';
import { orders, sendHostile } from '../../attacks/hostileMessages';

describe('messages of a webview in the wrong hands', () => {
	it('call nothing and throw nothing, unless they are an order', async () => {
		const { tried, broken } = await sendHostile(600);
		assert.ok(tried > 650);
		assert.deepEqual(broken, []);
	});

	it('are heard where they are orders', async () => {
		const { broken } = await sendHostile(0, orders);
		assert.equal(broken.length, orders.length);
		assert.match(broken.join('\n'), /called generate/);
	});
});
