import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { PaintedMask } from '../../../src/canvas/paintedMask';
import {
	entriesOf,
	type HistoryEntry,
	HistoryFold,
	type HistoryNote,
	lineOf,
	presentEntries,
} from '../../../src/store/history';

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

	it('keeps what was painted, and the rest of an entry without it', () => {
		const painted: PaintedMask = {
			strokes: [
				{ kind: 'line', size: 4.5, points: [0.25, -3, 7, 8] },
				{ kind: 'rectangle', rect: { x: 1, y: 2, width: 3, height: 4 }, erases: true },
				{ kind: 'invert' },
			],
			feather: 3,
		};
		assert.deepEqual(entriesOf(lineOf({ ...entry, painted })), [{ ...entry, painted }]);
		for (const damaged of [
			null,
			'all',
			{ strokes: [] },
			{ ...painted, feather: -1 },
			{ ...painted, file: '/etc/passwd' },
			{ ...painted, strokes: [{ kind: 'line', size: 4, points: [1] }] },
			{ ...painted, strokes: [...painted.strokes, { kind: 'of a later version' }] },
		]) {
			const line = JSON.stringify({ ...entry, painted: damaged });
			assert.deepEqual(entriesOf(line), [entry], line);
			assert.equal(damagedOf(`${line}\n`), 0, line);
		}
		const fold = new HistoryFold();
		fold.read(`${lineOf({ ...entry, painted })}${lineOf(moved(entry.uri, 'w:b'))}`);
		assert.deepEqual(fold.find(entry.id)?.painted, painted, 'wherever it was moved');
	});

	it('keeps any prompt', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (prompt) => {
				assert.deepEqual(entriesOf(lineOf({ ...entry, prompt })), [{ ...entry, prompt }]);
			}),
		);
	});
});

/** An entry at a place. */
function at(uri: string, id = uri): HistoryEntry {
	return { ...entry, uri, id };
}

function placesOf(...lines: readonly (HistoryEntry | HistoryNote)[]): readonly (readonly [uri: string, id: string])[] {
	return presentEntries(lines.map(lineOf).join('')).entries.map(({ uri, id }) => [uri, id]);
}

function moved(from: string, to: string): HistoryNote {
	return { moved: { from, to } };
}

function damagedOf(text: string): number {
	return presentEntries(text).damaged;
}

describe('what the history comes to', () => {
	it('is the latest entry of each place, in the order in which they were saved', () => {
		assert.deepEqual(placesOf(at('w:a', '1'), at('w:b', '2'), at('w:a', '3')), [
			['w:b', '2'],
			['w:a', '3'],
		]);
	});

	it('follows a file that was moved, more than once, and back', () => {
		assert.deepEqual(placesOf(at('w:a'), moved('w:a', 'w:b'), moved('w:b', 'w:c')), [['w:c', 'w:a']]);
		assert.deepEqual(placesOf(at('w:a'), moved('w:a', 'w:b'), moved('w:b', 'w:a')), [['w:a', 'w:a']]);
		assert.deepEqual(placesOf(at('w:a'), moved('w:a', 'w:a')), [['w:a', 'w:a']]);
		assert.deepEqual(placesOf(at('w:a'), at('w:b'), moved('w:a', 'w:b')), [['w:b', 'w:a']], 'over another one');
		assert.deepEqual(placesOf(moved('w:a', 'w:b'), at('w:a')), [['w:a', 'w:a']], 'not what came there later');
		assert.deepEqual(placesOf(at('w:a'), moved('w:x', 'w:a')), [['w:a', 'w:a']], 'nor for what nobody knows');
	});

	it('lacks what was forgotten, until it is made again', () => {
		assert.deepEqual(placesOf(at('w:a'), at('w:b'), { forgotten: 'w:a' }), [['w:b', 'w:b']]);
		assert.deepEqual(placesOf(at('w:a'), { forgotten: 'w:a' }, at('w:a', '2')), [['w:a', '2']]);
		assert.deepEqual(placesOf({ forgotten: 'w:a' }), []);
	});

	it('knows of every picture how it was made, wherever that is now', () => {
		const fold = new HistoryFold();
		const lines = [at('w:a', '1'), at('w:a', '2'), moved('w:a', 'w:b'), at('w:c', '3'), { forgotten: 'w:c' }];
		for (const line of lines) fold.take(line);
		assert.equal(fold.find('1')?.uri, 'w:a', 'replaced, not moved');
		assert.equal(fold.find('2')?.uri, 'w:b');
		assert.equal(fold.find('3')?.uri, 'w:c');
		assert.equal(fold.find('4'), undefined);
	});

	it('counts what is damaged, and not what is being written', () => {
		assert.equal(damagedOf(lineOf(entry)), 0);
		assert.equal(damagedOf(`${lineOf(entry)}\n \r\n`), 0);
		assert.equal(damagedOf(`{}\nnull\n[1]\nno JSON\n{"moved":{"from":1}}\n{"forgotten":null}\n${lineOf(entry)}`), 6);
		const torn = lineOf(entry).slice(0, 40);
		assert.equal(damagedOf(`${lineOf(entry)}${torn}`), 0, 'the last line has no end yet');
		assert.equal(damagedOf(`${torn}${lineOf(entry)}`), 1);
		assert.deepEqual(presentEntries(lineOf(entry).trimEnd()).entries, [entry], 'whole without its end');
	});

	it('is the same however the lines are cut into pieces', () => {
		const names = fc.constantFrom('w:a', 'w:b', 'w:c', 'w:d');
		const line = fc.oneof(
			fc.record({ uri: names, id: names }).map(({ uri, id }) => lineOf(at(uri, id))),
			fc.record({ from: names, to: names }).map(({ from, to }) => lineOf(moved(from, to))),
			names.map((forgotten) => lineOf({ forgotten })),
			fc.constant('{"torn\n'),
		);
		fc.assert(
			fc.property(fc.array(line), fc.nat(), (lines, cut) => {
				const fold = new HistoryFold();
				const middle = cut % (lines.length + 1);
				fold.read(lines.slice(0, middle).join(''));
				fold.read(lines.slice(middle).join(''));
				const { entries, damaged } = presentEntries(lines.join(''));
				assert.deepEqual([fold.entries(), fold.damaged], [entries, damaged]);
				assert.equal(new Set(entries.map(({ uri }) => uri)).size, entries.length, 'one of each place');
			}),
		);
	});
});
