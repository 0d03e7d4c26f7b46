import assert from 'node:assert/strict';
import { Heard } from '../../../src/generation/heard';
import type { ServerEvent } from '../../../src/providers/provider';

const mega = 2 ** 20;
const event = (data: unknown): ServerEvent => ({ name: 'message', data });
const picture = (size: number): ServerEvent => event({ b64_json: new Uint8Array(size) });

describe('what is heard of a stream', () => {
	it('is kept in its order', () => {
		const heard = new Heard();
		const events = [event('a'), event({ b: [1, null] }), event(2)];
		for (const each of events) assert.ok(heard.keep(each));
		assert.deepEqual(heard.events, events);
	});

	it('has room for one picture of any size after some words', () => {
		const heard = new Heard();
		assert.ok(heard.keep(event('words')));
		assert.ok(heard.keep(picture(64 * mega)));
		assert.ok(!heard.keep(event('more')));
		assert.equal(heard.events.length, 2);
	});

	it('has room for 32 MB of pictures and texts, wherever they stand', () => {
		for (const each of [picture(10 * mega), event([{ text: 'x'.repeat(10 * mega) }])]) {
			const heard = new Heard();
			assert.deepEqual(
				[each, each, each, each].map((one) => heard.keep(one)),
				[true, true, true, false],
			);
		}
	});

	it('is no endless number of small things', () => {
		const heard = new Heard();
		const small = event({});
		let kept = 0;
		while (heard.keep(small)) kept++;
		assert.equal(kept, 10_000);
		const lists = new Heard();
		const many = event(Array.from({ length: 1000 }, () => []));
		for (kept = 0; lists.keep(many); kept++);
		assert.ok(kept < 600, String(kept));
	});
});
