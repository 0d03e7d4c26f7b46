import assert from 'node:assert/strict';
import { mostNumbers } from '../../../src/protocol/limits';
import { Marking } from '../../../src/webview/edit/marking';

const picture = { width: 4000, height: 3000 };

describe('a stroke in the making', () => {
	it('is never longer than an order takes, and stays where it was drawn', () => {
		const marking = new Marking('brush', 10, false);
		for (let at = 0; at < 52_000; at++) marking.add({ x: at / 40, y: 1000 + (at % 2) * 2 });
		const stroke = marking.strokeOn(picture, 0.6);
		assert.ok(stroke?.kind === 'line');
		assert.ok(stroke.points.length <= mostNumbers && stroke.points.length > 2, `${stroke.points.length}`);
		assert.deepEqual([...stroke.points.slice(0, 2), ...stroke.points.slice(-2)], [0, 1000, 1299.97, 1002]);
	});

	it('knows how far it has gone from where it began', () => {
		const marking = new Marking('lasso', 10, false);
		assert.equal(marking.reach, 0);
		for (const [x, y] of [
			[5, 5],
			[8, 9],
			[5, 6],
		] as const)
			marking.add({ x, y });
		assert.equal(marking.reach, 5);
	});
});
