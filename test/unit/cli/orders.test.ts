import assert from 'node:assert/strict';
import { generate, orderFlags, orderOf } from '../../../src/cli/commands/generate';
import { Misuse, readFlags } from '../../../src/cli/flags';
import { orderSchema } from '../../../src/cli/order';
import type { Prepared } from '../../../src/cli/prepare';
import { usualLimit } from '../../../src/cli/permit';
import { mostOf } from '../../../src/cli/usualFlags';
import { readOrder, rootOf, writeOrder } from '../../../src/cli/writtenOrder';
import { planOf } from '../builders';
import { shelf } from '../generation/scripted';

const root = { local: '/p', path: '/p' };

function order(...args: readonly string[]) {
	return orderOf('a fox', readFlags(args, orderFlags), root);
}

function most(...args: readonly string[]): number {
	return mostOf(readFlags(args, generate.flags));
}

describe('what flags order', () => {
	it('is one picture below images, by the first provider with a key', () => {
		assert.deepEqual(order(), {
			root: '/p',
			prompt: 'a fox',
			model: 'auto',
			n: 1,
			options: {},
			format: 'png',
			folder: 'images',
			fileName: '${slug}',
			beside: '/p',
		});
	});

	it('is a file where the place has the name of one', () => {
		const { folder, fileName, format } = order('--out', 'docs\\img/fox.WEBP');
		assert.deepEqual([folder, fileName, format], ['docs/img/', 'fox.WEBP', 'webp']);
		assert.deepEqual([order('--out', 'fox.jpg').folder, order('--out', 'fox.jpg').format], ['.', 'jpeg']);
		assert.throws(() => order('--out', 'fox.png', '--name', 'x'), Misuse);
		assert.throws(() => order('--out', 'docs/fox.GIF'), Misuse);
		assert.equal(order('--out', 'docs.v2').folder, 'docs.v2');
	});

	it('is of one format, whoever says it', () => {
		assert.equal(order('--out', 'fox.jpg', '--format', 'jpeg').format, 'jpeg');
		assert.equal(order('--name', 'fox', '--format', 'webp').format, 'webp');
		for (const place of ['--out', '--name']) assert.throws(() => order(place, 'fox.png', '--format', 'jpeg'), Misuse);
	});

	it('has controls of the kinds that models take', () => {
		const { options } = order(
			'--option',
			'quality=high',
			'--option',
			'seed=-7',
			'--option',
			'raw=true',
			'--option',
			'note=a=b',
			'--option',
			'big=12345678901234567890',
		);
		assert.deepEqual(options, { quality: 'high', seed: -7, raw: true, note: 'a=b', big: '12345678901234567890' });
	});

	it('can be written down as it is', () => {
		const given = order('--size', '16:9', '--n', '3', '--option', 'seed=1');
		assert.deepEqual(orderSchema.parse(JSON.parse(JSON.stringify(given))), given);
	});

	it('may cost what is usual, an amount, or anything', () => {
		assert.equal(most(), usualLimit);
		assert.equal(most('--max-cost', '1.50'), 1.5);
		assert.equal(most('--max-cost', '0'), 0);
		assert.equal(most('--max-cost', 'any'), Infinity);
		assert.throws(() => most('--max-cost', '-1'), Misuse);
	});
});

describe('an order in the journal', () => {
	const prepared: Prepared = {
		order: order(),
		plan: planOf(),
		begun: {
			alteration: {
				operation: 'edit',
				source: { width: 8, height: 8 },
				selected: { x: 1, y: 1, width: 2, height: 2 },
			},
			original: { bytes: new Uint8Array([1, 2]), selection: { file: new Uint8Array([3]) } },
			id: '0123456789abcdef',
			warnings: [],
		},
		endpoint: undefined,
		save: {
			templates: { folder: '', fileName: '' },
			facts: { slug: '', date: '', time: '', model: '', provider: '' },
			place: { base: '/p', documentFolder: '/p', documentBaseName: '', roots: ['/p'] },
			describe: (path) => path,
		},
		began: new Date(0),
	};

	it('is read as it was written, with the picture and its mask', async () => {
		const beside = shelf();
		const written: unknown = JSON.parse(JSON.stringify(await writeOrder(prepared, beside)));
		assert.deepEqual(await readOrder(written, beside), { order: prepared.order, begun: prepared.begun });
		assert.equal(rootOf(written), '/p');
	});

	it('needs no picture where none is changed', async () => {
		const beside = shelf();
		const written = await writeOrder({ ...prepared, begun: undefined }, beside);
		assert.deepEqual(
			[await readOrder(written, beside), beside.files.size],
			[{ order: prepared.order, begun: undefined }, 0],
		);
	});

	it('is none where it is not whole', async () => {
		const beside = shelf();
		const written = await writeOrder(prepared, beside);
		beside.files.clear();
		for (const other of [written, undefined, {}, { order: { prompt: 'a fox' } }]) {
			assert.equal(await readOrder(other, beside), undefined);
		}
		assert.equal(rootOf({ order: { prompt: 'a fox' } }), undefined);
	});
});
