import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSync } from 'oxc-parser';
import { Expressions } from '../../../../../src/documents/languages/markdown/expressions';

/** The code between the brace at the beginning and the one that closes it. */
function codeIn(text: string): string | undefined {
	const end = new Expressions(text).endOf(0);
	return end === undefined ? undefined : text.slice(1, end - 1);
}

describe('an expression between braces', () => {
	it('ends at its own brace', () => {
		const codes = [
			'',
			'a',
			'{}',
			'{ a: {} }',
			'a => { return {} }',
			'"}"',
			"'{'",
			'"\\"}"',
			'`}`',
			'`${"}"}`',
			'`${`}${a}`}`',
			'`\\`}`',
			'`\\${`',

			'/* } */',
			'// }\n',
			'/* { */ a',
			'a / b / c',
			"<p>It's</p>",
			'\\}',
			'"a\\\\"',
			'`a${{ b: `}` }}c`',
		];
		for (const code of codes) assert.equal(codeIn(`{${code}} }`), code);
	});

	it('has no end where the brace is open', () => {
		for (const text of ['{', '{{}', '{`}', '{`${}', '{/* }', '{// }', '{"}"', '{\\}'])
			assert.equal(codeIn(text), undefined, text);
		assert.equal(codeIn("{'}"), "'");
	});

	it('is found inside of one that is open', () => {
		const expressions = new Expressions('{ {a} {b {c} }');
		assert.deepEqual(
			[0, 2, 6, 9, 1].map((at) => expressions.endOf(at)),
			[undefined, 5, 14, 12, undefined],
		);
	});

	it('ends where a parser ends it, whatever it is put together of', () => {
		const atom = fc.constantFrom(
			'a',
			'1',
			'"}"',
			"'{'",
			'`}`',
			'`${a}`',
			'`{${"`"}}`',
			'[]',
			'{}',
			'/* } */ b',
			'"\\""',
		);
		const { code } = fc.letrec<{ code: string }>((tie) => ({
			code: fc.oneof(
				{ depthSize: 'small' },
				atom,
				fc.tuple(tie('code'), tie('code')).map(([one, other]) => `${one} + ${other}`),
				tie('code').map((inner) => `{ b: ${inner} }`),
				tie('code').map((inner) => `(() => { return ${inner} })`),
				tie('code').map((inner) => `\`x\${${inner}}y\``),
				tie('code').map((inner) => `f(${inner}) // }\n`),
			),
		}));
		fc.assert(
			fc.property(code, (inner) => {
				assert.deepEqual(parseSync('a.js', `(${inner}\n)`).errors, []);
				assert.equal(codeIn(`{${inner}}}`), inner);
			}),
		);
	});

	it('is looked for once, however many braces are open', () => {
		const text = '{'.repeat(500_000) + '}'.repeat(10);
		const expressions = new Expressions(text);
		let closed = 0;
		for (let at = 0; at < text.length; at++) if (expressions.endOf(at) !== undefined) closed++;
		assert.equal(closed, 10);
	});
});
