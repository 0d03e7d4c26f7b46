import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered, nameOf, offered, recommendedModel } from '../../../src/catalogue/catalogue';
import { check } from '../../../src/catalogue/check';
import { retirementOf } from '../../../src/catalogue/lifecycle';
import type { Catalogue } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { type Sighting, withSightings } from '../../../src/catalogue/sightings';
import { requestOf, sentence, terms } from '../builders';

const tables: Catalogue = { models, offers };

function seen(...sightings: readonly Sighting[]): Catalogue {
	return withSightings(tables, sightings);
}

function endOf(name: string, catalogue: Catalogue): string | undefined {
	const found = findOffered(name, catalogue);
	assert.ok(found, name);
	return retirementOf(found);
}

describe('what a provider says of its models', () => {
	it('changes nothing where it says nothing', () => assert.deepEqual(seen(), tables));

	it('goes before our own day of retirement', () => {
		const catalogue = seen(
			{ provider: 'openai', name: 'gpt-image-2', retires: '2027-06-01' },
			{ provider: 'openai', name: 'gpt-image-1.5', retires: '2027-01-15' },
		);
		assert.equal(endOf('openai/gpt-image-2', catalogue), '2027-06-01');
		assert.equal(endOf('openai/gpt-image-1.5', catalogue), '2027-01-15');
		assert.equal(endOf('lumenfall/gpt-image-1.5', catalogue), '2026-12-01');
		assert.equal(endOf('lumenfall/gpt-image-2', catalogue), undefined);
	});

	it('says nothing without a day, or with something that is none', () => {
		const sighting = { provider: 'openai', name: 'gpt-image-1.5' };
		assert.equal(endOf('openai/gpt-image-1.5', seen(sighting)), '2026-12-01');
		for (const retires of ['', 'soon', '2027', '2027-13-01']) {
			assert.equal(endOf('openai/gpt-image-1.5', seen({ ...sighting, retires })), '2026-12-01', retires);
		}
	});

	it('makes a retired model be refused and one that lives longer be sent', () => {
		const request = requestOf({ model: 'openai/gpt-image-2' });
		const refused = check(request, seen({ provider: 'openai', name: 'gpt-image-2', retires: '2026-11-01' }), terms);
		assert.ok(!('calls' in refused));
		assert.equal(refused[0]?.code, 'model-unavailable');
		assert.match(sentence(refused[0]?.message), /^openai\/gpt-image-2 was retired on 2026-11-01\./);
		const old = requestOf({ model: 'openai/dall-e-3' });
		assert.ok('calls' in check(old, seen({ provider: 'openai', name: 'dall-e-3', retires: '2027-11-01' }), terms));
	});

	it('adds what we do not know, by its title, as something whose abilities nobody knows', () => {
		const catalogue = seen({
			provider: 'lumenfall',
			name: 'flux.1-schnell',
			title: 'FLUX.1 schnell',
			retires: '2027-01-01',
		});
		const found = offered(catalogue).find(({ offer }) => nameOf(offer) === 'lumenfall/flux.1-schnell');
		assert.equal(found?.model.title, 'FLUX.1 schnell');
		assert.equal(found?.model.controls, 'open');
		assert.equal(found?.offer.retired, '2027-01-01');
		const plan = check(requestOf({ model: 'lumenfall/flux.1-schnell' }), catalogue, terms);
		assert.ok('calls' in plan);
		assert.match(sentence(plan.warnings[0]), /^Limn does not know the model lumenfall\/flux\.1-schnell/);
	});

	it('may describe what a model takes, which is then checked', () => {
		const controls = [{ kind: 'number', name: 'steps', min: 1, max: 4, whole: true }] as const;
		const catalogue = seen({ provider: 'lumenfall', name: 'flux', controls }, { provider: 'custom', name: 'flux' });
		const judged = check(requestOf({ model: 'lumenfall/flux', options: { steps: 9 } }), catalogue, terms);
		assert.ok(!('calls' in judged));
		assert.equal(sentence(judged[0]?.message), 'steps must be a whole number from 1 to 4, not 9.');
		const plan = check(requestOf({ model: 'lumenfall/flux', options: { steps: 4 } }), catalogue, terms);
		assert.ok('calls' in plan);
		assert.deepEqual([plan.options, plan.warnings], [{ steps: 4 }, []]);
		assert.equal(findOffered('custom/flux', catalogue)?.model.controls, 'open');
		const known = seen({ provider: 'openai', name: 'gpt-image-2', controls });
		assert.deepEqual(known, tables);
	});

	it('is the same offer as is made up where nobody saw it', () => {
		for (const [provider, name] of [
			['openai', 'gpt-image-9'],
			['lumenfall', 'seedream/4:x'],
			['custom', 'flux'],
		] as const) {
			const unseen = findOffered(`${provider}/${name}`, tables);
			assert.deepEqual(findOffered(`${provider}/${name}`, seen({ provider, name })), unseen);
		}
	});

	it('is passed over where a gateway only names a known model’s vendor as well', () => {
		assert.deepEqual(seen({ provider: 'lumenfall', name: 'openai/dall-e-2' }), tables);
	});

	it('is passed over where Limn could not ask for the model, or nobody could write its name', () => {
		assert.deepEqual(seen({ provider: 'custom', name: 'two words' }, { provider: 'openai', name: '' }), tables);
		assert.deepEqual(seen({ provider: 'sketch', name: 'oils' }, { provider: 'nobody', name: 'x' }), tables);
	});

	it('loses nothing and doubles nothing, whatever the lists hold', () => {
		const sightings: fc.Arbitrary<Sighting> = fc.record(
			{
				provider: fc.constantFrom('openai', 'lumenfall', 'custom', 'sketch', 'nobody', '__proto__'),
				name: fc.oneof(
					fc.constantFrom('gpt-image-2', 'dall-e-2', 'sd-cpp-local', 'new', '__proto__', 'openai/dall-e-2'),
					fc.stringMatching(/^[a-z.:/-]{1,12}$/),
				),
				retires: fc.constantFrom('2026-01-01', '2030-01-01', 'soon'),
				title: fc.string(),
			},
			{ requiredKeys: ['provider', 'name'] },
		);
		fc.assert(
			fc.property(fc.array(sightings, { maxLength: 12 }), (list) => {
				const catalogue = withSightings(tables, list);
				const names = catalogue.offers.map(nameOf);
				const ids = catalogue.models.map(({ id }) => id);
				assert.deepEqual(names.slice(0, offers.length), offers.map(nameOf));
				assert.deepEqual(catalogue.models.slice(0, models.length), models);
				assert.equal(new Set(names).size, names.length);
				assert.equal(new Set(ids).size, ids.length);
				assert.equal(offered(catalogue).length, names.length);
				for (const { provider, name } of list) {
					const isAlias = provider === 'lumenfall' && name === 'openai/dall-e-2';
					const speaks = ['openai', 'lumenfall', 'custom'].includes(provider) && !isAlias;
					assert.equal(names.includes(`${provider}/${name}`), speaks, name);
				}
				assert.equal(recommendedModel(catalogue, ['openai'], 'sketch'), 'openai/gpt-image-2');
				assert.deepEqual(withSightings(catalogue, list), catalogue);
			}),
		);
	});
});
