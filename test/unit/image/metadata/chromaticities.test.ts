import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	adaptation,
	type Chromaticities,
	columnsOf,
	d50,
	rowsOf,
	type Vector,
} from '../../../../src/image/metadata/chromaticities';

const srgb: Chromaticities = { white: [0.3127, 0.329], red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] };

/** What is published: ICC's own profile of sRGB, and Bruce Lindbloom's table for Adobe RGB and ProPhoto RGB, whose white is D50. */
const published: readonly (readonly [Chromaticities, readonly Vector[]])[] = [
	[
		srgb,
		[
			[0.4361, 0.2225, 0.0139],
			[0.3851, 0.7169, 0.0971],
			[0.1431, 0.0606, 0.7141],
		],
	],
	[
		{ ...srgb, green: [0.21, 0.71] },
		[
			[0.6097, 0.3111, 0.0195],
			[0.2053, 0.6257, 0.0609],
			[0.1492, 0.0632, 0.7446],
		],
	],
	[
		{ white: [0.3457, 0.3585], red: [0.7347, 0.2653], green: [0.1596, 0.8404], blue: [0.0366, 0.0001] },
		[
			[0.7977, 0.288, 0],
			[0.1352, 0.7119, 0],
			[0.0313, 0.0001, 0.8252],
		],
	],
];

function assertNear(found: readonly number[], expected: readonly number[], most = 4e-4): void {
	assert.equal(found.length, expected.length);
	for (const [index, value] of expected.entries())
		assert.ok(Math.abs((found[index] ?? NaN) - value) <= most, `${found.join()} is not ${expected.join()}`);
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const point = (x: number, y: number) => fc.tuple(between(x - 0.05, x + 0.05), between(y - 0.04, y + 0.04));
const spaces: fc.Arbitrary<Chromaticities> = fc.record({
	white: point(0.32, 0.33),
	red: point(0.66, 0.31),
	green: point(0.25, 0.7),
	blue: point(0.14, 0.06),
});

describe('chromaticities', () => {
	it('give the colours that are published', () => {
		for (const [chromaticities, expected] of published) {
			const columns = columnsOf(chromaticities);
			assert.ok(columns);
			assertNear(columns.flat(), expected.flat());
		}
	});

	it('give colours that make white together: that of profiles', () => {
		fc.assert(
			fc.property(spaces, (chromaticities) => {
				const columns = columnsOf(chromaticities);
				assert.ok(columns);
				const sums = rowsOf(columns).map(([red, green, blue]) => red + green + blue);
				assertNear(sums, d50, 1e-6);
			}),
		);
	});

	it('are adapted from one white to the other, and those under the same white not at all', () => {
		const white: Vector = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];
		const seen = rowsOf(adaptation(srgb)).map((row) =>
			row.reduce((sum, value, index) => sum + value * (white[index] ?? 0), 0),
		);
		assertNear(seen, d50, 1e-6);
		const same = adaptation({ ...srgb, white: [0.9642 / 2.7891, 1 / 2.7891] });
		assertNear(same.flat(), [1, 0, 0, 0, 1, 0, 0, 0, 1], 1e-6);
	});

	it('may span nothing', () => {
		for (const nothing of [
			{ ...srgb, green: srgb.red },
			{ ...srgb, green: [0.395, 0.195] as const },
			{ white: [0, 0], red: [0, 0], green: [0, 0], blue: [0, 0] } as const,
			{ ...srgb, white: [0.3, 0] as const },
			{ ...srgb, blue: [0.15, 0] as const },
		]) {
			assert.equal(columnsOf(nothing), undefined);
		}
	});
});
