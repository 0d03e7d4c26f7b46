import assert from 'node:assert/strict';
import type { Seen } from '../faults/cell';
import { columns } from '../faults/column';
import { keysIn } from '../faults/evidence';
import { judge } from '../faults/judge';
import type { Told } from '../faults/order';
import { keysSeen, type Sink, sinks, wasSent } from '../faults/sinks';
import { openAndCharged, type Row, well } from '../faults/row';

const [column = assert.fail()] = columns;
const key = ['sk', 'emulator', 'Canary7Q2xZ9pL4vT8w'].join('-');

const good: Told = {
	saved: ['/w/a.png', '/w/b.png'],
	failures: [],
	lines: [],
	errors: [],
	shown: [],
	remembered: [],
	written: [],
	faults: [],
	ms: 10,
	listMs: 0,
	peakBytes: 0,
	strays: [],
	isOpen: false,
};

const failure = { code: 'timed-out', charged: 'unknown', words: '' } as const;
const nothing = failing(failure);

function failing(one: Told['failures'][number]): Told {
	return { ...good, saved: [], failures: [one, one] };
}

function seen(told: Partial<Told> | undefined, changes: Partial<Seen> = {}, row: Partial<Row> = {}): Seen {
	const pictures = new Map((told?.saved ?? good.saved).map((file) => [file, file]));
	return {
		row: { name: 'a row', group: 'rows', expected: well, ...row },
		column,
		carried: { ...(told && { told: { ...good, ...told } }), output: '', ms: 10 },
		charges: 1,
		orders: 1,
		others: 0,
		misled: [],
		evidence: { pictures, kept: new Map(), strays: [], everything: [] },
		undecodable: [],
		urls: [],
		headers: [],
		...changes,
	};
}

function brokenIn(...given: Parameters<typeof seen>): string[] {
	return [...judge(seen(...given)).keys()].toSorted();
}

/** Sinks in which a key stands. */
function foundIn(cell: Seen): string[] {
	return [...keysSeen(cell)].flatMap(([sink, forms]) => (forms.length > 0 ? [sink] : []));
}

describe('the judge of the fault matrix', () => {
	const lost = { expected: () => openAndCharged('timed-out') };

	it('finds nothing where nothing is wrong', () => {
		assert.deepEqual(brokenIn({}), []);
		assert.deepEqual(brokenIn(nothing, {}, lost), []);
	});

	it('finds each promise that is broken', () => {
		const evidence = { pictures: new Map([['/w/a.png', 'a']]), kept: new Map(), strays: [], everything: [] };
		assert.ok(brokenIn({}, { charges: 2 }).includes('double charges'));
		assert.deepEqual(brokenIn({}, { evidence }), ['lost paid pictures']);
		assert.deepEqual(brokenIn({}, { undecodable: ['a.png'] }), ['lost paid pictures']);
		assert.ok(brokenIn(undefined).includes('hangs'));
		assert.deepEqual(brokenIn({ cancelMs: 900 }), ['hangs']);
		assert.deepEqual(brokenIn({ strays: ['169.254.169.254:80'] }), ['unsafe connections']);
		assert.deepEqual(brokenIn({}, { misled: ['GET / elsewhere'] }), ['unsafe connections']);
		assert.deepEqual(brokenIn({ lines: [column.key] }), ['keys seen']);
		const left = { ...seen({}).evidence, strays: ['workspace/.limn-1.tmp'] };
		assert.deepEqual(brokenIn({}, { evidence: left }), ['stray files']);
		assert.deepEqual(brokenIn({ peakBytes: 65 * 2 ** 20 }), ['over 64 MB']);
		assert.deepEqual(brokenIn({ faults: ['a fault'] }), ['faults of its own']);
		const free = failing({ ...failure, charged: 'no' });
		assert.deepEqual(brokenIn(free, {}, lost), ['wrong charged']);
		const other = failing({ ...failure, code: 'refused' });
		assert.deepEqual(brokenIn(other, {}, lost), ['wrong codes']);
	});

	it('finds a key in every sink', () => {
		const { key: own } = column;
		const { evidence } = seen({});
		const file = { ...evidence, everything: [Buffer.from(`a ${own} b`)] };
		const cells: Readonly<Record<Sink, Seen>> = {
			log: seen({ lines: [own] }),
			files: seen({}, { evidence: file }),
			'global state (stand-in)': seen({ remembered: [own] }),
			'webview (stand-in)': seen({ shown: [own] }),
			errors: seen({ errors: [own] }),
			stdout: seen({}, { carried: { output: own, ms: 10 } }),
			'request URLs': seen({}, { urls: [`/images?key=${own}`] }),
		};
		for (const sink of sinks) assert.deepEqual(foundIn(cells[sink]), [sink]);
		assert.deepEqual(foundIn(seen({ written: [own] })), ['files']);
		assert.deepEqual(foundIn(seen({})), []);
		assert.deepEqual([...keysSeen(seen({})).keys()], [...sinks], 'all are searched');
		const { urls: _, ...unread } = seen({});
		assert.ok(!keysSeen(unread).has('request URLs'), 'where nobody was asked, nothing was');
		assert.ok(wasSent(seen({}, { headers: [`Bearer ${own}`] })) && !wasSent(seen({})));
	});

	it('knows a key in every form that is easily read back', () => {
		const base64 = Buffer.from(`user:${key}`).toString('base64');
		for (const text of [
			key,
			`x${key}x`,
			base64,
			Array.from(key).toReversed().join(''),
			Buffer.from(key).toString('hex'),
		]) {
			assert.notDeepEqual(keysIn([Buffer.from(text)], key), [], text);
		}
		assert.deepEqual(keysIn(['sk-emulator and other words'], key), []);
	});
});
