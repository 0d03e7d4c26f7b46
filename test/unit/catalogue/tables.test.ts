import assert from 'node:assert/strict';
import { controlsOf, findOffered, nameOf, offered, sizeRuleOf } from '../../../src/catalogue/catalogue';
import { fitOptions } from '../../../src/catalogue/fitOptions';
import { fitSize } from '../../../src/catalogue/fitSize';
import { isDay, isRetired } from '../../../src/catalogue/lifecycle';
import type { Control, Offered } from '../../../src/catalogue/model';
import { diffusionModels } from '../../../src/catalogue/diffusionModels';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { findProvider, providers } from '../../../src/catalogue/providers';
import { parseModelName } from '../../../src/domain/modelName';
import { formatSize, parseSizeWish, type Size, type SizeWish } from '../../../src/domain/size';
import { dialects } from '../../../src/generation/dialects';
import { sketchStyles } from '../../../src/providers/sketch/paint';
import { terms } from '../builders';

const all = offered({ models, offers });

function assertDistinct(values: readonly string[]): void {
	assert.equal(new Set(values).size, values.length, values.join(' '));
}

/** Every control of an offer; the real tables know them all. */
function controlsIn(known: Offered): readonly Control[] {
	const controls = controlsOf(known);
	assert.ok(controls !== 'open');
	return controls;
}

function spoken(name: string) {
	return offers.find((offer) => nameOf(offer) === name)?.images;
}

function doing(operation: 'vary' | 'edit'): string[] {
	return offers.filter(({ operations }) => operations.includes(operation)).map(nameOf);
}

function marked(name: string): string {
	const found = findOffered(name, { models, offers });
	const { offer, model } = found ?? {};
	return [model?.unverified, offer?.unverified, offer?.price.unverified].flatMap((notes) => notes ?? []).join(' ');
}

function owned(provider: string): Offered[] {
	return all.filter(({ offer }) => offer.provider === provider);
}

/** Names of the controls of an offer. */
function taken(name: string): string[] {
	const found = findOffered(name, { models, offers });
	assert.ok(found);
	return controlsIn(found).map((control) => control.name);
}

/** Ids of the models that take a control. */
function takers(name: string): string[] {
	const taking = models.filter(({ controls }) => controls !== 'open' && controls.some((own) => own.name === name));
	return taking.map(({ id }) => id);
}

describe('the models', () => {
	it('are those that the issue names', () => {
		assert.deepEqual(
			models.map(({ id }) => id),
			[
				'dall-e-2',
				'dall-e-3',
				'gpt-image-1',
				'gpt-image-1-mini',
				'gpt-image-1.5',
				'chatgpt-image-latest',
				'gpt-image-2',
				'gpt-image-2.5-flare',
				'gpt-image-2.5-sunburst',
				'gpt-image-2.6-flare',
				'gpt-image-2.6-sunburst',
				...diffusionModels.map(({ id }) => id),
				'sd-cpp-local',
				'placeholder',
			],
		);
	});

	it('have a name each, a prompt limit that is one, and days that are days', () => {
		assertDistinct(models.map(({ id }) => id));
		assertDistinct(models.map(({ title }) => title));
		for (const { id, promptLimit, released, retired, family, unverified = [] } of models) {
			assert.ok(promptLimit === undefined || (Number.isInteger(promptLimit) && promptLimit > 0), id);
			assert.match(released ?? '2026-01', /^\d{4}-\d{2}(-\d{2})?$/, id);
			assert.ok(retired === undefined || isDay(retired), id);
			if (released !== undefined && retired !== undefined) assert.ok(released < retired, id);
			assert.notEqual(family, '');
			for (const note of unverified) assert.match(note, /^[A-Z].{20,}\.$/u, id);
		}
	});

	it('that are retired have a successor, and every chain of them ends with one that lives', () => {
		for (const { id, retired, successor } of models) assert.equal(retired !== undefined, successor !== undefined, id);
		for (const start of models) {
			let last = start;
			for (let steps = 0; last.successor !== undefined; steps++) {
				assert.ok(steps < models.length, `${start.id} goes round in a circle`);
				const next = models.find(({ id }) => id === last.successor);
				assert.ok(next, `${last.id} → ${last.successor}`);
				last = next;
			}
			assert.equal(last.retired, undefined, start.id);
			assert.ok(all.some(({ model }) => model.id === last.id));
		}
	});

	it('take what the reference says in size', () => {
		const rules: Readonly<Record<string, string>> = {
			'dall-e-2': '256x256 512x512 1024x1024',
			'dall-e-3': '1024x1024 1792x1024 1024x1792',
			'gpt-image-1': '1024x1024 1536x1024 1024x1536',
			'gpt-image-1-mini': '1024x1024 1536x1024 1024x1536',
			'gpt-image-1.5': '1024x1024 1536x1024 1024x1536',
			'chatgpt-image-latest': '1024x1024 1536x1024 1024x1536',
		};
		for (const { id, size } of models.filter((model) => !diffusionModels.includes(model))) {
			const expected = rules[id];
			const listed = size.kind === 'list' ? size.sizes.map(formatSize).join(' ') : undefined;
			assert.equal(listed, expected, id);
			assert.equal(size.kind === 'grid', id.startsWith('gpt-image-2'), id);
		}
	});

	it('have a default size that they take', () => {
		for (const { id, size } of models) {
			if (!size.default) continue;
			const wish: SizeWish = { kind: 'pixels', size: size.default };
			assert.deepEqual(fitSize(wish, size), wish, id);
			assert.deepEqual(fitSize(undefined, size), wish, id);
		}
	});

	const qualities: readonly (readonly [model: string, values: string])[] = [
		['openai/dall-e-2', 'standard'],
		['openai/dall-e-3', 'standard hd'],
		['openai/gpt-image-1', 'low medium high auto'],
		['openai/gpt-image-2', 'low medium high auto'],
		['openai/gpt-image-2.5-flare', 'low medium high xhigh max auto'],
		['openai/gpt-image-2.6-sunburst', 'low medium high xhigh max auto'],
		['lumenfall/gpt-image-2', 'low medium high auto standard hd'],
	];
	for (const [name, values] of qualities) {
		it(`make the qualities ${values} of ${name}`, () => {
			const found = findOffered(name, { models, offers });
			assert.ok(found);
			const quality = controlsIn(found).find((control) => control.name === 'quality');
			assert.ok(quality?.kind === 'choice');
			assert.equal(quality.values.join(' '), values);
		});
	}

	it('take input_fidelity, complexity and style where the reference says so', () => {
		assert.deepEqual(takers('input_fidelity'), ['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5']);
		assert.deepEqual(takers('complexity'), ['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst']);
		assert.deepEqual(takers('style'), ['dall-e-3', 'placeholder']);
		assert.deepEqual(takers('seed'), ['sd-cpp-local', 'placeholder']);
		assert.deepEqual(takers('frame_count'), []);
	});
});

describe('the offers', () => {
	it('are of models that there are, by providers that there are and that Limn can speak to', () => {
		assert.equal(all.length, offers.length);
		for (const { provider, images } of offers) {
			assert.ok(findProvider(provider), provider);
			assert.ok(dialects.has(provider), provider);
			assert.equal(images !== undefined, ['openai', 'lumenfall', 'custom'].includes(provider), provider);
		}
	});

	it('sell every model at least once', () => {
		for (const { id } of models)
			assert.ok(
				offers.some(({ model }) => model === id),
				id,
			);
	});

	it('have a name that a person can write, a count, something to do and a dated price', () => {
		assertDistinct(offers.map(nameOf));
		for (const offer of offers) {
			assert.deepEqual(parseModelName(nameOf(offer)), { provider: offer.provider, name: offer.name });
			assert.ok(Number.isInteger(offer.picturesPerCall) && offer.picturesPerCall >= 1);
			assert.ok(offer.operations.length > 0);
			assertDistinct(offer.operations);
			assert.ok(isDay(offer.price.read));
			for (const { usd } of offer.price.rows) assert.ok(usd >= 0 && usd < 10);
		}
	});

	it('price only qualities and sizes that can be asked for, none twice', () => {
		for (const known of all) {
			const { rows } = known.offer.price;
			assertDistinct(rows.map(({ size, quality }) => `${size} ${quality}`));
			const quality = controlsIn(known).find(({ name }) => name === 'quality');
			for (const row of rows) {
				const name = `${nameOf(known.offer)} ${row.size} ${row.quality}`;
				if (row.quality !== undefined)
					assert.ok(quality?.kind === 'choice' && quality.values.includes(row.quality), name);
				if (row.size === undefined) continue;
				const wish = parseSizeWish(row.size);
				assert.deepEqual(fitSize(wish, sizeRuleOf(known)), wish, name);
			}
		}
	});

	it('price every size of every listed quality of a model with a list', () => {
		for (const known of all) {
			const rule = sizeRuleOf(known);
			const { rows } = known.offer.price;
			if (rule.kind !== 'list' || rows.length === 0) continue;
			const quality = controlsIn(known).find(({ name }) => name === 'quality');
			// Some vendors have no such control, and one price for all.
			const qualities = quality?.kind === 'choice' ? quality.values : [''];
			const sizes: readonly Size[] = rule.sizes;
			for (const value of qualities.filter((value) => value !== 'auto')) {
				for (const size of sizes) {
					const fits = rows.filter(
						(row) => (row.size ?? formatSize(size)) === formatSize(size) && (row.quality ?? value) === value,
					);
					assert.equal(fits.length, 1, `${nameOf(known.offer)} ${formatSize(size)} ${value}`);
				}
			}
		}
	});

	it('have defaults that their own controls allow, and lack only what the model has', () => {
		for (const known of all) {
			const { model, offer } = known;
			const controls = controlsIn(known);
			for (const name of offer.lacks ?? []) {
				assert.ok(model.controls !== 'open' && model.controls.some((control) => control.name === name), name);
			}
			for (const control of controls) {
				if (control.kind === 'choice') assertDistinct(control.values);
				if (control.kind === 'number') assert.ok(control.min < control.max, control.name);
				if (!('default' in control) || control.default === undefined) continue;
				const use = { model: nameOf(offer), operation: control.only?.[0] ?? 'generate', format: 'webp', n: 1 } as const;
				const { options, warnings, problems } = fitOptions({ [control.name]: control.default }, controls, use);
				assert.deepEqual([options, warnings, problems], [{ [control.name]: control.default }, [], []], nameOf(offer));
			}
		}
	});

	it('recommend one of each provider that has several, none of them retired', () => {
		const recommended = all.filter(({ offer }) => offer.recommended);
		assert.deepEqual(
			recommended.map(({ offer }) => nameOf(offer)),
			[
				'openai/gpt-image-2',
				'runware/openai:gpt-image@2',
				'lumenfall/gpt-image-2',
				'vincony/openai/gpt-image-2',
				'replicate/openai/gpt-image-2',
				'sketch/placeholder',
			],
		);
		for (const known of recommended) assert.ok(!isRetired(known, terms.today));
	});

	it('of dated snapshots are the model of their name, and not recommended', () => {
		const snapshots = offers.filter(({ name }) => /-\d{4}-\d{2}-\d{2}$/.test(name));
		assert.deepEqual(
			snapshots.map(({ name, model, recommended }) => [name, model, recommended]),
			[
				['gpt-image-2-2026-04-21', 'gpt-image-2', false],
				['gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5-flare', false],
				['gpt-image-2.5-sunburst-2026-09-08', 'gpt-image-2.5-sunburst', false],
			],
		);
	});

	it('speak the dialect as their vendor does', () => {
		const png = { formats: ['png', 'jpeg', 'webp'], extras: 'parameters' };
		assert.deepEqual(spoken('openai/gpt-image-2'), { ...png, responseFormat: false, streams: true });
		assert.deepEqual(spoken('openai/dall-e-2'), { ...png, formats: [], responseFormat: true, streams: false });
		assert.deepEqual(spoken('lumenfall/gpt-image-2'), {
			...png,
			formats: ['png', 'jpeg', 'webp', 'gif', 'avif'],
			responseFormat: true,
			streams: false,
		});
		assert.deepEqual(spoken('custom/sd-cpp-local'), {
			...png,
			formats: ['png', 'jpeg'],
			responseFormat: true,
			streams: false,
			extras: 'prompt-tag',
		});
	});

	it('make variations with DALL·E 2 at OpenAI only, and edits with whatever can', () => {
		const others = doing('vary').filter((name) => !name.startsWith('runware/'));
		assert.deepEqual(others, ['openai/dall-e-2', 'sketch/placeholder']);
		assert.ok(!doing('edit').includes('openai/dall-e-3'));
		const without = ['vincony/openai/dall-e-2', 'replicate/openai/dall-e-2'];
		for (const name of without) assert.ok(!doing('edit').includes(name), name);
	});
});

describe('the offers of Replicate and Vincony', () => {
	it('are those of the reference, of which one each is recommended', () => {
		assert.deepEqual(
			[...owned('vincony'), ...owned('replicate')].map(({ offer }) => [nameOf(offer), offer.recommended]),
			[
				['vincony/openai/dall-e-2', false],
				['vincony/openai/gpt-image-2', true],
				['replicate/openai/dall-e-2', false],
				['replicate/openai/gpt-image-1', false],
				['replicate/openai/gpt-image-1.5', false],
				['replicate/openai/gpt-image-2', true],
			],
		);
	});

	it('say what they make instead of what is retired', () => {
		for (const known of [...owned('vincony'), ...owned('replicate')]) {
			const { successor } = known.model;
			const next = offers.find(({ provider, model }) => provider === known.offer.provider && model === successor);
			assert.equal(next !== undefined, successor !== undefined, nameOf(known.offer));
		}
	});

	it('take what Replicate’s models have, and no key among it', () => {
		const controls = ['quality', 'background', 'moderation', 'output_compression', 'number_of_images'];
		for (const model of ['gpt-image-1', 'gpt-image-1.5', 'gpt-image-2']) {
			assert.deepEqual(taken(`replicate/openai/${model}`).toSorted(), controls.toSorted());
		}
		assert.deepEqual(taken('replicate/openai/dall-e-2'), []);
	});

	it('make three ratios at Replicate, and what it likes at Vincony, which is told nothing', () => {
		for (const { offer } of owned('vincony')) {
			assert.deepEqual([offer.size, taken(nameOf(offer)), offer.picturesPerCall], [{ kind: 'none' }, [], 1]);
		}
		const rule = offers.find((offer) => nameOf(offer) === 'replicate/openai/gpt-image-2')?.size;
		assert.ok(rule?.kind === 'list');
		assert.deepEqual(rule.sizes.map(formatSize), ['1024x1024', '1536x1024', '1024x1536']);
	});
});

describe('the tables', () => {
	it('mark what nobody first-hand has said', () => {
		assert.match(marked('openai/gpt-image-1.5'), /day of retirement.*prices of tokens/);
		assert.match(marked('openai/chatgpt-image-latest'), /day of retirement.*Sizes and controls/);
		assert.match(marked('openai/gpt-image-2'), /Transparent backgrounds/);
		assert.match(marked('openai/gpt-image-2.6-flare'), /day of release.*custom sizes.*xhigh and max.*prices of tokens/);
		assert.match(marked('openai/dall-e-3'), /from memory/);
		assert.match(marked('lumenfall/dall-e-2'), /still answers.*prompt may be.*Replicate/);
		assert.match(marked('vincony/openai/dall-e-2'), /still answers.*How a picture comes back/);
		assert.match(marked('vincony/openai/gpt-image-2'), /The name: by analogy.*Edits.*How a picture comes back/);
		assert.match(marked('replicate/openai/dall-e-2'), /still answers.*Its inputs: not found.*another gateway/);
		assert.match(marked('replicate/openai/gpt-image-1'), /names of its inputs.*without an OpenAI key/);
		assert.match(marked('replicate/openai/gpt-image-2'), /names of its inputs.*from memory/);
		assert.equal(marked('sketch/placeholder'), '');
	});

	it('know every style of the sketch, and no other', () => {
		const sketch = findOffered('sketch/placeholder', { models, offers });
		assert.ok(sketch);
		const styles = controlsIn(sketch).find(({ name }) => name === 'style');
		assert.ok(styles?.kind === 'choice');
		assert.deepEqual(styles.values, sketchStyles);
	});

	it('name the providers, keys and addresses of the contract, in its order of asking', () => {
		const contract: readonly (readonly [id: string, variable: string | undefined, baseUrl: string | undefined])[] = [
			['openai', 'OPENAI_API_KEY', 'https://api.openai.com/v1'],
			['runware', 'RUNWARE_API_KEY', 'https://api.runware.ai/v1'],
			['lumenfall', 'LUMENFALL_API_KEY', 'https://api.lumenfall.ai/openai/v1'],
			['vincony', 'VINCONY_API_KEY', 'https://api.vincony.com/v1'],
			['replicate', 'REPLICATE_API_TOKEN', 'https://api.replicate.com/v1'],
			['custom', 'LIMN_CUSTOM_API_KEY', 'http://127.0.0.1:1234/v1'],
			['sketch', undefined, undefined],
		];
		assert.deepEqual(
			providers.map(({ id, key, baseUrl }) => [id, key?.variable, baseUrl]),
			contract,
		);
		assertDistinct(providers.map(({ id }) => id));
		assert.deepEqual(
			providers.filter(({ routes }) => routes).map(({ id }) => id),
			['lumenfall'],
		);
		assert.deepEqual(
			providers.filter(({ key }) => key?.optional).map(({ id }) => id),
			['custom'],
		);
	});

	it('are asked by the exact id', () => {
		assert.equal(findProvider('openai')?.title, 'OpenAI');
		for (const id of ['', 'OpenAI', 'constructor', '__proto__']) assert.equal(findProvider(id), undefined);
	});
});
