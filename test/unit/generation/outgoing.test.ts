import assert from 'node:assert/strict';
import * as z from 'zod';
import { isImageError, unsent } from '../../../src/domain/imageError';
import type { Strength } from '../../../src/domain/imageRequest';
import { say } from '../../../src/domain/message';
import { taskFor } from '../../../src/generation/outgoing';
import type { PainterThread } from '../../../src/generation/painterThread';
import type { Craft, Errand, PainterWork } from '../../../src/generation/painterWork';
import { planOf } from '../builders';
import { planToRepaint } from './scripted';

const source = { width: 2, height: 1 };
const task = { operation: 'edit', images: [] } as const;

/** A change as it was begun. `strength`: of a variation. */
function begun(strength?: Strength) {
	const alteration = strength
		? ({ operation: 'vary', source, strength } as const)
		: ({ operation: 'edit', source } as const);
	return { alteration, original: { bytes: new Uint8Array() }, id: 'the source', warnings: [] };
}

/** What goes out, where the painter does what he is asked for like this. */
async function outgoing(work: () => unknown, { strength, signal }: { strength?: Strength; signal?: AbortSignal } = {}) {
	const [errands, faults]: [Errand[], unknown[]] = [[], []];
	const ask: PainterThread['ask'] = async <K extends Craft>(errand: Extract<Errand, { craft: K }>) => {
		errands.push(errand);
		return z.custom<PainterWork[K]['answer']>().parse(work());
	};
	const ports = { painter: { ask }, onFault: (fault: unknown) => faults.push(fault) };
	const answer = await taskFor(planToRepaint(), begun(strength), ports, signal ?? new AbortController().signal);
	return { answer, errands, faults };
}

function failing(): never {
	throw new Error('He is ill.');
}

describe('what goes out of a picture', () => {
	it('is nothing where pictures are made of words alone', async () => {
		const painter = { ask: async () => assert.fail() };
		const { signal } = new AbortController();
		assert.equal(await taskFor(planOf(), undefined, { painter, onFault: failing }, signal), undefined);
		assert.equal(await taskFor(planOf(), begun(), { painter, onFault: failing }, signal), undefined);
	});

	it('is what the painter makes ready, as far from its source as is asked for', async () => {
		const { answer, errands } = await outgoing(() => task);
		assert.equal(answer, task);
		const { original } = begun();
		const order = { original, plan: planToRepaint().alter, strength: 'medium' };
		assert.deepEqual(errands, [{ craft: 'prepare', order }]);
		const varied = await outgoing(() => task, { strength: 'strong' });
		assert.deepEqual(varied.errands, [{ craft: 'prepare', order: { ...order, strength: 'strong' } }]);
	});

	it('is refused with the reason that he has', async () => {
		const problem = say('It is too small.');
		assert.deepEqual((await outgoing(() => ({ problem }))).answer, unsent('bad-input', problem));
	});

	it('is refused where he breaks, which is told', async () => {
		const { answer, faults } = await outgoing(failing);
		assert.ok(isImageError(answer));
		assert.deepEqual([answer.code, answer.charged, faults.length], ['bad-input', 'no', 1]);
	});

	it('is cancelled with its job', async () => {
		const { answer, faults } = await outgoing(failing, { signal: AbortSignal.abort() });
		assert.deepEqual([answer, faults], [unsent('cancelled'), []]);
	});
});
