import * as fc from 'fast-check';
import type { Settlement } from '../../../src/spending/ledger';
import { usdOf } from '../../../src/spending/money';

/** A price as it can be written down: whole millionths, up to a thousand USD. */
export const anyUsd = fc.integer({ min: 0, max: 1e9 }).map(usdOf);

/** Any text, with all that CSV, spreadsheets and terminals make something of. */
export const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom(...Array.from('=+-@\'"%,;\t\r\n\0\u0085\u2028\ufeff ＝41Aa\\')) }),
	fc.string({ unit: 'grapheme' }),
);

export const anyInstant = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString());

const anySettlement: fc.Arbitrary<Settlement> = fc.record(
	{
		job: anyText.filter((text) => text !== ''),
		at: anyInstant,
		model: anyText,
		operation: anyText,
		pictures: fc.nat(100),
		usd: anyUsd,
		estimated: fc.boolean(),
		openUsd: anyUsd,
		document: anyText,
	},
	{ noNullPrototype: true },
);

/** Each of another job. */
export const anySettlements = fc.uniqueArray(anySettlement, { selector: ({ job }) => job, maxLength: 12 });

export function settlement(changes: Partial<Settlement> = {}): Settlement {
	return {
		job: 'job',
		at: '2026-11-22T10:00:00.000Z',
		model: 'openai/gpt-image-2',
		operation: 'generate',
		pictures: 1,
		usd: 0.04,
		estimated: false,
		openUsd: 0,
		document: 'docs/fox.md',
		...changes,
	};
}
