import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { foreignKey, foreignVendor } from '../../../src/catalogue/keyVendor';
import { findProvider, providers } from '../../../src/catalogue/providers';
import { sentence } from '../builders';

describe('whose key it is', () => {
	const prefixes: readonly (readonly [id: string, prefix: string])[] = [
		['openai', 'sk-'],
		['lumenfall', 'lmnfl_'],
		['vincony', 'vncy_'],
		['replicate', 'r8_'],
	];

	for (const [id, prefix] of prefixes) {
		it(`is told by ${prefix}: ${id}`, () => {
			for (const provider of providers) {
				const vendor = foreignVendor(` ${prefix}abc\n`, provider.id);
				assert.equal(vendor?.id, provider.id === id ? undefined : id, provider.id);
			}
		});
	}

	it('is not asked of keys that say nothing', () => {
		for (const key of ['', ' ', 'abc', 'SK-abc', 'xsk-abc', 'lmnfl', '0f9a8b7c', '__proto__']) {
			for (const { id } of providers) assert.equal(foreignVendor(key, id), undefined, key);
		}
	});

	it('is nowhere in doubt: no prefix begins another', () => {
		const all = providers.flatMap(({ keyPrefixes = [] }) => keyPrefixes);
		assert.deepEqual(
			all,
			prefixes.map(([, prefix]) => prefix),
		);
		for (const one of all) for (const other of all) assert.ok(one === other || !one.startsWith(other));
	});

	it('never accuses a key of being foreign at its own vendor', () => {
		fc.assert(
			fc.property(fc.constantFrom(...prefixes), fc.string(), ([id, prefix], rest) => {
				assert.equal(foreignVendor(prefix + rest, id), undefined);
			}),
		);
	});
});

describe('a key of another vendor', () => {
	const [openai, lumenfall, custom] = ['openai', 'lumenfall', 'custom'].map((id) => findProvider(id) ?? assert.fail());
	const key = `lmnfl_${'a'.repeat(20)}`;

	it('is refused in both names, and not shown', () => {
		const error = foreignKey(key, openai ?? assert.fail(), new URL('https://api.openai.com/v1'));
		assert.equal(error?.code, 'bad-key');
		assert.equal(sentence(error?.message), 'The key for OpenAI is one of Lumenfall. Set another one.');
	});

	it('is right at that vendor’s own address, at a server of one’s own, and where it is none', () => {
		const own = new URL('https://api.lumenfall.ai/openai/v1');
		assert.equal(foreignKey(key, openai ?? assert.fail(), own), undefined);
		assert.equal(foreignKey(key, custom ?? assert.fail(), new URL('http://127.0.0.1:1/v1')), undefined);
		assert.equal(foreignKey(key, lumenfall ?? assert.fail(), own), undefined);
	});
});
