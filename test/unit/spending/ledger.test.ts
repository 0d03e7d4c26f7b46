import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ledgerHead, ledgerLine, LedgerReading, readLedger } from '../../../src/spending/ledger';
import { anySettlements, anyText, settlement } from './arbitraries';

const row = settlement();
const line = ledgerLine(row);

function ledgerOf(rows: readonly Parameters<typeof ledgerLine>[0][]): string {
	return ledgerHead + rows.map(ledgerLine).join('');
}

describe('a ledger', () => {
	it('gives back what was written, whatever the words are', () => {
		fc.assert(
			fc.property(anySettlements, (rows) => {
				assert.deepEqual(readLedger(ledgerOf(rows)), { rows, damaged: 0, isNewer: false });
			}),
			{ numRuns: 500 },
		);
	});

	it('is a table that anybody can read', () => {
		assert.equal(
			ledgerOf([row]),
			'time,job,provider,model,operation,pictures,usd,estimated,open_usd,document,version\n' +
				'2026-11-22T10:00:00.000Z,job,openai,openai/gpt-image-2,generate,1,0.04,false,0,docs/fox.md,1\n',
		);
		assert.match(ledgerLine(settlement({ usd: 1e-6, openUsd: 1e9 })), /,0\.000001,false,1000000000,/);
		assert.match(ledgerLine(settlement({ usd: -5, openUsd: Number.NaN })), /,0,false,0,/);
	});

	it('loses no row but the torn one, wherever the file ends', () => {
		const rows = [
			settlement({ job: 'a', document: 'x "y", z' }),
			settlement({ job: 'b' }),
			settlement({ job: 'c', model: '=1+1' }),
		];
		const text = ledgerOf(rows);
		for (let end = ledgerHead.length; end <= text.length; end++) {
			const whole = text.slice(ledgerHead.length, end + 1).split('\n').length - 1;
			const read = readLedger(text.slice(0, end));
			assert.deepEqual(read.rows, rows.slice(0, whole), String(end));
			assert.equal(read.damaged, 0);
		}
	});

	it('goes on after a torn row, which counts as damage unless it was written again', () => {
		const torn = line.slice(0, 40);
		const next = ledgerLine(settlement({ job: 'next' }));
		assert.deepEqual(readLedger(`${ledgerHead}${torn}\n${next}`), {
			rows: [settlement({ job: 'next' })],
			damaged: 1,
			isNewer: false,
		});
		assert.deepEqual(readLedger(`${ledgerHead}${torn}\n${line}`), { rows: [row], damaged: 0, isNewer: false });
		assert.equal(readLedger(`${ledgerHead}"a,"\n${line}`).damaged, 1);
	});

	it('counts a job once, however often it stands there', () => {
		const again = settlement({ usd: 99 });
		assert.deepEqual(readLedger(ledgerOf([row, again, row])).rows, [row]);
	});

	it('is the same in pieces of whole lines', () => {
		const anyLine = fc.oneof(
			anySettlements.map(ledgerOf),
			fc.constantFrom(`${line.slice(0, 40)}\n`, line, ledgerHead, '\r\n'),
		);
		fc.assert(
			fc.property(fc.array(anyLine), (pieces) => {
				const reading = new LedgerReading();
				const jobs = new Set(pieces.flatMap((piece) => reading.take(piece)).map(({ job }) => job));
				const { rows, damaged, isNewer } = readLedger(pieces.join(''));
				assert.deepEqual([[...jobs], reading.damaged, reading.isNewer], [rows.map(({ job }) => job), damaged, isNewer]);
			}),
		);
	});

	it('is read as a spreadsheet saves it', () => {
		const saved = `\uFEFF${ledgerOf([row]).replaceAll('\n', '\r\n').replace('false', 'FALSE')}`;
		assert.deepEqual(readLedger(saved), { rows: [row], damaged: 0, isNewer: false });
		const quoted = `${ledgerHead}"2026-11-22T10:00:00.000Z","job","openai","openai/gpt-image-2","generate","1","0.040","false","0.0","docs/fox.md","1"\n`;
		assert.deepEqual(readLedger(quoted).rows, [row]);
		assert.deepEqual(readLedger(`${ledgerHead}${ledgerHead}\n${line}\n`), { rows: [row], damaged: 0, isNewer: false });
	});

	it('knows one of a later version, and what it still understands of it', () => {
		const head = `currency,${ledgerHead}`;
		const newer = `EUR,${line.replace(/,1\n$/, ',2\n')}`;
		assert.deepEqual(readLedger(head + newer), { rows: [row], damaged: 0, isNewer: true });
		const other = 'time,job,amount,version\n2026-11-22T10:00:00.000Z,job,4,2\n';
		assert.deepEqual(readLedger(other), { rows: [], damaged: 1, isNewer: true });
	});

	it('takes no row that is none', () => {
		const bad: readonly (readonly [string, string])[] = [
			['2026-11-22T10:00:00.000Z', 'yesterday'],
			['2026-11-22T10:00:00.000Z', '2026-11-22 10:00'],
			[',job,', ',,'],
			[',0.04,', ',-0.04,'],
			[',0.04,', ',1e9,'],
			[',0.04,', ',NaN,'],
			[',0.04,', ',,'],
			[',1,0.04', ',many,0.04'],
			['false', 'no'],
			[',1\n', ',\n'],
		];
		for (const [good, wrong] of bad) {
			const text = ledgerHead + line.replace(good, wrong);
			assert.deepEqual(readLedger(text), { rows: [], damaged: 1, isNewer: false }, wrong);
		}
	});

	it('never fails, whatever the text is', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(anyText, fc.constantFrom(line, ledgerHead, '\n'))), (pieces) => {
				const { rows, damaged } = readLedger(pieces.join(''));
				assert.ok(rows.length + damaged <= pieces.join('').split('\n').length);
			}),
			{ numRuns: 500 },
		);
	});

	it('of ten thousand jobs is read in no time', () => {
		const rows = Array.from({ length: 10_000 }, (_, index) => settlement({ job: `job ${index}` }));
		const text = ledgerOf(rows);
		const began = performance.now();
		assert.equal(readLedger(text).rows.length, 10_000);
		const took = performance.now() - began;
		assert.ok(took < 1000, `${took} ms`);
	});
});
