import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { unsent } from '../../../src/domain/imageError';
import { say } from '../../../src/domain/message';
import type { Arrival } from '../../../src/generation/arrivals';
import { Leaving } from '../../../src/generation/leaving';
import { run, type Send } from '../../../src/generation/run';
import type { CallState, HttpRequest, NoReply, Provider, Reply, Step } from '../../../src/providers/provider';
import { sentence } from '../builders';
import { callOf, emptyReply, standingClock, worldOf } from './scripted';

const order: HttpRequest = { kind: 'http', method: 'POST', path: '/tasks', billed: true };
const poll: HttpRequest = { kind: 'http', method: 'GET', path: '/tasks/7', billed: false, afterMs: 1000 };
const stop: HttpRequest = { kind: 'http', method: 'POST', path: '/tasks/7/cancel', billed: false };
const taken: CallState = { ticket: '7', handed: [], polls: 0 };
const picture = { bytes: new Uint8Array(), seed: 'it' };

/** Takes work on under a number, and has the picture at the second poll. */
const slow: Provider = {
	begin: () => ({ next: order }),
	read: (_reply, _call, state): Step => {
		if (state.ticket === undefined) return { state: taken, next: poll };
		if (state.polls === 0) return { state: { ...state, polls: 1 }, next: poll };
		return { images: [picture], done: true };
	},
	failure: ({ status }) => unsent(status === 404 ? 'invalid-request' : 'server-error'),
	resume: (_call, state) => (state.ticket === undefined && !state.lost ? undefined : { state, next: poll }),
	cancel: ({ ticket }) => (ticket === undefined ? undefined : stop),
};

/** Answers with these, one after the other, and tells what was sent. */
function answering(...answers: readonly (Reply | NoReply)[]) {
	const sent: HttpRequest[] = [];
	const send: Send = async (request, signal) => {
		signal.throwIfAborted();
		assert.ok(request.kind === 'http');
		const answer = answers[sent.length];
		sent.push(request);
		return answer ?? assert.fail('Nothing more should be sent.');
	};
	return { send, sent };
}

function nameOf(arrival: Arrival): string {
	switch (arrival.kind) {
		case 'state':
			return `taken ${arrival.state.ticket}`;
		case 'warning':
			return `warning ${sentence(arrival.message)}`;
		case 'failure':
			return `failure ${arrival.error.code} ${arrival.error.charged}`;
		case 'image':
		case 'preview':
			return arrival.kind;
	}
}

async function names(
	provider: Provider,
	send: Send,
	{ state, clock = standingClock() }: { state?: CallState; clock?: ReturnType<typeof standingClock> } = {},
): Promise<string[]> {
	const signal = new AbortController().signal;
	const arrivals: string[] = [];
	for await (const arrival of run(provider, callOf(), worldOf(send, { clock }), signal, state)) {
		arrivals.push(nameOf(arrival));
	}
	return arrivals;
}

function withResolvers<T>() {
	let settle: ((value: T) => void) | undefined;
	const promise = new Promise<T>((resolve) => (settle = resolve));
	return { promise, resolve: (value: T) => settle?.(value) };
}

const lost: NoReply = { lost: 'reset', unseen: false, detail: '' };
const status = (code: number): Reply => ({ status: code, headers: {} });

describe('work that outlives its request', () => {
	it('is told of once it is taken on, and asked for until it is done', async () => {
		const naps: number[] = [];
		const { send, sent } = answering(emptyReply, emptyReply, emptyReply);
		assert.deepEqual(await names(slow, send, { clock: standingClock(naps) }), ['taken 7', 'image']);
		assert.deepEqual(sent, [order, poll, poll]);
		assert.deepEqual(naps, [1000, 1000]);
	});

	it('is taken up again from what was written down, and not ordered again', async () => {
		const written: unknown = JSON.parse(JSON.stringify(taken));
		assert.deepEqual(written, taken, 'is plain data');
		const { send, sent } = answering(emptyReply, emptyReply);
		assert.deepEqual(await names(slow, send, { state: taken }), ['image']);
		assert.deepEqual(sent, [poll, poll]);
	});

	it('may have been charged, though asking for it costs nothing', async () => {
		const { send } = answering(emptyReply, status(404));
		assert.deepEqual(await names(slow, send), ['taken 7', 'failure invalid-request unknown']);
		const later = answering(status(404));
		assert.deepEqual(await names(slow, later.send, { state: taken }), ['failure invalid-request unknown']);
	});

	it('is asked for patiently while the connection is broken', async () => {
		const { send, sent } = answering(emptyReply, lost, lost, status(502), emptyReply, emptyReply);
		assert.deepEqual(await names(slow, send), ['taken 7', 'image']);
		assert.equal(sent.length, 6);
	});

	for (const [who, reason, sends] of [
		['is stopped at the provider when the person cancels', new Error('Cancelled'), [order, stop]],
		['goes on there when only the window goes', new Leaving(), [order]],
	] as const) {
		it(`${who}, and may have been charged`, async () => {
			const controller = new AbortController();
			const sent: HttpRequest[] = [];
			const send: Send = async (request) => {
				assert.ok(request.kind === 'http');
				sent.push(request);
				return emptyReply;
			};
			const clock = {
				...standingClock(),
				sleep: async (_ms: number, signal: AbortSignal) => {
					controller.abort(reason);
					signal.throwIfAborted();
				},
			};
			const arrivals: string[] = [];
			for await (const arrival of run(slow, callOf(), worldOf(send, { clock }), controller.signal)) {
				arrivals.push(nameOf(arrival));
			}
			assert.deepEqual(arrivals, ['taken 7', 'failure cancelled unknown']);
			assert.deepEqual(sent, sends);
		});
	}

	it('is not waited for to stop', async () => {
		const controller = new AbortController();
		const send: Send = async (request) => {
			if (request === stop) return new Promise<never>(() => undefined);
			controller.abort();
			return emptyReply;
		};
		const arrivals: string[] = [];
		for await (const arrival of run(slow, callOf(), worldOf(send), controller.signal, taken)) {
			arrivals.push(nameOf(arrival));
		}
		assert.deepEqual(arrivals, ['failure cancelled unknown']);
	});
});

describe('an answer that was lost', () => {
	it('is asked for where the provider can be asked, and what is paid for is not sent again', async () => {
		for (const loss of [lost, status(500), status(504)]) {
			const { send, sent } = answering(loss, emptyReply, emptyReply, emptyReply);
			assert.deepEqual(await names(slow, send), ['taken 7', 'image']);
			assert.deepEqual(
				sent.filter(({ billed }) => billed),
				[order],
			);
		}
	});

	it('is told as it is where nobody can be asked', async () => {
		const mute: Provider = { ...slow, resume: () => undefined };
		assert.deepEqual(await names(mute, answering(lost).send), ['failure unreachable unknown']);
	});

	it('may be sent again by the provider’s own judgement, but a second loss is not', async () => {
		const seen: (boolean | undefined)[] = [];
		const stubborn: Provider = {
			...slow,
			resume: (_call, state) => (seen.push(state.lost), state.lost ? { state, next: order } : undefined),
		};
		const { send, sent } = answering(lost, lost);
		assert.deepEqual(await names(stubborn, send), ['failure unreachable unknown']);
		assert.deepEqual(seen, [true, false]);
		assert.deepEqual(sent, [order, order]);
	});

	it('is the reason where nobody ever hears of the work, unless the order was answered well later', async () => {
		const unknown: Provider = {
			...slow,
			read: (_reply, _call, state): Step =>
				state.polls > 0
					? { failures: [{ ...unsent('bad-reply'), charged: 'unknown' }], isUnknown: true, done: true }
					: { state: { ...state, ...taken, polls: 1 }, next: poll },
			failure: ({ status }) => ({ ...unsent(status === 504 ? 'timed-out' : 'server-error'), charged: 'unknown' }),
			resume: (_call, state) => ({ state: { ...state, polls: state.lost ? 0 : 1 }, next: state.lost ? order : poll }),
		};
		const ends = [
			[[lost, status(504), emptyReply], 'failure unreachable unknown'],
			[[status(504), lost, emptyReply], 'failure timed-out unknown'],
			[[status(500), status(500), emptyReply], 'failure server-error unknown'],
			[[status(500), emptyReply, emptyReply], 'failure bad-reply unknown'],
			[[emptyReply, emptyReply], 'failure bad-reply unknown'],
		] as const;
		for (const [answers, end] of ends) assert.equal((await names(unknown, answering(...answers).send)).at(-1), end);
	});

	it('may be a doubt that a good answer leaves', async () => {
		const doubt = { ...unsent('server-error'), charged: 'unknown' } as const;
		const doubtful: Provider = {
			...slow,
			read: (_reply, _call, state): Step =>
				state.ticket === undefined
					? { state: taken, next: poll, doubt }
					: { failures: [{ ...unsent('bad-reply'), charged: 'unknown' }], isUnknown: true, done: true },
		};
		const { send, sent } = answering(emptyReply, emptyReply);
		assert.deepEqual(await names(doubtful, send), ['taken 7', 'failure server-error unknown']);
		assert.deepEqual(sent, [order, poll]);
	});

	it('was none where the server cannot have seen the request', async () => {
		const unseen: NoReply = { lost: 'certificate', unseen: true, detail: '' };
		assert.deepEqual(await names(slow, answering(unseen).send), ['failure unreachable no']);
	});
});

const accepted: Provider = {
	...slow,
	instead: (request) => (request === order ? { state: taken, next: poll } : undefined),
};

describe('a refusal that is none', () => {
	it('leads to what the provider does instead', async () => {
		const { send, sent } = answering(status(400), emptyReply, emptyReply);
		assert.deepEqual(await names(accepted, send), ['taken 7', 'image']);
		assert.deepEqual(sent, [order, poll, poll]);
	});

	it('leaves it open whether something is to be paid', async () => {
		assert.deepEqual(await names(accepted, answering(status(400), status(404)).send), [
			'taken 7',
			'failure invalid-request unknown',
		]);
	});
});

describe('a warning', () => {
	it('comes before the pictures of its step', async () => {
		const wary: Provider = {
			...slow,
			begin: () => ({ warnings: [say('Left out.')], images: [picture], done: true }),
		};
		assert.deepEqual(await names(wary, answering().send), ['warning Left out.', 'image']);
	});
});

/** Cancels while the order is on its way; its answer comes when nobody waits for it any more. What was sent. */
async function sentThough(answer: Reply | NoReply, reason?: Error): Promise<HttpRequest[]> {
	const controller = new AbortController();
	const { promise, resolve } = withResolvers<Reply | NoReply>();
	const sent: HttpRequest[] = [];
	const send: Send = async (request) => {
		assert.ok(request.kind === 'http');
		sent.push(request);
		if (request !== order) return emptyReply;
		controller.abort(reason);
		return promise;
	};
	const arrivals: string[] = [];
	for await (const arrival of run(slow, callOf(), worldOf(send), controller.signal)) arrivals.push(nameOf(arrival));
	assert.deepEqual(arrivals, ['failure cancelled unknown']);
	resolve(answer);
	await setImmediate();
	return sent;
}

describe('an order that is under way when the person cancels', () => {
	it('is stopped as soon as its name is known', async () => {
		assert.deepEqual(await sentThough(emptyReply), [order, stop]);
	});

	it('goes on where it is only the window that goes', async () => {
		assert.deepEqual(await sentThough(emptyReply, new Leaving()), [order]);
	});

	it('needs no stopping where it was refused or lost', async () => {
		assert.deepEqual(await sentThough(status(422)), [order]);
		assert.deepEqual(await sentThough(lost), [order]);
	});
});

describe('a reason that a server names', () => {
	it('is a judgement, whatever the status: nothing is asked for, and nothing ordered again', async () => {
		const judging: Provider = { ...slow, failure: () => ({ ...unsent('refused'), charged: 'unknown' }) };
		const { send, sent } = answering(status(500));
		assert.deepEqual(await names(judging, send), ['failure refused unknown']);
		assert.deepEqual(sent, [order]);
	});
});

describe('what was handed on', () => {
	it('is written down when it is safe, and not before', async () => {
		const twice: Provider = {
			...slow,
			begin: () => ({ images: [picture], state: { ...taken, handed: ['a'] }, next: poll }),
			read: () => ({ images: [picture], state: { ...taken, handed: ['a', 'b'] }, done: true }),
		};
		const { send } = answering(emptyReply);
		assert.deepEqual(await names(twice, send), ['image', 'taken 7', 'image', 'taken 7']);
	});

	it('is not ordered again long after, whatever was lost then', async () => {
		const seen: (boolean | undefined)[] = [];
		const asking: Provider = { ...slow, resume: (_call, state) => (seen.push(state.lost), { state, next: poll }) };
		await names(asking, answering(emptyReply, emptyReply).send, { state: { ...taken, lost: true } });
		assert.deepEqual(seen, [false]);
	});
});

describe('an address that was only guessed to be a picture’s', () => {
	it('leads to what the server said instead, where no picture lies there', async () => {
		const url = 'https://vincony.example/policy';
		const guessing: Provider = {
			...slow,
			begin: () => ({ images: [{ url, otherwise: unsent('refused', say('No.')) }], done: true }),
		};
		const nothing = { ...unsent('bad-reply'), charged: 'unknown' } as const;
		const world = worldOf(answering().send, { download: async () => nothing });
		const arrivals: string[] = [];
		for await (const arrival of run(guessing, callOf(), world, new AbortController().signal)) {
			arrivals.push(nameOf(arrival));
		}
		assert.deepEqual(arrivals, ['failure refused no']);
	});
});

describe('a part of the work that is not ordered yet', () => {
	it('cannot have been charged, though another part was', async () => {
		const parts: Provider = {
			...slow,
			read: (_reply, _call, { ticket }) =>
				ticket === undefined
					? { state: taken, next: poll }
					: { images: [picture], state: { handed: ['a'], polls: 0 }, next: { ...poll, path: '/models/m' } },
		};
		const { send } = answering(emptyReply, emptyReply, status(404));
		assert.deepEqual(await names(parts, send), ['taken 7', 'image', 'taken undefined', 'failure invalid-request no']);
	});
});
