import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { entriesOf, type HistoryEntry, lineOf } from '../../../src/store/history';

const entry: HistoryEntry = {
	id: '0123456789abcdef',
	uri: 'file:///w/a%20b%23%C3%BC/fox.png',
	operation: 'edit',
	prompt: 'a fox\nat dawn „ü“ 🦊',
	model: 'openai/gpt-image-2',
	options: { quality: 'low', n: 2, flag: true },
	seed: '6110856530272051867',
	parent: 'fedcba9876543210',
	selected: { x: 1, y: 2, width: 3, height: 4 },
	created: '2026-11-21T11:59:00.000Z',
	saved: '2026-11-21T12:00:00.000Z',
	costUsd: 0.04,
};

describe('the history’s file', () => {
	it('gives back what was written, one line each', () => {
		const lines = [entry, { ...entry, id: 'second' }].map(lineOf);
		assert.ok(lines.every((line) => line.slice(1).indexOf('\n') === line.length - 2));
		assert.deepEqual(
			entriesOf(lines.join('')).map(({ id }) => id),
			[entry.id, 'second'],
		);
		assert.deepEqual(entriesOf(lineOf(entry)), [entry]);
	});

	it('passes over what is torn or no entry', () => {
		const torn = lineOf(entry).slice(0, 40);
		assert.deepEqual(entriesOf(`${lineOf(entry)}${torn}`), [entry]);
		assert.deepEqual(entriesOf(`${torn}${lineOf(entry)}`), [entry], 'and takes no other with it');
		assert.deepEqual(entriesOf(`{}\nnull\n[1]\nno JSON\n\n${lineOf(entry)}`), [entry]);
	});

	it('keeps any prompt', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (prompt) => {
				assert.deepEqual(entriesOf(lineOf({ ...entry, prompt })), [{ ...entry, prompt }]);
			}),
		);
	});
});
