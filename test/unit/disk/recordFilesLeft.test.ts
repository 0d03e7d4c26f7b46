import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RecordHome } from './recordHome';

const at = RecordHome.forEach();

const isMissing = { code: 'ENOENT', syscall: /./ };

describe('a record that was left', () => {
	it('is one window’s of those who want it', async () => {
		await at.leave('job', '1\n');
		const windows = Array.from({ length: 8 }, at.aWindow);
		const files = await Promise.all(windows.map(async (files) => files.claim('job')));
		const got = files.find((file) => file !== undefined);
		assert.equal(files.filter((file) => file !== undefined).length, 1);
		await got?.write('2\n');
		assert.equal((await got?.read())?.text, '1\n2\n');
		assert.equal(await at.aWindow().has(), false);
	});

	it('is its old owner’s no more, even if that one was only asleep', async () => {
		const asleep = at.aWindow();
		const old = await asleep.open('job');
		await old.write('1\n');
		await asleep.dispose();
		const file = await at.aWindow().claim('job');
		await assert.rejects(old.write('2\n'), isMissing);
		await assert.rejects(old.remove(), isMissing);
		assert.equal((await file?.read())?.text, '1\n');
	});

	it('goes on after its last whole line', async () => {
		for (const [index, [text, whole]] of [
			['1\n2', '1\n'],
			['1', ''],
			['', ''],
			[`1\n${'x'.repeat(200_000)}`, '1\n'],
			[`${'x'.repeat(200_000)}\n${'y'.repeat(70_000)}`, `${'x'.repeat(200_000)}\n`],
			['1\n\xff\0\n', '1\n\xff\0\n'],
		].entries()) {
			await at.leave(`job${index}`, text ?? '');
			const file = await at.aWindow().claim(`job${index}`);
			await file?.write('next\n');
			assert.equal((await file?.read())?.text, `${whole}next\n`);
		}
	});

	it('is one without lines where its window went before there were any', async () => {
		await mkdir(path.join(at.folder, 'job.gone.record'), { recursive: true });
		const files = at.aWindow();
		assert.deepEqual(
			(await files.left()).map(({ id, text }) => [id, text]),
			[['job', '']],
		);
		const file = await files.claim('job');
		await file?.write('1\n');
		assert.equal((await file?.read())?.text, '1\n');
	});

	it('is anybody’s where its owner leaves it', async () => {
		const files = at.aWindow();
		const file = await files.open('job');
		await file.stage('1.picture', Buffer.of(7));
		await file.leave();
		assert.deepEqual(
			(await files.left()).map(({ id }) => id),
			['job'],
		);
		const again = await files.claim('job');
		assert.deepEqual(await again?.staged('1.picture'), Buffer.of(7));
		await assert.rejects(file.write('x\n'), { message: /given away/ });
		await assert.rejects(file.remove(), { message: /given away/ });
		await again?.remove();
		assert.deepEqual(await at.everything(), []);
	});

	it('goes in the end, with all traces of its owner', async () => {
		await at.leave('job');
		await writeFile(path.join(at.folder, 'dead.owner'), '{}');
		await utimes(path.join(at.folder, 'dead.owner'), 1, 1);
		await mkdir(path.join(at.folder, 'half.dead.gone', 'x'), { recursive: true });
		const alive = at.aWindow();
		const file = await alive.open('mine');
		const files = at.aWindow();
		await files.left();
		await (await files.claim('job'))?.remove();
		await file.remove();
		assert.deepEqual(await at.everything(), []);
	});
});

describe('a record that is set aside', () => {
	it('is none any more, and kept with all that is beside it', async () => {
		await at.leave('job', 'damaged\n');
		const files = at.aWindow();
		const place = (await files.setAside('job', 'damaged')) ?? '';
		assert.equal(path.dirname(place), path.join(at.folder, 'aside'));
		assert.equal(path.basename(place), '2026-11-22T00-00-00.000Z.damaged.job');
		assert.equal(await readFile(path.join(place, 'lines.jsonl'), 'utf8'), 'damaged\n');
		assert.deepEqual([await files.has(), await files.heads()], [false, []]);
	});

	it('may be one’s own, and is no living other’s', async () => {
		const [files, other] = [at.aWindow(), at.aWindow()];
		await files.open('job');
		assert.equal(await other.setAside('job', 'newer'), undefined);
		assert.match((await files.setAside('job', 'newer')) ?? '', /newer\.job$/);
		assert.equal(
			(await at.everything()).some((name) => name.endsWith('.owner')),
			false,
		);
	});

	it('never takes another’s place', async () => {
		const places = new Set<string>();
		for (let round = 0; round < 3; round++) {
			const file = await at.aWindow().open('job');
			await file.write(`${round}\n`);
			places.add(await file.setAside('damaged'));
		}
		assert.equal(places.size, 3);
		const texts = [...places].map(async (place) => readFile(path.join(place, 'lines.jsonl'), 'utf8'));
		assert.deepEqual(await Promise.all(texts), ['0\n', '1\n', '2\n']);
	});

	it('lets the oldest go beyond a hundred', async () => {
		const files = at.aWindow();
		for (let index = 0; index < 103; index++) {
			at.now += 1000;
			await (await files.open(`job${index}`)).setAside('damaged');
		}
		const kept = (await readdir(path.join(at.folder, 'aside'))).map((name) => name.split('.').at(-1));
		assert.deepEqual(new Set(kept), new Set(Array.from({ length: 100 }, (_, index) => `job${index + 3}`)));
	});
});
