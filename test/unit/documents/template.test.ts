import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fillTemplate } from '../../../src/documents/template';

const name = fc.stringMatching(/^[a-zA-Z]{1,8}$/).filter((text) => !(text in {}));
const text = fc.string({ unit: 'binary' });
const plain = text.filter((candidate) => !candidate.includes('$'));

describe('filling a template in', () => {
	it('puts each value in its place', () => {
		assert.equal(fillTemplate('${a}/x-${b}${a}', { a: '1', b: '' }), '1/x-1');
		assert.equal(fillTemplate('', { a: '1' }), '');
	});

	it('leaves a text without variables as it is', () => {
		fc.assert(fc.property(plain, (template) => assert.equal(fillTemplate(template, {}), template)));
		for (const template of ['$', '${', '$slug', '{slug}', '$ {slug}', '${slug']) {
			assert.equal(fillTemplate(template, { slug: 'x' }), template);
		}
	});

	it('is the concatenation of its parts, whatever the values contain', () => {
		const parts = fc.array(fc.tuple(plain, name, text), { maxLength: 6 });
		fc.assert(
			fc.property(parts, plain, (parts, end) => {
				const values = Object.fromEntries(parts.map(([, name, value]) => [name, value]));
				const template = `${parts.map(([before, name]) => `${before}\${${name}}`).join('')}${end}`;
				const expected = `${parts.map(([before, name]) => `${before}${values[name] ?? ''}`).join('')}${end}`;
				assert.equal(fillTemplate(template, values), expected);
			}),
		);
	});

	it('never reads a value as a template again', () => {
		const values = { a: '${b}', b: '$&$1', c: '${constructor}' };
		assert.equal(fillTemplate('${a}${b}${c}', values), '${b}$&$1${constructor}');
	});

	it('names the first variable that there is not', () => {
		assert.deepEqual(fillTemplate('${a}${nope}${never}', { a: '1' }), { unknown: 'nope' });
		assert.deepEqual(fillTemplate('${}', { a: '1' }), { unknown: '' });
		assert.deepEqual(fillTemplate('${ a }', { a: '1' }), { unknown: ' a ' });
		assert.deepEqual(fillTemplate('${A}', { a: '1' }), { unknown: 'A' });
		assert.deepEqual(fillTemplate('${a\nb}', { a: '1' }), { unknown: 'a\nb' });
	});

	it('knows none of the names that every object has', () => {
		for (const unknown of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype']) {
			assert.deepEqual(fillTemplate(`\${${unknown}}`, { a: '1' }), { unknown });
		}
		const own: unknown = JSON.parse('{"__proto__": "mine"}');
		assert.ok(isTexts(own));
		assert.equal(fillTemplate('${__proto__}', own), 'mine');
	});

	it('gives the text between, and nothing else, to `literal`', () => {
		const filled = fillTemplate('a${x}b${x}', { x: 'keep' }, (text) => text.toUpperCase());
		assert.equal(filled, 'AkeepBkeep');
	});
});

function isTexts(value: unknown): value is Record<string, string> {
	return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}
