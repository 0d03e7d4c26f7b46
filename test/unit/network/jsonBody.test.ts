import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type BodyFault, JsonBody, type JsonLimits, jsonLimits } from '../../../src/network/jsonBody';
import { pictureFrom } from '../../../src/network/longString';
import { chunksOf, randomBytesOf } from './builders';

type Read = { readonly json: unknown } | BodyFault;

function readAll(text: string | Uint8Array, cuts: readonly number[] = [], limits?: JsonLimits): Read {
	const body = new JsonBody(limits);
	for (const chunk of chunksOf(text, cuts)) {
		const fault = body.push(chunk);
		if (fault) return fault;
	}
	return body.end();
}

/** What the reader promises, said in another way: a long string of base64 alone is its bytes. */
function expected(value: unknown): unknown {
	if (typeof value === 'string') return pictureOf(value) ?? value;
	if (typeof value === 'number')
		return Number.isSafeInteger(value) || !/^-?\d+$/.test(String(value)) ? value : String(value);
	if (Array.isArray(value)) return value.map(expected);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expected(inner)]));
}

function pictureOf(text: string): Uint8Array | undefined {
	if (text.length < pictureFrom) return undefined;
	const base64 = text.replace(/^data:image\/[\w.+-]+(;[\w.+-]+=[\w.+-]+)*;base64,/i, '').replace(/[\r\n]/g, '');
	const letters = base64.replace(/={1,2}$/, '');
	if (!/^[A-Za-z0-9+/_-]+$/.test(letters) || letters.length % 4 === 1) return undefined;
	if (letters !== base64 && base64.length % 4 !== 0) return undefined;
	return new Uint8Array(Buffer.from(letters, 'base64'));
}

const prefixes = ['', 'data:image/png;base64,', 'data:image/svg+xml;charset=utf-8;base64,', 'data:text/plain;base64,'];

const base64 = fc
	.record({
		seed: fc.nat(),
		// Some are too short, unless one counts what they are written with.
		size: fc.integer({ min: 2800, max: 9000 }),
		url: fc.boolean(),
		prefix: fc.constantFrom(...prefixes),
		line: fc.constantFrom(0, 76, 1000),
		padded: fc.boolean(),
	})
	.map(({ seed, size, prefix, line, padded, url }) => {
		const standard = Buffer.from(randomBytesOf(size, seed)).toString('base64');
		const text = url ? standard.replaceAll('+', '-').replaceAll('/', '_') : standard;
		const wrapped = line === 0 ? text : text.replace(new RegExp(`.{${line}}`, 'g'), '$&\r\n');
		return prefix + (padded ? wrapped : wrapped.replace(/=+$/, ''));
	});

/** Base64 with something in it that is none, anywhere. */
const nearly = fc
	.tuple(
		base64,
		fc.double({ min: 0, max: 1, noNaN: true }),
		fc.constantFrom('=', '-', '_', ' ', '"', '\\', 'ä', '😀', 'Ł', 'A'),
	)
	.map(([text, place, wrong]) => {
		const at = Math.floor(place * text.length);
		// With this beginning what stands before the wrong character might be a picture all the same.
		return (text.slice(0, at) + wrong + text.slice(at)).replace('data:image', 'data:text');
	});

/** Short enough to stay below the limit whatever is escaped. */
const short = fc.string({ maxLength: 40, unit: 'binary' });
const long = fc.oneof(
	base64,
	nearly,
	fc.integer({ min: 4096, max: 9000 }).map((length) => 'grün "\\ '.repeat(length)),
);

const { value: document } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.oneof(fc.constant(null), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), short, long),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(short, tie('value'), { maxKeys: 4, noNullPrototype: true }),
	),
}));

const cuts = fc.array(fc.nat(), { maxLength: 40 });

/** JSON with a fitting choice among the ways to write each character. */
function write(value: unknown, random: () => number, indent: number): string {
	const other = (found: string): string => {
		if (found.startsWith('\\') || random() < 0.9) return found;
		const code = found.charCodeAt(0).toString(16).padStart(4, '0');
		return found === '/' && random() < 0.5 ? '\\/' : `\\u${code}`;
	};
	const plain = JSON.stringify(value, undefined, indent);
	return plain.replace(/"(?:[^"\\]|\\.)*"/g, (string) => string.replace(/\\.|[/+=A]/g, other));
}

describe('reading JSON while it arrives', () => {
	it('says what JSON.parse says, with long base64 as bytes, wherever the chunks are cut', () => {
		fc.assert(
			fc.property(document, cuts, fc.nat(), fc.constantFrom(0, 1), (value, cuts, seed, indent) => {
				let state = seed;
				const random = () => (state = (Math.imul(state, 48_271) + 11) >>> 0) / 2 ** 32;
				const text = write(value, random, indent);
				assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
				assert.deepEqual(readAll(text, cuts), { json: expected(JSON.parse(text)) });
			}),
			{ numRuns: 300 },
		);
	});

	it('finds the pictures among the words of a text, wherever the chunks are cut', () => {
		const bytes = randomBytesOf(5000, 3);
		const url = (type: string) => `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
		const texts: readonly (readonly [text: string, read: unknown])[] = [
			[`Here: ![a fox](${url('png')}) "as" asked.`, ['Here: ![a fox](', bytes, ') "as" asked.']],
			[`${url('jpeg')}\n\nHere you are, ½ price.`, [bytes, '\n\nHere you are, ½ price.']],
			[`${'word '.repeat(2000)}${url('webp')}`, ['word '.repeat(2000), bytes]],
			[`${url('png')} ${url('gif')}.`, [bytes, ' ', bytes, '.']],
			[`{"b64":"${url('png')}"}`, ['{"b64":"', bytes, '"}']],
			[`data:image/png;base64, and nothing ${'x'.repeat(5000)}`, undefined],
			[`data:image/png;base64,${'A'.repeat(3000)} is small ${'y '.repeat(3000)}`, undefined],
			[`data:image/png;base64,${'A'.repeat(5001)} is none`, undefined],
			[`${'data:image'.repeat(2000)};base64,`, undefined],
		];
		for (const [text, read] of texts) {
			const json = { content: read ?? text };
			fc.assert(
				fc.property(cuts, (places) => {
					assert.deepEqual(readAll(JSON.stringify({ content: text }), places), { json });
					assert.deepEqual(readAll(JSON.stringify({ content: text }).replaceAll('/', '\\/'), places), { json });
				}),
				{ numRuns: 10 },
			);
		}
	});

	it('keeps every digit of a whole number that JavaScript cannot hold', () => {
		const [seed, least] = ['6110856530272051867', '-9007199254740993'];
		const text = `{"seed":${seed},"list":[${least}, 9007199254740991,${seed}],"text":"seed:${seed}","cost":0.1234567890123456789,"e":1e21,"f":12345678901234567.5}`;
		assert.deepEqual(readAll(text, [5, 12, 20]), {
			json: {
				seed,
				list: [least, 9007199254740991, seed],
				text: `seed:${seed}`,
				cost: 0.12345678901234568,
				e: 1e21,
				f: 12345678901234568,
			},
		});
	});

	it('finds long numbers in no long time, whatever stands around them', () => {
		const began = performance.now();
		for (const piece of ['"\\\\"', '"', '1234567890123456', '\\"', '{"a":[']) {
			readAll(`["${'x'.repeat(10)}",${piece.repeat(100_000)}`, []);
			readAll(`[1234567890123456,"${piece.replaceAll('"', '').repeat(60_000)}"]`, []);
		}
		assert.ok(performance.now() - began < 20_000);
	});

	it('takes a picture that comes byte by byte', () => {
		const bytes = randomBytesOf(5000, 7);
		const text = JSON.stringify({ b64_json: Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\n') });
		const everywhere = Array.from(text, (_, index) => index);
		assert.deepEqual(readAll(text.replaceAll('/', '\\/'), everywhere), { json: { b64_json: bytes } });
	});

	it('leaves a short string what it is', () => {
		const text = 'A'.repeat(pictureFrom - 1);
		assert.deepEqual(readAll(JSON.stringify([text])), { json: [text] });
		assert.deepEqual(readAll(JSON.stringify([`${text}A`])), { json: [new Uint8Array(3072)] });
	});

	it('counts what a string says, not how it is written', () => {
		for (const length of [700, pictureFrom - 1]) {
			assert.deepEqual(readAll(`["${'\\u0041'.repeat(length)}"]`, [5000]), { json: ['A'.repeat(length)] });
		}
		assert.deepEqual(readAll(`["${'\\u0041'.repeat(pictureFrom)}"]`, [5000]), { json: [new Uint8Array(3072)] });
	});

	it('finds no picture in nothing', () => {
		const texts = ['\n'.repeat(3000), '\n'.repeat(9000), `data:image/png;a=${'b'.repeat(5000)};base64,`];
		for (const text of texts) assert.deepEqual(readAll(JSON.stringify([text])), { json: [text] });
	});

	it('knows where padding belongs', () => {
		const long = 'AAAA'.repeat(1200);
		for (const end of ['=', '==', 'AA=', 'AAA==', 'A=', 'A==', 'A', 'AA===', 'AA=A', 'AA=A=']) {
			assert.deepEqual(readAll(JSON.stringify([long + end])), { json: [long + end] }, end);
		}
		for (const [end, size] of [
			['', 0],
			['AA', 1],
			['AA==', 1],
			['AAA', 2],
			['AAA=', 2],
		] as const) {
			assert.deepEqual(readAll(JSON.stringify([long + end])), { json: [new Uint8Array(3600 + size)] }, end);
		}
	});

	it('reads the other alphabet too', () => {
		const bytes = randomBytesOf(6000, 11);
		const text = Buffer.from(bytes).toString('base64url');
		assert.match(text, /-.*_|_.*-/);
		assert.deepEqual(readAll(JSON.stringify([`data:image/webp;base64,${text}`]), [4500]), { json: [bytes] });
	});

	it('takes no string of the body for one of its own', () => {
		const json = { 'limn:0': 'limn:0', b: `limn:${'0'.repeat(32)}:0`, ['__proto__']: 1 };
		assert.deepEqual(readAll(JSON.stringify(json)), { json });
	});

	it('does not take base64 for a name', () => {
		assert.equal(readAll(JSON.stringify({ ['A'.repeat(8000)]: 1 })), 'garbled');
	});

	for (const text of [
		'',
		'{',
		'{"a":"',
		'{"a":1}}',
		'{"a":"\\x"}',
		`["${'A'.repeat(8000)}`,
		`["${'A'.repeat(8000)}\n"]`,
	]) {
		it(`finds ${JSON.stringify(text.slice(0, 20))}… garbled`, () => assert.equal(readAll(text), 'garbled'));
	}

	it('finds every beginning of a document garbled', () => {
		const text = JSON.stringify({ a: ['b', { c: `${'A'.repeat(4100)}\\` }], d: Buffer.alloc(4000).toString('base64') });
		for (let end = 0; end < text.length; end += end > 30 && end < text.length - 30 ? 97 : 1) {
			assert.equal(readAll(text.slice(0, end)), 'garbled', `${end}`);
		}
	});

	it('finds nesting without end garbled', () => {
		assert.equal(readAll('['.repeat(3_000_000)), 'garbled');
		for (const [open, close] of [
			['[', ']'],
			['{"a":', '}'],
		] as const) {
			const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
			assert.equal(readAll(nested(100_000)), 'garbled');
			assert.notEqual(readAll(nested(200)), 'garbled');
			assert.notEqual(readAll(`[${`${nested(100)},`.repeat(300)}1]`), 'garbled');
		}
		assert.notEqual(readAll(JSON.stringify(['['.repeat(1000)])), 'garbled');
	});
});

const base64Of = (size: number) => Buffer.from(randomBytesOf(size, size)).toString('base64');

describe('the limits of a JSON body', () => {
	const limits: JsonLimits = { text: 20_000, picture: 6000 };

	it('are one and sixty-four megabytes', () => {
		assert.deepEqual(jsonLimits, { text: 1_048_576, picture: 67_108_864 });
	});

	it('do not hold for a text with a picture in it, which begins before the limit of texts', () => {
		const bytes = randomBytesOf(12_000, 9);
		const words = 'word '.repeat(2000);
		const content = JSON.stringify({ words, b64_json: Buffer.from(bytes).toString('base64') });
		const pieces = [4500, 9000, 15_000, 20_000];
		const read = (text: number) => readAll(JSON.stringify([content]), pieces, { text, picture: 12_000 });
		assert.deepEqual(read(20_000), { json: [[`{"words":"${words}","b64_json":"`, bytes, '"}']] });
		assert.deepEqual(read(40_000), { json: [content] }, 'as short a text stays what it is');
		assert.equal(read(9000), 'too-large');
		assert.equal(readAll(JSON.stringify([words.repeat(3)]), [100], limits), 'too-large');
	});

	it('count the text without its pictures', () => {
		const pictures = Array.from({ length: 20 }, () => base64Of(6000));
		assert.deepEqual(readAll(JSON.stringify(pictures), [], limits), {
			json: pictures.map((text) => new Uint8Array(Buffer.from(text, 'base64'))),
		});
		assert.equal(readAll(JSON.stringify(['ä'.repeat(10_000)]), [], limits), 'too-large');
		assert.equal(readAll(' '.repeat(20_001), [], limits), 'too-large');
	});

	it('hold for each picture, at once', () => {
		assert.equal(readAll(`["${base64Of(9000)}`, [5000, 9000], limits), 'too-large');
	});

	it('hold for a long string that turns out to be none', () => {
		const wide = { ...limits, picture: 60_000 };
		assert.equal(readAll(`["${base64Of(18_000)} "]`, [5000, 9000], wide), 'too-large');
		const text = `${base64Of(12_000)} `;
		assert.deepEqual(readAll(JSON.stringify([text]), [5000, 9000], wide), { json: [text] });
	});

	it('stay exceeded', () => {
		const body = new JsonBody(limits);
		assert.equal(body.push(Buffer.from(' '.repeat(20_001))), 'too-large');
		assert.equal(body.push(Buffer.from('[]')), 'too-large');
		assert.equal(body.end(), 'too-large');
	});
});
