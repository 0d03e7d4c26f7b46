import assert from 'node:assert/strict';
import type { Plan } from '../../../src/catalogue/check';
import { type ImageError, unsent } from '../../../src/domain/imageError';
import { say } from '../../../src/domain/message';
import type { JobResult, SavePicture } from '../../../src/domain/picture';
import { type JobRecord, readJob } from '../../../src/generation/journalRecord';
import { Leaving } from '../../../src/generation/leaving';
import { limit } from '../../../src/generation/limit';
import { type Outcome, recoverWritten, type RunPorts, runWritten } from '../../../src/generation/writtenJob';
import { planOf } from '../builders';
import { emptyReply, RememberedFile, saveAnything, scripted, worldOf } from './scripted';

const origin = 'https://api.example.com';
const began = new Date('2026-11-22T10:00:00.000Z');

/** All that a job does to the world, in order, by the first word of it. */
class Door {
	readonly steps: string[] = [];
	readonly settled: Outcome[] = [];
	readonly file = new RememberedFile();
	readonly controller = new AbortController();
	/** What the file of the order says. */
	order: unknown = 'an order';
	save: SavePicture = saveAnything;

	readonly own = {
		write: async (line: string) => {
			this.steps.push(`write ${/"kind":"(\w+)"/.exec(line)?.[1]}`);
			await this.file.write(line);
		},
		stage: this.file.stage,
		staged: async (name: string) => this.file.staged.get(name),
		remove: async () => void this.steps.push('remove'),
		leave: async () => void this.steps.push('leave'),
	};

	readonly ports: RunPorts = {
		provider: scripted(({ n, before }) => [
			{ images: [] },
			{ images: Array.from({ length: n }, (_, at) => `${before + at + 1}`) },
		]),
		world: worldOf(async () => {
			this.steps.push('send');
			return emptyReply;
		}),
		limited: limit(() => 1),
		painter: { ask: async () => assert.fail('Nothing is painted.') },
		saver: () => ({ keep: async (...given) => this.save(...given), find: async () => undefined }),
		purse: {
			reserve: async ({ usd }) => void this.steps.push(`reserve ${usd}`),
			release: () => void this.steps.push('release'),
		},
		settle: async (_, outcome) => {
			this.steps.push('settle');
			this.settled.push(outcome);
		},
		permit: async () => {
			this.steps.push('permit');
			return { usd: 0.04 };
		},
		records: {
			open: async () => {
				this.steps.push('open');
				return this.own;
			},
		},
		writeOrder: async () => {
			this.steps.push('order');
			return this.order;
		},
		onSure: () => void this.steps.push('sure'),
		onUnwritten: (fault) => {
			this.steps.push(`unwritten ${String(fault)}`);
		},
		onFault: (fault) => void this.steps.push(`fault ${String(fault)}`),
	};

	async run(other: Partial<RunPorts> = {}, plan: Plan = planOf()) {
		const job = { plan, begun: undefined, began, origin };
		return runWritten(job, { ...this.ports, ...other }, this.controller.signal);
	}

	/** Takes up what is written down. */
	async recover(refusal?: ImageError, onRecovered?: () => void) {
		this.steps.length = 0;
		return recoverWritten(
			{ plan: planOf(), record: this.record(), file: this.own },
			{
				...this.ports,
				refusal,
				sweep: async (paths) => void this.steps.push(`sweep ${paths.join(' ')}`.trim()),
				drop: async (paths) => void this.steps.push(`drop ${paths.join(' ')}`),
				onRecovered: async () => {
					this.steps.push('recovered');
					onRecovered?.();
					return [say('It was noted.')];
				},
			},
			this.controller.signal,
		);
	}

	record(): JobRecord {
		const record = readJob(this.file.text);
		return typeof record === 'string' ? assert.fail(record) : record;
	}
}

const free: Plan = { ...planOf(), offer: { ...planOf().offer, price: { read: '2026-11-01', rows: [{ usd: 0 }] } } };
const before = ['permit', 'open', 'order', 'write job', 'reserve 0.04', 'sure'];
const going = ['write call', 'send', 'write arrived', 'write saved'];
const broken = async () => Promise.reject(new Error('full'));
const unsaved: SavePicture = async () => ({ ...unsent('no-space'), charged: 'yes', kept: { at: '/kept/7.png' } });

function codesOf({ failures }: JobResult): string[] {
	return failures.map(({ code }) => code);
}

describe('a job that is written down', () => {
	it('sends nothing before it is written down and its price set aside', async () => {
		const door = new Door();
		const arrived: number[] = [];
		const { images } = await door.run({ onArrival: (count) => arrived.push(count) });
		assert.deepEqual(door.steps, [...before, ...going, 'settle', 'remove']);
		assert.deepEqual([images.length, arrived], [1, [1]]);
		assert.deepEqual(door.settled, [{ usd: 1, estimated: false, open: 0, pictures: 1 }]);
		const { head, order } = door.record();
		const { id: _, ...facts } = head;
		const model = 'openai/vendor/easel:2@1';
		assert.deepEqual(facts, { at: began.toISOString(), model, origin, n: 1, usd: 0.04, calls: [1] });
		assert.equal(order, 'an order');
	});

	it('says nothing of a price that nobody knows', async () => {
		const door = new Door();
		await door.run({ permit: async () => ({ usd: undefined }) });
		assert.equal(door.record().head.usd, undefined);
		assert.ok(door.steps.includes('reserve undefined'));
	});

	it('keeps no accounts of what is free, but is written down', async () => {
		const door = new Door();
		await door.run({ permit: async () => ({ usd: 0 }) }, free);
		assert.deepEqual(door.steps, ['open', 'order', 'write job', 'sure', ...going, 'remove']);
	});

	it('is not written down where the provider is built in', async () => {
		const door = new Door();
		const job = { plan: planOf(), begun: undefined, began, origin: undefined };
		await runWritten(job, door.ports, door.controller.signal);
		assert.deepEqual(door.steps, ['permit', 'sure', 'send']);
	});

	it('is left as it is when the window goes: the next one settles it', async () => {
		const door = new Door();
		door.save = async (...given) => {
			door.controller.abort(new Leaving());
			return saveAnything(...given);
		};
		await door.run();
		assert.deepEqual(door.steps, [...before, ...going]);
	});

	it('is settled when the person cancels it', async () => {
		const door = new Door();
		const result = await door.run({ onSure: () => door.controller.abort() });
		assert.deepEqual(codesOf(result), ['cancelled']);
		assert.deepEqual(door.steps.slice(-2), ['settle', 'remove']);
		assert.ok(!door.steps.includes('send'));
	});

	it('is taken back where a budget would be passed', async () => {
		const door = new Door();
		const broke = unsent('over-budget');
		const result = await door.run({ purse: { ...door.ports.purse, reserve: async () => broke } }, planOf({ n: 2 }));
		assert.deepEqual(codesOf(result), ['over-budget', 'over-budget']);
		assert.deepEqual(door.steps, ['permit', 'open', 'order', 'write job', 'remove']);
	});

	it('goes on where no record can be opened, and is told of that', async () => {
		const door = new Door();
		const { images } = await door.run({ records: { open: broken } });
		assert.equal(images.length, 1);
		assert.deepEqual(door.steps, ['permit', 'unwritten Error: full', 'reserve 0.04', 'sure', 'send', 'settle']);
	});

	it('goes on where its order cannot be written down', async () => {
		const door = new Door();
		const { images } = await door.run({ writeOrder: broken });
		assert.deepEqual([images.length, door.record().order], [1, undefined]);
		assert.deepEqual(door.steps.slice(0, 4), ['permit', 'open', 'unwritten Error: full', 'write job']);
	});

	it('is not begun where it may not be sent', async () => {
		const door = new Door();
		const result = await door.run({ permit: async () => unsent('cancelled') }, planOf({ n: 2 }));
		assert.deepEqual([codesOf(result), door.steps], [['cancelled', 'cancelled'], []]);
	});

	it('may be paid where the provider took the question for its price for an order', async () => {
		const door = new Door();
		const taken: ImageError = { code: 'bad-reply', charged: 'unknown' };
		await door.run({ permit: async () => taken }, planOf({ n: 6 }));
		assert.deepEqual(door.steps, ['settle']);
		assert.deepEqual(door.settled, [{ pictures: 0, usd: 0, estimated: true, open: 4 }]);
	});

	it('is left to be taken up again where something of it waits', async () => {
		const door = new Door();
		door.save = unsaved;
		await door.run();
		assert.deepEqual(door.steps.slice(-3), ['settle', 'write told', 'leave']);
	});

	it('is over though its record cannot be left', async () => {
		const door = new Door();
		door.save = unsaved;
		await door.run({ records: { open: async () => ({ ...door.own, leave: broken }) } });
		assert.equal(door.steps.at(-1), 'fault Error: full');
	});
});

/** A door whose job went with its picture in Limn's own folder. */
async function left(): Promise<Door> {
	const door = new Door();
	door.save = unsaved;
	await door.run();
	door.settled.length = 0;
	return door;
}

/** A door whose job went before anything was heard of it. */
async function unheard(): Promise<Door> {
	const door = new Door();
	await door.run({
		world: worldOf(async (_, signal) => {
			door.controller.abort(new Leaving());
			signal.throwIfAborted();
			return emptyReply;
		}),
	});
	return Object.assign(new Door(), { file: door.file });
}

describe('a written job that is taken up again', () => {
	it('tells of its pictures before the record goes, and then drops those that waited', async () => {
		const door = await left();
		door.save = saveAnything;
		const { images, warnings } = await door.recover();
		assert.deepEqual([images.length, warnings], [1, [say('It was noted.')]]);
		assert.deepEqual(door.steps, ['sweep', 'write saved', 'recovered', 'settle', 'remove', 'drop /kept/7.png']);
		assert.deepEqual(door.settled, [{ usd: 1, estimated: false, open: 0, pictures: 1 }]);
	});

	it('sweeps where pictures were about to be put', async () => {
		const door = await left();
		door.file.text = door.file.text.replace(/^.*"failed".*\n/m, '');
		const { pictures, ...others } = door.record();
		const publishing = { id: '0123456789abcdef', path: '/images/fox.png' };
		const record = { ...others, pictures: new Map(Array.from(pictures, ([at, one]) => [at, { ...one, publishing }])) };
		door.record = () => record;
		await door.recover();
		assert.equal(door.steps[0], 'sweep /images/fox.png');
	});

	it('waits on where a picture has no place yet', async () => {
		const door = await left();
		const { failures } = await door.recover();
		assert.equal(failures[0]?.waits, true);
		assert.deepEqual(door.steps, ['sweep', 'write failed', 'recovered', 'settle', 'write told', 'leave']);
	});

	it('waits on where its provider cannot be asked: what was set aside is free meanwhile', async () => {
		const door = await unheard();
		const { failures } = await door.recover(unsent('no-key'));
		assert.deepEqual(
			failures.map(({ code, waits }) => [code, waits]),
			[['no-key', true]],
		);
		assert.deepEqual(door.steps, ['sweep', 'recovered', 'release', 'write told', 'leave']);
	});

	it('orders nothing, and reckons with what was set aside', async () => {
		const door = await unheard();
		const { failures } = await door.recover();
		assert.deepEqual(
			failures.map(({ code, charged }) => [code, charged]),
			[['unreachable', 'unknown']],
		);
		assert.ok(!door.steps.includes('send'));
		assert.deepEqual(door.settled, [{ usd: 0, estimated: false, open: 1, pictures: 0 }]);
	});

	it('is left as it is when this window goes, too', async () => {
		const door = await left();
		door.save = saveAnything;
		await door.recover(undefined, () => door.controller.abort(new Leaving()));
		assert.deepEqual(door.steps, ['sweep', 'write saved', 'recovered', 'drop /kept/7.png']);
	});
});
