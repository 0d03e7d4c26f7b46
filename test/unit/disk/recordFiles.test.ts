import assert from 'node:assert/strict';
import fs, { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mock } from 'node:test';
import { RecordFiles } from '../../../src/disk/recordFiles';
import { RecordHome } from './recordHome';

const at = RecordHome.forEach();

describe('a record', () => {
	it('has its lines in the order of the calls, and files beside them', async () => {
		const file = await at.aWindow().open('job');
		const lines = Array.from({ length: 40 }, (_, index) => `${index} ü\n`);
		const calls = lines.map(async (line, index) =>
			index === 20 ? file.stage('1.picture', Buffer.of(7)) : file.write(line),
		);
		await Promise.all(calls);
		assert.equal((await file.read()).text, lines.filter((_, index) => index !== 20).join(''));
		assert.deepEqual(await file.staged('1.picture'), Buffer.of(7));
		assert.equal(await file.staged('2.picture'), undefined);
	});

	it('is nobody else’s to read', async () => {
		const file = await at.aWindow().open('job');
		await file.stage('1.picture', Buffer.of(7));
		for (const name of ['.', ...(await at.everything())]) {
			const found = await stat(path.join(at.folder, name));
			assert.equal(found.mode & 0o777, found.isDirectory() ? 0o700 : 0o600, name);
		}
	});

	it('goes with all that is beside it, and its owner’s file with the last one', async () => {
		const files = at.aWindow();
		const [one, other] = [await files.open('one'), await files.open('other')];
		await one.stage('1.picture', Buffer.of(7));
		await other.write('1\n');
		await one.remove();
		assert.deepEqual(
			(await files.heads()).map(({ id }) => id),
			['other'],
		);
		assert.equal((await at.everything()).filter((name) => name.endsWith('.owner')).length, 1);
		await other.remove();
		assert.deepEqual(await at.everything(), []);
		await (await files.open('third')).remove();
		assert.deepEqual(await at.everything(), []);
	});

	it('is begun once', async () => {
		const files = at.aWindow();
		const file = await files.open('job');
		await file.write('1\n');
		await assert.rejects(files.open('job'), { code: 'EEXIST' });
		assert.equal((await file.read()).text, '1\n');
		assert.equal(await at.aWindow().has(), false);
	});

	it('takes no names that lead elsewhere', async () => {
		const files = at.aWindow();
		for (const name of ['', '.', '..', '../x', 'a/b', 'a.b', 'a b', 'nobody', 'x'.repeat(81)]) {
			await assert.rejects(files.open(name), TypeError, name);
		}
		const file = await files.open('job');
		for (const name of ['', '.', '..', '../x', 'a/b', '.x', 'lines.jsonl', 'x.tmp', 'x'.repeat(101)]) {
			await assert.rejects(file.stage(name, Buffer.of(7)), TypeError, name);
			await assert.rejects(file.staged(name), TypeError, name);
		}
		assert.throws(() => new RecordFiles(at.folder, { id: 'nobody', now: () => at.now }, () => undefined), TypeError);
	});

	it('does none of it any more once it is gone, and makes nothing anew', async () => {
		const file = await at.aWindow().open('job');
		await file.remove();
		for (const act of [
			async () => file.write('x\n'),
			async () => file.stage('1.picture', Buffer.of(7)),
			async () => file.read(),
			file.remove,
			file.leave,
			async () => file.setAside('damaged'),
		]) {
			await assert.rejects(act(), { message: /given away/ });
		}
		assert.deepEqual(await at.everything(), []);
	});
});

describe('a disk that refuses', () => {
	it('is told by its own error, and the next line stands by itself', async () => {
		const file = await at.aWindow().open('job');
		await file.write('1\n');
		const refusing = failOnce('datasync', 'EIO');
		await assert.rejects(file.write('torn\n'), { code: 'EIO' });
		refusing.mock.restore();
		assert.equal(
			await readFile(path.join(at.folder, `job.${ownerOf(file)}.record`, 'lines.jsonl'), 'utf8'),
			'1\ntorn\n',
		);
		await file.write('2\n');
		assert.equal((await file.read()).text, '1\n2\n');
	});

	it('leaves no half of what is staged', async () => {
		const file = await at.aWindow().open('job');
		const refusing = failOnce('writeFile', 'ENOSPC');
		await assert.rejects(file.stage('1.picture', Buffer.of(7)), { code: 'ENOSPC' });
		refusing.mock.restore();
		assert.equal(await file.staged('1.picture'), undefined);
		assert.equal(
			(await at.everything()).some((name) => name.endsWith('.tmp')),
			false,
		);
	});

	it('leaves no half of a record', async () => {
		const files = at.aWindow();
		const refusing = failOnce('sync', 'EIO');
		await assert.rejects(files.open('job'), { code: 'EIO' });
		refusing.mock.restore();
		assert.deepEqual(await at.everything(), []);
	});

	it('rejects where the folder’s place is a file’s', async () => {
		await mkdir(path.dirname(at.folder), { recursive: true });
		await writeFile(at.folder, 'x');
		const files = at.aWindow();
		await assert.rejects(files.open('job'), { code: 'EEXIST' });
		for (const look of [async () => files.has(), async () => files.heads(), async () => files.left()]) {
			await assert.rejects(look(), { code: 'ENOTDIR' });
		}
		await rm(at.folder);
	});

	it('passes over one record that cannot be read, and says so', async () => {
		await at.leave('good', '1\n');
		await at.leave('bad');
		const name = (await at.everything()).find((found) => found.startsWith('bad') && found.endsWith('.jsonl')) ?? '';
		await rm(path.join(at.folder, name));
		await mkdir(path.join(at.folder, name));
		const files = at.aWindow();
		assert.deepEqual(
			(await files.left()).map(({ id }) => id),
			['good'],
		);
		assert.deepEqual(
			at.faults.splice(0).map((fault) => String(fault).includes('EISDIR')),
			[true],
		);
		await assert.rejects(files.claim('bad'), { code: 'EISDIR' });
		assert.equal((await files.claim('good'))?.id, 'good');
	});
});

/** Lets a file's method fail until it is restored. */
function failOnce(method: 'datasync' | 'sync' | 'writeFile', code: string) {
	const opening = fs.open.bind(fs);
	return mock.method(fs, 'open', async (...args: Parameters<typeof opening>) => {
		const handle = await opening(...args);
		mock.method(handle, method, async () => {
			throw Object.assign(new Error(code), { code, syscall: method });
		});
		return handle;
	});
}

function ownerOf({ home }: Awaited<ReturnType<RecordFiles['open']>>): string {
	return home.ownerId;
}

describe('what is open', () => {
	it('is nothing where there is no folder, and none is made', async () => {
		const files = at.aWindow();
		assert.equal(await files.has(), false);
		assert.deepEqual([...(await files.heads()), ...(await files.left())], []);
		assert.equal(await files.claim('job'), undefined);
		assert.equal(await files.setAside('job', 'damaged'), undefined);
		await files.dispose();
		assert.deepEqual(await readdir(at.home), []);
	});

	it('is told of all windows, with whose it is', async () => {
		await at.leave('left', 'left\n');
		const [mine, theirs] = [at.aWindow(), at.aWindow()];
		await (await mine.open('mine')).write('mine\n');
		await (await theirs.open('theirs')).write('theirs\n');
		assert.deepEqual(await headsFor(mine), {
			left: { line: 'left', isMine: false, isClaimed: false },
			mine: { line: 'mine', isMine: true, isClaimed: false },
			theirs: { line: 'theirs', isMine: false, isClaimed: false },
		});
		const claimed = await mine.claim('left');
		assert.deepEqual((await headsFor(mine))['left'], { line: 'left', isMine: true, isClaimed: true });
		assert.equal(await mine.claim('theirs'), undefined);
		await claimed?.leave();
		assert.deepEqual((await headsFor(mine))['left'], { line: 'left', isMine: false, isClaimed: false });
	});

	it('is told by its first line, if that is whole, however many there are', async () => {
		const gone = at.aWindow();
		for (let index = 0; index < 510; index++) {
			const record = path.join(at.folder, `r${index}.${gone.owner.id}.record`);
			await mkdir(record, { recursive: true });
			await writeFile(path.join(record, 'lines.jsonl'), `head ${index}\nmore`);
		}
		await at.leave('empty');
		await at.leave('torn', 'head');
		await at.leave('long', `${'x'.repeat(4096)}\n`);
		const lines = (await at.aWindow().heads()).map(({ line }) => line);
		assert.deepEqual(new Set(lines), new Set(Array.from({ length: 510 }, (_, index) => `head ${index}`)));
		assert.equal(lines.length, 510);
	});

	it('is read oldest first, and not more than 500 at a time', async () => {
		const gone = at.aWindow();
		for (let index = 0; index < 510; index++) {
			await mkdir(path.join(at.folder, `r${index}.${gone.owner.id}.record`), { recursive: true });
			const time = 1000 + ((index * 7) % 510);
			await utimes(path.join(at.folder, `r${index}.${gone.owner.id}.record`), time, time);
		}
		const order = Array.from({ length: 510 }, (_, index) => index).toSorted(
			(a, b) => ((a * 7) % 510) - ((b * 7) % 510),
		);
		const expected = order.slice(0, 500).map((index) => `r${index}`);
		assert.deepEqual(
			(await at.aWindow().left()).map(({ id }) => id),
			expected,
		);
	});

	it('is not read whole beyond 16 MB', async () => {
		const line = `${'x'.repeat(1023)}\n`;
		await at.leave('long', line.repeat(16 * 1024), 'one more\n');
		const [found] = await at.aWindow().left();
		assert.deepEqual([found?.isCut, found?.text.length], [true, 16 * 1024 * 1024]);
		const file = await at.aWindow().claim('long');
		await file?.write('and more\n');
		const end = await readFile(
			path.join(at.folder, (await at.everything()).find((name) => name.endsWith('.jsonl')) ?? ''),
		);
		assert.equal(end.subarray(16 * 1024 * 1024).toString(), 'one more\nand more\n');
	});

	it('holds nothing that is no record', async () => {
		await at.leave('job');
		await mkdir(path.join(at.folder, 'aside', 'x'), { recursive: true });
		for (const name of ['x.record', 'a.b.c.record', 'job.w.recorded', '.owner', 'a.b.owner', 'readme.md'])
			await writeFile(path.join(at.folder, name), 'x');
		assert.deepEqual(
			(await at.aWindow().left()).map(({ id }) => id),
			['job'],
		);
	});

	it('is looked for again where it has another owner meanwhile', async () => {
		await at.leave('job', '1\n');
		const [files, faster] = [at.aWindow(), at.aWindow()];
		const looking = fs.open.bind(fs);
		const seen = mock.method(fs, 'open', async (...args: Parameters<typeof looking>) => {
			seen.mock.restore();
			await faster.claim('job');
			return looking(...args);
		});
		assert.deepEqual(
			(await files.heads()).map(({ id, line }) => [id, line]),
			[['job', '1']],
		);
	});
});

async function headsFor(files: RecordFiles) {
	return Object.fromEntries((await files.heads()).map(({ id, ...head }) => [id, head]));
}
