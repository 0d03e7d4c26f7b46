import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Flags, Misuse, readFlags } from '../../../src/cli/flags';

const flags: Flags = {
	out: { value: 'DIR', about: '' },
	rect: { value: 'RECT', multiple: true, about: '' },
	json: { about: '' },
};

function misuse(...args: readonly string[]): string {
	try {
		readFlags(args, flags);
		return '';
	} catch (error) {
		assert.ok(error instanceof Misuse);
		return error.message;
	}
}

describe('flags', () => {
	it('are told from words', () => {
		const given = readFlags(['a fox', '--out', 'docs', '--rect=1', 'more', '--rect', '2', '--json'], flags);
		assert.deepEqual(given.words, ['a fox', 'more']);
		assert.deepEqual([given.text('out'), given.all('rect'), given.has('json')], ['docs', ['1', '2'], true]);
	});

	it('that were not given have nothing', () => {
		const given = readFlags([], flags);
		assert.deepEqual([given.text('out'), given.all('rect'), given.has('json')], [undefined, [], false]);
	});

	it('end where two dashes stand alone', () => {
		assert.deepEqual(readFlags(['--', '--out', '-x'], flags).words, ['--out', '-x']);
	});

	it('take a value that looks like a flag only where it is written as one', () => {
		assert.equal(readFlags(['--out=-x'], flags).text('out'), '-x');
		assert.equal(readFlags(['--out', '-'], flags).text('out'), '-');
		assert.equal(readFlags(['--rect', '-5,1,2,3'], flags).text('rect'), '-5,1,2,3');
		assert.equal(misuse('--out', '--json'), '--out needs a value: --out DIR.');
		assert.equal(misuse('--out'), '--out needs a value: --out DIR.');
	});

	it('are refused in one sentence that names what exists', () => {
		assert.equal(misuse('--colour'), 'There is no --colour here. Available: --out, --rect, --json.');
		assert.equal(misuse('-x'), 'There is no -x here. Available: --out, --rect, --json.');
		assert.equal(misuse('--out', 'a', '--out', 'b'), '--out is given twice. Give it once.');
		assert.equal(misuse('--json=1'), '--json takes no value. Leave it out.');
		assert.match(misuse('--__proto__', '1'), /^There is no --__proto__ here/);
		assert.match(misuse('--constructor'), /^There is no --constructor here/);
	});

	it('are read whatever is typed, or refused', () => {
		const typed = fc.array(fc.oneof(fc.string(), fc.constantFrom('--out', '--rect', '--json', '--', '-', '--out=')));
		fc.assert(
			fc.property(typed, (args) => {
				const said = misuse(...args);
				assert.ok(!said.includes('\n') || args.some((arg) => arg.includes('\n')));
			}),
		);
	});
});
