import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	elementsOf,
	memberOf,
	placeInString,
	startOfJson,
	stringAt,
} from '../../../../src/documents/notebook/jsonText';

const anyJson = fc
	.tuple(
		fc.jsonValue(),
		fc.constantFrom<string | number | undefined>(undefined, 1, '\t'),
		fc.constantFrom('', ' \n', '\uFEFF'),
	)
	.map(([value, indent, before]) => before + JSON.stringify(value, undefined, indent));

/** The value at a place, read by taking more and more of the text, until it is one. */
function valueAt(text: string, at: number, end: number): unknown {
	return JSON.parse(text.slice(at, end));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('values in the text of JSON', () => {
	it('are the elements of an array', () => {
		const text = ' [ 1 , "a]" , [2,[3]] , {"b":"}"} , null ] ';
		const elements = elementsOf(text, startOfJson(text)).map(({ start, end }) => text.slice(start, end));
		assert.deepEqual(elements, ['1', '"a]"', '[2,[3]]', '{"b":"}"}', 'null']);
		assert.deepEqual(elementsOf('[ ]', 0), []);
		assert.deepEqual(elementsOf('{"a":1}', 0), []);
		assert.deepEqual(elementsOf('"[1]"', 0), []);
	});

	it('are the members of an object', () => {
		const text = '{ "a" : {"b": 1} , "b":\n"c", "\\u0064" : [ ] }';
		assert.equal(text.slice(memberOf(text, 0, 'a')), text.slice(text.indexOf('{"b"')));
		assert.equal(stringAt(text, memberOf(text, 0, 'b') ?? -1), 'c');
		assert.equal(memberOf(text, 0, 'd'), text.indexOf('['));
		assert.equal(memberOf(text, 0, 'e'), undefined);
		assert.equal(memberOf('["a"]', 0, 'a'), undefined);
	});

	it('are found in any JSON', () => {
		fc.assert(
			fc.property(anyJson, (text) => {
				const at = startOfJson(text);
				const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
				const elements = elementsOf(text, at).map(({ start, end }) => valueAt(text, start, end));
				assert.deepEqual(elements, Array.isArray(value) ? value : []);
				assert.equal(stringAt(text, at), typeof value === 'string' ? value : undefined);
				for (const [key, member] of isObject(value) ? Object.entries(value) : []) {
					const place = memberOf(text, at, key) ?? -1;
					const wrapped = `[${text.slice(place)}`;
					const [first] = elementsOf(wrapped, 0);
					assert.deepEqual(first && valueAt(wrapped, first.start, first.end), member);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('are strings whose characters stand where they are written', () => {
		const written = fc.array(
			fc.constantFrom('a', '\\n', '\\"', '\\\\', '\\u00fc', '\\ud83e\\udd8a', '🦊', '/', '\\/', 'u'),
		);
		fc.assert(
			fc.property(written, fc.nat(20), (parts, wanted) => {
				const text = `["${parts.join('')}"]`;
				const value = stringAt(text, 1) ?? '';
				const offset = Math.min(wanted, value.length);
				const place = placeInString(text, 1, offset);
				assert.equal(JSON.parse(`${text.slice(1, place)}"`), value.slice(0, offset));
			}),
		);
	});
});
