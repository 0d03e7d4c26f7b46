import assert from 'node:assert/strict';
import { encode } from 'fast-png';
import * as fc from 'fast-check';
import { type ImageError, unsent } from '../../../src/domain/imageError';
import type { Arrival } from '../../../src/generation/arrivals';
import { run, type Send, type World } from '../../../src/generation/run';
import type { Call, HttpRequest, NoReply, Provider, Reply, ServerEvent } from '../../../src/providers/provider';
import { pictureFile } from '../pictureFiles';
import { planOf, sentence } from '../builders';
import { callOf, emptyReply, type ScriptedStep, scripted, sendAtOnce, standingClock, worldOf } from './scripted';

function nameOf(arrival: Arrival): string {
	switch (arrival.kind) {
		case 'image':
			return `image ${arrival.image.seed}`;
		case 'preview':
			return `preview ${arrival.bytes.join()}`;
		case 'failure':
			return `failure ${arrival.error.code} ${arrival.error.charged}`;
		case 'warning':
			return `warning ${sentence(arrival.message)}`;
		case 'state':
			return `state ${arrival.state.ticket}`;
	}
}

async function all(provider: Provider, world: World, changes: Partial<Call> = {}, signal?: AbortSignal) {
	const arrivals: Arrival[] = [];
	for await (const arrival of run(provider, callOf(changes), world, signal ?? new AbortController().signal)) {
		arrivals.push(arrival);
	}
	return arrivals;
}

async function names(...given: Parameters<typeof all>): Promise<string[]> {
	return (await all(...given)).map(nameOf);
}

const billed: HttpRequest = { kind: 'http', method: 'POST', path: '/images', billed: true };

/** Sends one billed request, and takes whatever answers for one picture. */
const once: Provider = {
	begin: () => ({ next: billed }),
	read: () => ({ images: [{ bytes: new Uint8Array(), seed: 'it' }], done: true }),
	failure: ({ status }) => (status === 429 ? { ...unsent('rate-limited'), wait: 7 } : unsent('server-error')),
	event: ({ name, data }: ServerEvent) => {
		if (name === 'preview') return { preview: Uint8Array.of(Number(data)) };
		return name === 'picture' ? { images: [{ bytes: new Uint8Array(), seed: String(data) }] } : {};
	},
};

/** Answers with these, one after the other. */
function answering(...answers: readonly (Reply | NoReply)[]): Send & { readonly sent: unknown[] } {
	const sent: unknown[] = [];
	const send: Send = async (request) => {
		const answer = answers[sent.length];
		sent.push(request);
		return answer ?? assert.fail('Nothing more should be sent.');
	};
	return Object.assign(send, { sent });
}

const scripts = fc.array(
	fc.record({ images: fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 3 }), failures: fc.nat(2) }),
	{ minLength: 1, maxLength: 5 },
);

describe('running a provider', () => {
	it('hands on everything that every step brings, in order, and sends once between two steps', async () => {
		await fc.assert(
			fc.asyncProperty(scripts, async (script) => {
				let sent = 0;
				const send: Send = async (request, signal) => (sent++, sendAtOnce(request, signal));
				const expected = script.flatMap(({ images, failures }) => [
					...images.map((seed) => `image ${seed}`),
					...Array.from({ length: failures }, () => 'failure refused no'),
				]);
				assert.deepEqual(
					await names(
						scripted(() => script),
						worldOf(send),
					),
					expected,
				);
				assert.equal(sent, script.length - 1);
			}),
		);
	});

	it('hands a picture on before it asks for more', async () => {
		const script: readonly ScriptedStep[] = [{ images: ['a'] }, { images: ['b'] }];
		const send = answering(emptyReply);
		const arrivals = run(
			scripted(() => script),
			callOf(),
			worldOf(send),
			new AbortController().signal,
		);
		const first = await arrivals.next();
		assert.equal(first.value && nameOf(first.value), 'image a');
		assert.equal(send.sent.length, 0);
		const second = await arrivals.next();
		assert.equal(second.value && nameOf(second.value), 'image b');
		assert.equal(send.sent.length, 1);
		assert.equal((await arrivals.next()).done, true);
	});

	it('passes on the reply, the call and the signal', async () => {
		const { signal } = new AbortController();
		const seen: unknown[] = [];
		const call = callOf();
		const provider: Provider = {
			...once,
			begin: (given) => (seen.push(given), { next: billed }),
			read: (reply, given) => (seen.push(reply, given), { done: true }),
		};
		const send: Send = async (request, given) => (seen.push(request, given), emptyReply);
		assert.equal((await run(provider, call, worldOf(send), signal).next()).done, true);
		assert.deepEqual(seen, [call, billed, signal, emptyReply, call]);
	});

	it('waits as long as a request says before it sends it', async () => {
		const naps: number[] = [];
		const provider = { ...once, begin: () => ({ next: { ...billed, afterMs: 750 } }) };
		await all(provider, worldOf(answering(emptyReply), { clock: standingClock(naps) }));
		assert.deepEqual(naps, [750]);
	});

	it('throws what is a fault of its own', async () => {
		const world = worldOf(async () => Promise.reject(new TypeError('a fault')));
		await assert.rejects(all(once, world), /a fault/);
	});
});

describe('an answer that is no success', () => {
	it('is named by the provider, once', async () => {
		const send = answering({ status: 500, headers: {} });
		assert.deepEqual(await names(once, worldOf(send)), ['failure server-error unknown']);
		assert.equal(send.sent.length, 1);
	});

	it('of a redirect is not followed, and says where it leads', async () => {
		const send = answering({ status: 307, headers: { location: 'https://elsewhere.example/' } });
		const [arrival] = await all(once, worldOf(send));
		assert.ok(arrival?.kind === 'failure');
		assert.equal(nameOf(arrival), 'failure unsafe-url no');
		assert.deepEqual(arrival.error.message?.args.slice(1), [
			'https://elsewhere.example/',
			'limn.providers.openai.baseUrl',
		]);
	});

	it('is asked for again after the pause that it names, where nothing was done', async () => {
		const naps: number[] = [];
		const send = answering({ status: 429, headers: {} }, { status: 503, headers: {} }, emptyReply);
		assert.deepEqual(await names(once, worldOf(send, { clock: standingClock(naps) })), ['image it']);
		assert.deepEqual(naps, [7000, 1000]);
		assert.equal(send.sent.length, 3);
	});

	it('that never came costs nothing where nobody can have seen the request', async () => {
		const unseen: NoReply = { lost: 'certificate', unseen: true, detail: '' };
		assert.deepEqual(await names(once, worldOf(answering(unseen))), ['failure unreachable no']);
		const seen: NoReply = { lost: 'timed-out', unseen: false, detail: '' };
		assert.deepEqual(await names(once, worldOf(answering(seen))), ['failure timed-out unknown']);
		const free = { ...once, begin: () => ({ next: { ...billed, billed: false } }) };
		assert.deepEqual(await names(free, worldOf(answering(seen))), ['failure timed-out no']);
	});
});

async function* eventsOf(events: readonly (ServerEvent | NoReply)[]) {
	yield* events;
}

function reply(...events: readonly (ServerEvent | NoReply)[]): Reply {
	return { ...emptyReply, events: eventsOf(events) };
}

function piece(data: string): ServerEvent {
	return { name: 'piece', data };
}

describe('a stream', () => {
	const preview: ServerEvent = { name: 'preview', data: 7 };
	const picture: ServerEvent = { name: 'picture', data: 'done' };
	const broken: NoReply = { lost: 'reset', unseen: false, detail: '' };
	const last = { bytes: new Uint8Array(), seed: 'done' };

	it('brings unfinished pictures, then the picture, and ignores what it does not know', async () => {
		const send = answering(reply(preview, { name: 'message', data: '[DONE]' }, preview, picture));
		assert.deepEqual(await names(once, worldOf(send)), ['preview 7', 'preview 7', 'image done']);
	});

	it('shows nothing that would unfold too far', async () => {
		const bomb = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3), channels: 3 });
		new DataView(bomb.buffer).setUint32(bomb.byteOffset + 16, 60_000);
		const provider: Provider = { ...once, event: ({ name }) => (name === 'preview' ? { preview: bomb } : {}) };
		assert.deepEqual(await names(provider, worldOf(answering(reply(preview)))), ['failure bad-reply unknown']);
	});

	it('may say together what no event says alone, and is asked for that at its end', async () => {
		const puzzling: Provider = {
			...once,
			told: (events) => {
				const seed = events.map(({ data }) => String(data)).join('');
				return seed === '' ? {} : { images: [{ bytes: new Uint8Array(), seed }] };
			},
		};
		const send = answering(reply(piece('in '), piece('pieces')));
		assert.deepEqual(await names(puzzling, worldOf(send)), ['image in pieces']);
		assert.deepEqual(await names(puzzling, worldOf(answering(reply(piece('half'), broken))), { n: 2 }), [
			'image half',
			'failure unreachable unknown',
		]);
		assert.deepEqual(await names(puzzling, worldOf(answering(reply()))), ['failure bad-reply unknown']);
	});

	it('that ends before the picture is finished is a failure', async () => {
		assert.deepEqual(await names(once, worldOf(answering(reply(preview)))), ['preview 7', 'failure bad-reply unknown']);
		assert.deepEqual(await names(once, worldOf(answering(reply()))), ['failure bad-reply unknown']);
	});

	it('that breaks keeps what had arrived', async () => {
		const send = answering(reply(picture, broken));
		assert.deepEqual(await names(once, worldOf(send), { n: 2 }), ['image done', 'failure unreachable unknown']);
		assert.deepEqual(await names(once, worldOf(answering(reply(picture, broken)))), ['image done'], 'all had come');
	});

	it('is not waited out once everything has come', async () => {
		let ended = false;
		async function* endless(): AsyncGenerator<ServerEvent> {
			try {
				yield picture;
				await new Promise(() => undefined);
			} finally {
				ended = true;
			}
		}
		assert.deepEqual(await names(once, worldOf(answering({ ...emptyReply, events: endless() }))), ['image done']);
		assert.ok(ended);
	});

	it('is heard no further than there is room for all of it', async () => {
		let asked = 0;
		async function* endless(): AsyncGenerator<ServerEvent> {
			for (; ; asked++) yield { name: 'message', data: new Uint8Array(2 ** 24) };
		}
		const listening: Provider = {
			...once,
			event: () => ({}),
			told: (events) => ({ images: events.slice(2).map(() => last) }),
		};
		const heard = await names(listening, worldOf(answering({ ...emptyReply, events: endless() })));
		assert.deepEqual(heard, ['failure too-large unknown']);
		assert.ok(asked <= 3, String(asked));
	});

	it('shows no unfinished picture that is larger than anybody looks at', async () => {
		const large: Provider = {
			...once,
			event: ({ name }) => (name === 'preview' ? { preview: new Uint8Array(2 ** 23 + 1) } : { images: [last] }),
		};
		assert.deepEqual(await names(large, worldOf(answering(reply(preview, picture)))), ['image done']);
	});

	it('has the number of its request, which its events do not know', async () => {
		const headers = { 'x-request-id': 'req_9' };
		const failing: Provider = { ...once, event: () => ({ failures: [unsent('refused')] }) };
		for (const provider of [failing, once]) {
			const events = eventsOf(provider === failing ? [picture] : []);
			const [arrival] = await all(provider, worldOf(answering({ status: 200, headers, events })));
			assert.ok(arrival?.kind === 'failure');
			assert.deepEqual([arrival.error.requestId, arrival.error.provider], ['req_9', 'openai']);
		}
	});

	it('that is cancelled after its picture has no failure', async () => {
		const controller = new AbortController();
		async function* events(): AsyncGenerator<ServerEvent> {
			yield picture;
			controller.abort();
			controller.signal.throwIfAborted();
		}
		const send = answering({ ...emptyReply, events: events() });
		assert.deepEqual(await names(once, worldOf(send), {}, controller.signal), ['image done']);
	});
});

describe('a server that does not know all of a request', () => {
	const simpler: HttpRequest = { ...billed, path: '/simpler' };
	const instead: Provider['instead'] = ({ path }) => (path === simpler.path ? undefined : { next: simpler });
	const provider: Provider = { ...once, instead };

	it('is asked again with what it knows, once', async () => {
		const send = answering({ status: 400, headers: {} }, emptyReply);
		assert.deepEqual(await names(provider, worldOf(send)), ['image it']);
		assert.deepEqual(send.sent, [billed, simpler]);
		const stubborn = answering({ status: 400, headers: {} }, { status: 400, headers: {} });
		assert.deepEqual(await names(provider, worldOf(stubborn)), ['failure server-error no']);
	});

	it('is not asked again after any other answer', async () => {
		for (const [status, charged] of [
			[401, 'no'],
			[413, 'no'],
			[500, 'unknown'],
		] as const) {
			const send = answering({ status, headers: {} });
			assert.deepEqual(await names(provider, worldOf(send)), [`failure server-error ${charged}`]);
		}
	});
});

describe('a picture that would unfold into more than a computer holds', () => {
	it('is kept from everything that decodes', async () => {
		const small = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3), channels: 3 });
		const bomb = small.slice();
		new DataView(bomb.buffer).setUint32(16, 60_000);
		for (const [costUsd, charged] of [
			[undefined, 'unknown'],
			[0.04, 'yes'],
			[0, 'no'],
		] as const) {
			const image = { bytes: bomb, ...(costUsd !== undefined && { costUsd }) };
			const provider: Provider = { ...once, begin: () => ({ images: [image, { bytes: small }], done: true }) };
			assert.deepEqual(await names(provider, worldOf(answering()), { n: 2 }), [
				`failure too-large ${charged}`,
				'image undefined',
			]);
		}
	});
});

describe('a picture that is named by its address', () => {
	const linked: Provider = {
		...once,
		read: () => ({
			images: [
				{ url: '/1.png', seed: '1', costUsd: 0.02 },
				{ url: '/2.png', costUsd: 0 },
				{ url: '/3.png', revisedPrompt: 'a red fox' },
			],
			done: true,
		}),
	};

	it('is fetched, and keeps what the reply said of it', async () => {
		const asked: string[] = [];
		const download: World['download'] = async (url) => (asked.push(url), new TextEncoder().encode(url));
		const arrivals = await all(linked, worldOf(answering(emptyReply), { download }), { n: 3 });
		assert.deepEqual(asked, ['/1.png', '/2.png', '/3.png']);
		assert.deepEqual(
			arrivals.map((arrival) => (arrival.kind === 'image' ? arrival.image : undefined)),
			[
				{ bytes: new TextEncoder().encode('/1.png'), seed: '1', costUsd: 0.02 },
				{ bytes: new TextEncoder().encode('/2.png'), costUsd: 0 },
				{ bytes: new TextEncoder().encode('/3.png'), revisedPrompt: 'a red fox' },
			],
		);
	});

	it('is fetched while the one before it is handed on', async () => {
		const asked: string[] = [];
		const download: World['download'] = async (url) => (asked.push(url), new TextEncoder().encode(url));
		const { signal } = new AbortController();
		const seen: number[] = [];
		for await (const _ of run(linked, callOf({ n: 3 }), worldOf(answering(emptyReply), { download }), signal))
			seen.push(asked.length);
		assert.deepEqual(seen, [2, 3, 3]);
	});

	it('was made, and so perhaps paid, where it cannot be fetched', async () => {
		const unsafe: ImageError = { code: 'unsafe-url', charged: 'unknown' };
		const world = worldOf(answering(emptyReply), { download: async () => unsafe });
		assert.deepEqual(await names(linked, world, { n: 3 }), [
			'failure unsafe-url yes',
			'failure unsafe-url no',
			'failure unsafe-url unknown',
		]);
	});
});

describe('what is told of money', () => {
	it('has the price of a picture that was made and is lost', async () => {
		const provider: Provider = {
			...once,
			read: () => ({ images: [{ url: '/1.png', costUsd: 0.04 }], done: true }),
		};
		const world = worldOf(answering(emptyReply), { download: async () => unsent('unreachable') });
		const [arrival] = await all(provider, world);
		assert.ok(arrival?.kind === 'failure');
		assert.deepEqual([arrival.error.charged, arrival.costUsd], ['yes', 0.04]);
	});

	it('is never that something free may have been charged', async () => {
		const { offer } = planOf({ model: 'sketch/easel' });
		const broken: ImageError = { code: 'bad-reply', charged: 'unknown' };
		const provider: Provider = { ...once, begin: () => ({ failures: [broken], done: true }) };
		assert.deepEqual(await names(provider, worldOf(answering()), { offer }), ['failure bad-reply no']);
	});
});

describe('pictures of one answer', () => {
	it('are not lost to the wait for another that is only named', async () => {
		const controller = new AbortController();
		const images = [{ url: '/slow.png' }, { bytes: new Uint8Array(), seed: 'here' }];
		const provider: Provider = { ...once, read: () => ({ images, done: true }) };
		const download = async (): Promise<never> => {
			controller.abort();
			throw new Error('aborted');
		};
		const world = worldOf(answering(emptyReply), { download });
		assert.deepEqual(await names(provider, world, { n: 2 }, controller.signal), [
			'image here',
			'failure cancelled unknown',
		]);
	});
});

describe('a call that is cancelled', () => {
	it('costs nothing before it was sent, and while it waits to be sent again', async () => {
		const controller = new AbortController();
		const clock = { ...standingClock(), sleep: async () => (controller.abort(), Promise.reject(new Error('awake'))) };
		const send = answering({ status: 429, headers: {} });
		assert.deepEqual(await names(once, worldOf(send, { clock }), {}, controller.signal), ['failure cancelled no']);
		assert.deepEqual(await names(once, worldOf(answering()), {}, AbortSignal.abort()), ['failure cancelled no']);
	});

	it('may cost what is under way', async () => {
		const controller = new AbortController();
		const send: Send = async (_request, signal) => {
			controller.abort();
			signal.throwIfAborted();
			return emptyReply;
		};
		assert.deepEqual(await names(once, worldOf(send), {}, controller.signal), ['failure cancelled unknown']);
	});

	it('costs nothing where nothing does', async () => {
		const controller = new AbortController();
		const send: Send = async (_request, signal) => {
			controller.abort();
			signal.throwIfAborted();
			return emptyReply;
		};
		const { offer } = planOf({ model: 'sketch/easel' });
		assert.deepEqual(await names(once, worldOf(send), { offer }, controller.signal), ['failure cancelled no']);
	});
});

/** The files of three pictures: of an answer, and of two addresses. */
function lying() {
	const [one, two, three] = [0, 1, 2].map((value) => pictureFile(Uint8Array.of(value)));
	assert.ok(one && two && three);
	let released = 0;
	const release = () => void released++;
	const provider: Provider = {
		...once,
		read: () => ({ images: [{ bytes: one.picture }, { url: 'two' }, { url: 'three' }], done: true }),
	};
	const send = answering({ ...emptyReply, release });
	const world = worldOf(send, { download: async (url) => (url === 'two' ? two.picture : three.picture) });
	const state = () => [released, two.reached.isReleased, three.reached.isReleased];
	return { provider, world, state };
}

describe('pictures that lie in files', () => {
	it('are no loss where nobody asks for one that cannot be fetched', async () => {
		const { provider, world, state } = lying();
		const { download } = world;
		const broken: World['download'] = async (url, signal) =>
			url === 'two' ? download(url, signal) : Promise.reject(new Error('broken'));
		let seen = 0;
		const half = { ...world, download: broken };
		for await (const _ of run(provider, callOf({ n: 3 }), half, new AbortController().signal)) if (++seen === 2) break;
		assert.deepEqual(state(), [1, true, false]);
	});

	it('are there until the next one is asked for, and no longer', async () => {
		const { provider, world, state } = lying();
		const seen: unknown[] = [];
		for await (const { kind } of run(provider, callOf({ n: 3 }), world, new AbortController().signal))
			seen.push([kind, ...state()]);
		assert.deepEqual(seen, [
			['image', 0, false, false],
			['image', 0, false, false],
			['image', 0, true, false],
		]);
		assert.deepEqual(state(), [1, true, true]);
	});

	it('are gone where nobody asks on', async () => {
		const { provider, world, state } = lying();
		const arrivals = run(provider, callOf({ n: 3 }), world, new AbortController().signal);
		await arrivals.next();
		await arrivals.next();
		await arrivals.return();
		assert.deepEqual(state(), [1, true, true]);
	});
});
