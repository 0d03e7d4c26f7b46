import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RecordFiles } from '../../../src/disk/recordFiles';
import { type JobRecord, readJob } from '../../../src/generation/journalRecord';
import { bundle, Child } from './child';
import { type Deed, deedsOf, digest, pictures, strictJournal } from './recordedJob';

let home = '';
/** Of the records. */
let folder = '';

function inNewFolder(): void {
	beforeEach(async () => {
		home = await mkdtemp(path.join(os.tmpdir(), 'limn-killed-'));
		folder = path.join(home, 'records');
		await mkdir(folder);
	});
	afterEach(async () => rm(home, { recursive: true, force: true }));
}

function aWindow(id: string, place = folder): RecordFiles {
	return new RecordFiles(place, { id, now: Date.now }, (fault) => {
		throw fault;
	});
}

function recordIn(text: string): JobRecord {
	const record = readJob(text);
	return typeof record === 'string' ? assert.fail(record) : record;
}

/** Does to a record what a journal asked for, says what is done, and is killed at a step. */
const writer = `
	import { readFileSync, writeSync } from 'node:fs';
	import { RecordFiles } from './src/disk/recordFiles';
	import { dieAt } from './test/unit/disk/dying';
	const [deeds, folder, nth] = process.argv.slice(2);
	dieAt(Number(nth));
	void (async () => {
		const files = new RecordFiles(folder, { id: 'killed', now: Date.now }, console.error);
		const file = await files.open('job');
		for (const { kind, line, name, bytes } of JSON.parse(readFileSync(deeds))) {
			if (kind === 'write') await file.write(line);
			else if (kind === 'stage') await file.stage(name, Buffer.from(bytes, 'base64'));
			else await file.remove();
			writeSync(1, kind + '\\n');
		}
	})();`;

describe('a window that is killed at any step', () => {
	inNewFolder();
	it('leaves the beginning of its record, with all that it had done, or nothing', async () => {
		const program = await bundle(writer, path.join(home, 'writer.cjs'));
		const deeds = await deedsOf();
		const order = path.join(home, 'deeds.json');
		const plain = deeds.map((deed) =>
			deed.kind === 'stage' ? { ...deed, bytes: Buffer.from(deed.bytes).toString('base64') } : deed,
		);
		await writeFile(order, JSON.stringify(plain));
		let steps = 0;
		const signals = new Set<string | null>();
		while (!signals.has(null)) {
			const some = Array.from({ length: 2 }, async () => {
				const place = path.join(folder, `${++steps}`);
				const child = new Child([program, order, place, `${steps}`]);
				const told = await child.rest();
				signals.add(child.signal);
				await check(place, deeds.slice(0, told.length), deeds);
			});
			await Promise.all(some);
		}
		assert.deepEqual(signals, new Set(['SIGKILL', null]));
		assert.ok(steps > 40, `${steps}`);
	}).timeout(120_000);
});

/** What is found of a job of which some deeds were done, and perhaps a part of the next. */
async function check(place: string, done: readonly Deed[], deeds: readonly Deed[]): Promise<void> {
	const files = aWindow('next', place);
	const [found, ...more] = await files.left();
	assert.deepEqual(more, []);
	if (found) await checkRecord(files, found.text, textOf(done), textOf(deeds.slice(0, done.length + 1)));
	else
		assert.ok(done.length === 0 || done.length >= deeds.length - 1, `${done.length} deeds done, and nothing is left`);
	await files.left();
	assert.deepEqual(await readdir(place).catch(() => []), []);
}

/** `known`: what is there for sure; `next`: what may be there in whole or in part. */
async function checkRecord(files: RecordFiles, text: string, known: string, next: string): Promise<void> {
	assert.ok(text.startsWith(known) && next.startsWith(text), text);
	assert.deepEqual(readJob(text), readJob(text === next ? next : known));
	const file = await files.claim('job');
	assert.ok(file);
	for (const [index, bytes] of pictures.entries()) {
		const found = await file.staged(`${index + 1}.picture`);
		assert.ok(found === undefined || Buffer.compare(found, bytes) === 0, `picture ${index + 1}`);
	}
	const before = readJob(text);
	if (typeof before === 'string') assert.equal(before, 'torn');
	else {
		for (const [index, { arrived }] of before.pictures) {
			const bytes = await file.staged(arrived?.file ?? '');
			assert.ok(bytes && digest(bytes) === arrived?.digest, `picture ${index}`);
		}
		await strictJournal(file).failed({ code: 'no-space', charged: 'yes' }, 9);
		const after = recordIn((await file.read()).text);
		assert.deepEqual([after.damaged, after.pictures.get(9)], [0, { ending: { code: 'no-space', charged: 'yes' } }]);
		assert.equal(after.pictures.size, before.pictures.size + 1);
	}
	await file.remove();
}

function textOf(deeds: readonly Deed[]): string {
	return deeds.map((deed) => (deed.kind === 'write' ? deed.line : '')).join('');
}

/** Opens a record, and stays. */
const holder = `
	import { RecordFiles } from './src/disk/recordFiles';
	const files = new RecordFiles(process.argv[2] ?? '', { id: 'holder', now: Date.now }, console.error);
	void (async () => {
		await (await files.open('job')).write('1\\n');
		console.log('open');
		process.stdin.resume();
	})();`;

describe('a record of another process', () => {
	inNewFolder();
	it('is that one’s as long as it lives, and anybody’s once it is killed', async () => {
		const child = new Child([await bundle(holder, path.join(home, 'holder.cjs')), folder]);
		const files = aWindow('other');
		try {
			assert.equal(await child.next(), 'open');
			assert.deepEqual([await files.has(), await files.left(), await files.claim('job')], [false, [], undefined]);
			assert.equal(await files.setAside('job', 'damaged'), undefined);
			assert.deepEqual(
				(await files.heads()).map(({ id, line, isMine }) => [id, line, isMine]),
				[['job', '1', false]],
			);
		} finally {
			await child.kill();
		}
		assert.equal(await files.has(), true);
		const file = await files.claim('job');
		assert.equal((await file?.read())?.text, '1\n');
		await file?.remove();
		await files.left();
		assert.deepEqual(await readdir(folder), []);
	});
});

/** Claims all that was left, when it is told to, and signs it. */
const claimer = `
	import { createInterface } from 'node:readline';
	import { RecordFiles } from './src/disk/recordFiles';
	const [folder, name] = process.argv.slice(2);
	const files = new RecordFiles(folder, { id: name, now: Date.now }, console.error);
	void (async () => {
		const orders = createInterface(process.stdin)[Symbol.asyncIterator]();
		while (!(await orders.next()).done) {
			const left = await files.left();
			console.log(String(left.length));
			await orders.next();
			const claimed = await Promise.all(left.map(({ id }) => files.claim(id)));
			const got = claimed.filter((file) => file !== undefined);
			for (const file of got) await file.write(name + '\\n');
			console.log(got.map(({ id }) => id).join(' '));
		}
	})();`;

describe('two processes that claim fifty records at once', () => {
	inNewFolder();
	it('get each of them once, twenty times', async () => {
		const program = await bundle(claimer, path.join(home, 'claimer.cjs'));
		const names = ['one', 'other'];
		const children = names.map((name) => new Child([program, folder, name]));
		const shares = [0, 0];
		try {
			for (let round = 0; round < 20; round++) {
				const ids = Array.from({ length: 50 }, (_, index) => `r${round}-${index}`);
				await Promise.all(ids.map(async (id) => recordOf(id)));
				for (const step of ['look', 'claim']) {
					for (const child of children) child.say(step);
					if (step === 'look') for (const child of children) assert.equal(await child.next(), '50');
				}
				const got: string[][] = [];
				for (const child of children) got.push((await child.next())?.split(' ').filter((id) => id !== '') ?? []);
				assert.deepEqual(got.flat().toSorted(), ids.toSorted());
				for (const [index, own] of got.entries()) {
					shares[index] = (shares[index] ?? 0) + own.length;
					for (const id of own) assert.equal(await linesOf(id, names[index] ?? ''), `begun\n${names[index]}\n`);
				}
			}
		} finally {
			await Promise.all(children.map(async (child) => child.kill()));
		}
		assert.equal((await aWindow('third').left()).length, 500);
		assert.ok(
			shares.every((share) => share > 0),
			shares.join(),
		);
	});
});

/** A record as one that is gone has left it. */
async function recordOf(id: string): Promise<void> {
	await mkdir(path.join(folder, `${id}.gone.record`));
	await writeFile(path.join(folder, `${id}.gone.record`, 'lines.jsonl'), 'begun\n');
}

async function linesOf(id: string, ownerId: string): Promise<string> {
	return readFile(path.join(folder, `${id}.${ownerId}.record`, 'lines.jsonl'), 'utf8');
}

describe('a file that is torn at any byte', () => {
	inNewFolder();
	it('is the beginning of a job, and can be gone on with', async () => {
		const deeds = await deedsOf();
		const whole = Buffer.from(textOf(deeds));
		const completeAt = (length: number) =>
			length === 0 ? '' : whole.subarray(0, whole.lastIndexOf('\n', length - 1) + 1).toString();
		for (let length = 0; length <= whole.length; length++) {
			const text = whole.subarray(0, length).toString();
			assert.deepEqual(readJob(text), readJob(completeAt(length)), `${length}`);
		}
		const files = aWindow('next');
		for (let length = 0; length <= whole.length; length += length < whole.length - 250 ? 29 : 1) {
			await recordOf(`job${length}`);
			await writeFile(path.join(folder, `job${length}.gone.record`, 'lines.jsonl'), whole.subarray(0, length));
			const file = await files.claim(`job${length}`);
			await file?.write('next\n');
			assert.equal((await file?.read())?.text, `${completeAt(length)}next\n`, `${length}`);
			await file?.remove();
		}
		assert.deepEqual(await readdir(folder), []);
		assert.ok(whole.length > 500);
	});
});
