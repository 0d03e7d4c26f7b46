import assert from 'node:assert/strict';
import type { Emulator } from './emulator';
import type { FaultName } from './faults';
import { isRunwarePoll, type RunwareOptions, startRunware } from './runware';
import { runwareFaults } from './runwareFaults';
import { ask, askFor, assertRefused, inference, poll, type Refused } from './runwareTesting';
import { emulators } from './testing';

const later = { deliveryMethod: 'async' };

/** What a poll says of each result, in order: its state, or the code of its error. */
async function states(emulator: Emulator, taskUUID: string): Promise<unknown[]> {
	const { status, data, errors } = await poll(emulator, taskUUID);
	assert.equal(status, 200);
	return [...data.map((item) => item['status']), ...errors.map(({ code }) => code)];
}

describe('asynchronous tasks of Runware', () => {
	const started = emulators();

	async function submitted(options: RunwareOptions, fields: object = {}) {
		const emulator = await started(startRunware(options));
		const task = inference({ ...later, ...fields });
		const { status, data, errors } = await ask(emulator, [task]);
		assert.equal(status, 200);
		assert.deepEqual(data, [{ taskType: 'imageInference', taskUUID: task.taskUUID }], 'one item, whatever was asked');
		assert.deepEqual(errors, []);
		return { emulator, taskUUID: task.taskUUID };
	}

	it('come in by and by', async () => {
		const { emulator, taskUUID } = await submitted({ polls: 3 }, { numberResults: 4, includeCost: true });
		const first = await poll(emulator, taskUUID);
		const waiting = { taskType: 'imageInference', taskUUID, status: 'processing', progress: 33 };
		assert.deepEqual(first.data.slice(1), [waiting, waiting, waiting]);
		const fields = ['taskType', 'taskUUID', 'imageUUID', 'imageBase64Data', 'seed', 'cost', 'status'];
		assert.deepEqual(Object.keys(first.data[0] ?? {}), fields);
		const second = await poll(emulator, taskUUID);
		assert.deepEqual(second.data[0], first.data[0], 'in the same order');
		assert.deepEqual(
			second.data.map(({ status }) => status),
			['success', 'success', 'processing', 'processing'],
		);
		const all = ['success', 'success', 'success', 'success'];
		assert.deepEqual(await states(emulator, taskUUID), all);
		assert.deepEqual(await states(emulator, taskUUID), all, 'for good');
		assert.equal(emulator.charges, 1);
	});

	it('are done at the second poll unless told', async () => {
		const { emulator, taskUUID } = await submitted({});
		assert.deepEqual(await states(emulator, taskUUID), ['processing']);
		assert.deepEqual(await states(emulator, taskUUID), ['success']);
	});

	it('may be unknown at first, be called otherwise, and never end', async () => {
		const slow = await submitted({ emptyPolls: 2, unfinished: 'pending', polls: Infinity });
		const seen = [];
		for (let count = 0; count < 4; count++) seen.push(await states(slow.emulator, slow.taskUUID));
		assert.deepEqual(seen, [[], [], ['pending'], ['pending']]);
	});

	it('may fail in part, in either form', async () => {
		const failing = { polls: 1, failing: 1 };
		const usual = await submitted(failing, { numberResults: 3 });
		const { data, errors } = await poll(usual.emulator, usual.taskUUID);
		assert.deepEqual(
			data.map(({ status }) => status),
			['success', 'success'],
		);
		const { message: _, documentation, ...facts } = errors[0] ?? {};
		assert.match(String(documentation), /^https:/);
		const { taskUUID } = usual;
		assert.deepEqual(facts, { code: 'timeoutProvider', status: 'error', taskType: 'imageInference', taskUUID });
		const other = await submitted({ ...failing, failureForm: 'item', failureCode: 'providerContentPolicyViolation' });
		const told = await poll(other.emulator, other.taskUUID);
		assert.deepEqual([told.errors, told.data[0]?.['status']], [[], 'error']);
		const error = {
			code: 'providerContentPolicyViolation',
			message: 'The task failed: providerContentPolicyViolation.',
		};
		assert.deepEqual(told.data[0]?.['error'], error);
		assert.deepEqual([usual.emulator.charges, other.emulator.charges], [1, 0]);
	});

	it('may give more than was asked for', async () => {
		const { emulator, taskUUID } = await submitted({ polls: 1, extraResults: 1 });
		assert.deepEqual(await states(emulator, taskUUID), ['success', 'success']);
	});

	it('are refused when they are submitted', async () => {
		const emulator = await started(startRunware());
		await assertRefused(askFor(emulator, { ...later, steps: 0 }), [400, 'invalidSteps', 'steps']);
	});

	it('are found by a UUID of theirs alone', async () => {
		const emulator = await started(startRunware());
		const { taskUUID } = inference();
		assert.equal((await poll(emulator, taskUUID)).text, '{"data":[]}');
		await assertRefused(poll(emulator, 'mine'), [400, 'invalidTaskUUID', 'taskUUID']);
		const more = [{ taskType: 'getResponse', taskUUID, model: 'runware:100@1' }];
		await assertRefused(ask(emulator, more), [400, 'unsupportedParameter', 'model']);
	});

	it('are asked for together', async () => {
		const { emulator, taskUUID } = await submitted({ polls: 1 });
		const { data } = await ask(
			emulator,
			[taskUUID, inference().taskUUID, taskUUID].map((taskUUID) => ({ taskType: 'getResponse', taskUUID })),
		);
		assert.equal(data.length, 2);
	});
});

describe('Runware where results fail at once', () => {
	const started = emulators();

	it('gives data and errors together', async () => {
		const emulator = await started(startRunware({ failing: 2 }));
		const { status, data, errors } = await askFor(emulator, { numberResults: 3 });
		assert.deepEqual(
			[status, data.length, errors.map(({ code }) => code)],
			[200, 1, ['timeoutProvider', 'timeoutProvider']],
		);
		const none = await askFor(emulator, { numberResults: 2 });
		assert.deepEqual([none.status, none.data, none.errors.length], [200, [], 2]);
		assert.equal(emulator.charges, 1);
	});
});

describe('faults at Runware', () => {
	const started = emulators();

	it('are told in its own words', async () => {
		const emulator = await started(startRunware());
		const wanted: Readonly<Partial<Record<FaultName, Refused>>> = {
			moderation: [400, 'contentPolicyViolation'],
			'moderation-output': [400, 'providerContentPolicyViolation'],
			'bad-request': [400, 'invalidPixels', ['width', 'height']],
			'bad-key': [401, 'invalidApiKey', 'apiKey'],
			payment: [402, 'insufficientCredits'],
			quota: [402, 'insufficientCredits'],
			billing: [400, 'insufficientCredits'],
			unverified: [403, 'insufficientPermissions'],
			'too-large': [413, 'valueTooLarge'],
			'queue-full': [429, 'rateLimitExceeded'],
			exhausted: [502, 'noAvailableServer'],
			'503-once': [503, 'serviceUnavailable'],
		};
		for (const [name, refused] of Object.entries(wanted)) {
			const task = inference({ positivePrompt: `a hut !${name}` });
			const answering = ask(emulator, [task]);
			await assertRefused(answering, [refused[0], refused[1], refused[2]]);
			const { headers, errors } = await answering;
			assert.equal(errors[0]?.['taskUUID'], task.taskUUID);
			assert.equal(headers.get('retry-after'), { 'queue-full': '120', '503-once': '1' }[name] ?? null);
		}
		assert.equal(emulator.charges, 0);
	});

	it('are those of its own, too', async () => {
		const emulator = await started(startRunware());
		const wanted = {
			errorsIn200: [200, 'providerError'],
			noCredits400: [400, 'insufficientCredits'],
			noCredits402: [402, 'insufficientCredits'],
			providerPolicy: [400, 'providerContentPolicyViolation'],
			unavailable: [503, 'serviceUnavailable'],
		} as const satisfies Readonly<Partial<Record<keyof typeof runwareFaults, Refused>>>;
		for (const [name, refused] of Object.entries(wanted)) {
			const fault = Object.entries(runwareFaults).find(([known]) => known === name)?.[1] ?? assert.fail(name);
			emulator.fail(fault);
			await assertRefused(askFor(emulator), [refused[0], refused[1]]);
		}
		emulator.fail(runwareFaults.singularError);
		const task = inference();
		const { status, text } = await ask(emulator, [task]);
		const error = { code: 'internalServerError', message: 'Something went wrong.' };
		assert.deepEqual([status, JSON.parse(text)], [500, { error, taskUUID: task.taskUUID }]);
		assert.equal(emulator.charges, 0);
	});

	it('may be a page', async () => {
		const emulator = await started(startRunware());
		emulator.fail('504-html');
		const task = inference();
		await assert.rejects(ask(emulator, [task]), SyntaxError);
		assert.deepEqual(await states(emulator, task.taskUUID), ['success'], 'the work was done');
	});

	for (const deliveryMethod of ['sync', 'async']) {
		it(`leave a task accepted whose ${deliveryMethod} answer is lost`, async () => {
			const emulator = await started(startRunware({ polls: 1 }));
			const task = inference({ deliveryMethod });
			emulator.fail('reset');
			await assert.rejects(ask(emulator, [task]), TypeError);
			await assertRefused(ask(emulator, [task]), [400, 'conflictTaskUUID', 'taskUUID']);
			assert.deepEqual(await states(emulator, task.taskUUID), ['success']);
			assert.equal(emulator.charges, 1);
		});
	}

	it('befall polls only where that is asked for', async () => {
		const emulator = await started(startRunware({ polls: 1 }));
		const task = inference({ ...later, positivePrompt: 'a hut !no-such-fault' });
		await ask(emulator, [task]);
		emulator.fail('queue-full');
		emulator.fail('exhausted', { when: isRunwarePoll });
		await assertRefused(poll(emulator, task.taskUUID), [502, 'noAvailableServer']);
		assert.deepEqual(await states(emulator, task.taskUUID), ['success']);
		await assertRefused(askFor(emulator), [429, 'rateLimitExceeded']);
	});

	it('befall downloads', async () => {
		const emulator = await started(startRunware({ polls: 1 }));
		const task = inference({ ...later, outputType: 'URL', positivePrompt: 'a hut !url-missing' });
		await ask(emulator, [task]);
		const { data } = await poll(emulator, task.taskUUID);
		assert.equal((await fetch(String(data[0]?.['imageURL']))).status, 404);
	});
});
