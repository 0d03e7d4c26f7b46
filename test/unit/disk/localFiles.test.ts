import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs, { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { asFilesError, leadsOutLocally, publishLocally, replaceLocally } from '../../../src/disk/localFiles';
import { FilesError, type FilesFault } from '../../../src/store/files';

const nobody = 65_534;
const isRoot = process.geteuid?.() === 0;
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

let home = '';
/** The workspace folder. */
let root = '';
/** A folder that no picture may reach. */
let outside = '';

function inNewFolder(): void {
	beforeEach(async () => {
		home = await mkdtemp(path.join(os.tmpdir(), 'limn a b#ü '));
		root = path.join(home, 'ws 100% [x]');
		outside = path.join(home, 'outside');
		await mkdir(root);
		await mkdir(outside);
		await chmod(home, 0o755);
	});
	afterEach(async () => {
		mock.restoreAll();
		await rm(home, { recursive: true, force: true });
	});
}

async function publish(folder: string, name: string, content = bytes(1)): Promise<'saved' | 'exists'> {
	return publishLocally(folder, name, content, [root]);
}

/** Why nothing was published. */
async function faultOf(attempt: Promise<unknown>): Promise<FilesFault> {
	try {
		await attempt;
	} catch (error) {
		assert.ok(error instanceof FilesError, String(error));
		assert.notEqual(error.message, '');
		return error.fault;
	}
	return assert.fail('It was published.');
}

/** Every file below the home folder, with what it holds. */
async function everything(): Promise<Record<string, string>> {
	const entries = await readdir(home, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
	const pairs = files.map(async (file) => [path.relative(home, file), (await readFile(file)).toString('hex')] as const);
	return Object.fromEntries(await Promise.all(pairs));
}

function refusal(code: string): Error {
	return Object.assign(new Error(`${code}: refused`), { code, syscall: 'open' });
}

describe('publishing a file on the local disk', () => {
	inNewFolder();
	it('makes the folders and the file, and leaves nothing else', async () => {
		assert.equal(await publish(path.join(root, 'a', 'b #ü'), 'fox.png', bytes(1, 2, 255)), 'saved');
		assert.deepEqual(await everything(), { [path.join('ws 100% [x]', 'a', 'b #ü', 'fox.png')]: '0102ff' });
	});

	it('keeps any bytes under any safe name', async () => {
		const names = fc.constantFrom('fox', 'a b', '森の夜明け', 'e\u0301', '%20', '~', '$x', '.hidden', 'x'.repeat(240));
		let count = 0;
		await fc.assert(
			fc.asyncProperty(names, fc.uint8Array({ maxLength: 100 }), async (name, content) => {
				const folder = path.join(root, `${count++}`);
				assert.equal(await publish(folder, `${name}.png`, content), 'saved');
				assert.deepEqual(new Uint8Array(await readFile(path.join(folder, `${name}.png`))), content);
				assert.deepEqual(await readdir(folder), [`${name}.png`]);
			}),
			{ numRuns: 40 },
		);
	});

	it('never overwrites: neither a file nor a folder nor a link, even one that leads nowhere', async () => {
		await writeFile(path.join(root, 'file.png'), 'mine');
		await mkdir(path.join(root, 'folder.png'));
		await symlink(path.join(outside, 'nothing'), path.join(root, 'dangling.png'));
		await writeFile(path.join(outside, 'theirs'), 'theirs');
		await symlink(path.join(outside, 'theirs'), path.join(root, 'link.png'));
		const before = await everything();
		for (const name of ['file.png', 'folder.png', 'dangling.png', 'link.png'])
			assert.equal(await publish(root, name), 'exists');
		assert.deepEqual(await everything(), before);
		assert.ok((await lstat(path.join(root, 'link.png'))).isSymbolicLink());
	});

	it('gives one name to one of a hundred who want it at once', async () => {
		const folder = path.join(root, 'images');
		const results = await Promise.all(
			Array.from({ length: 100 }, async (_, index) => publish(folder, 'fox.png', bytes(index))),
		);
		assert.deepEqual(results.toSorted(), [...Array.from({ length: 99 }, () => 'exists'), 'saved']);
		const content = await readFile(path.join(folder, 'fox.png'));
		assert.deepEqual([...content], [results.indexOf('saved')]);
		assert.deepEqual(await readdir(folder), ['fox.png']);
	});

	it('gives the name to one also where all looked before anybody wrote', async () => {
		mock.method(fs, 'lstat', async () => {
			throw refusal('ENOENT');
		});
		const results = await Promise.all(
			Array.from({ length: 20 }, async (_, index) => publish(root, 'fox.png', bytes(index))),
		);
		assert.equal(results.filter((result) => result === 'saved').length, 1);
		assert.deepEqual(await readdir(root), ['fox.png']);
	});

	it('shows no half of a file to anybody who looks meanwhile', async () => {
		const large = new Uint8Array(2_000_000).fill(7);
		const looks: number[] = [];
		const state = { done: false };
		const watching = (async () => {
			while (!state.done) looks.push((await readFile(path.join(root, 'fox.png')).catch(() => large)).length);
		})();
		assert.equal(await publish(root, 'fox.png', large), 'saved');
		state.done = true;
		await watching;
		assert.deepEqual([...new Set(looks)], [large.length]);
	});
});

describe('staying inside the workspace', () => {
	inNewFolder();
	it('tells what links lead out, whether the folder exists or not', async () => {
		await mkdir(path.join(root, 'real', 'deep'), { recursive: true });
		await symlink(outside, path.join(root, 'out'));
		await symlink(path.join(root, 'real'), path.join(root, 'in'));
		await symlink('../outside', path.join(root, 'relative'));
		await symlink('/', path.join(root, 'top'));
		for (const steps of ['', 'real', 'real/deep/new/newer', 'in', 'in/deep', 'in/new', '..x', '...']) {
			assert.equal(await leadsOutLocally(path.join(root, steps), [root]), false, steps);
		}
		for (const steps of [
			'out',
			'out/new',
			'out/new/newer',
			'relative',
			'relative/x',
			'top',
			'top/etc',
			'..',
			'../outside',
			'in/../../outside',
		]) {
			assert.equal(await leadsOutLocally(path.join(root, steps), [root]), true, steps);
		}
		assert.equal(await leadsOutLocally(path.join(root, 'out'), [root, outside]), false, 'another root');
		assert.equal(await leadsOutLocally(`${root}-secret`, [root]), true, 'the same beginning');
		assert.equal(await leadsOutLocally(root, []), true, 'no root');
		assert.equal(await leadsOutLocally(path.join(root, 'x'), ['/']), false, 'the whole disk');
	});

	it('takes a workspace that is itself reached through a link', async () => {
		const alias = path.join(home, 'alias');
		await symlink(root, alias);
		assert.equal(await publishLocally(path.join(alias, 'images'), 'fox.png', bytes(1), [alias]), 'saved');
		assert.equal(await publishLocally(path.join(root, 'images'), 'fox-1.png', bytes(1), [alias]), 'saved');
		assert.deepEqual(await readdir(path.join(root, 'images')), ['fox-1.png', 'fox.png']);
	});

	it('publishes nothing through a link that leads out, and makes no folder there', async () => {
		await symlink(outside, path.join(root, 'out'));
		for (const steps of ['out', 'out/new', 'out/new/newer', '../outside', '../new']) {
			assert.equal(await faultOf(publish(path.join(root, steps), 'fox.png')), 'outside', steps);
		}
		assert.deepEqual(await everything(), {});
		assert.deepEqual(await readdir(outside), []);
		assert.deepEqual((await readdir(home)).toSorted(), ['outside', 'ws 100% [x]']);
	});

	it('publishes nothing through a link to the folders of Git and the editor, which are inside', async () => {
		for (const folder of ['.git/hooks', '.vscode']) {
			await mkdir(path.join(root, folder), { recursive: true });
			await symlink(folder, path.join(root, 'pictures'));
			assert.equal(await faultOf(publish(path.join(root, 'pictures'), 'fox.png')), 'outside', folder);
			assert.deepEqual(await readdir(path.join(root, folder)), []);
			await rm(path.join(root, 'pictures'));
		}
	});

	it('publishes nothing through a link that leads out to nowhere yet, or in a circle', async () => {
		await symlink(path.join(outside, 'later'), path.join(root, 'later'));
		await symlink(path.join(root, 'circle'), path.join(root, 'circle'));
		for (const steps of ['later', 'later/deep', 'circle', 'circle/deep']) {
			await faultOf(publish(path.join(root, steps), 'fox.png'));
		}
		assert.deepEqual(await everything(), {});
		assert.deepEqual(await readdir(outside), []);
	});

	it('notices a link that somebody puts there between the look and the making', async () => {
		const folder = path.join(root, 'images');
		const made = fs.mkdir.bind(fs);
		mock.method(fs, 'mkdir', async (...args: Parameters<typeof made>) => {
			await symlink(outside, folder);
			return made(...args);
		});
		assert.equal(await faultOf(publish(folder, 'fox.png')), 'outside');
		assert.deepEqual(await everything(), {});
	});
});

describe('a disk that refuses', () => {
	inNewFolder();
	it('is a failure where a folder’s name belongs to a file', async () => {
		await writeFile(path.join(root, 'images'), 'a file');
		assert.equal(await faultOf(publish(path.join(root, 'images'), 'fox.png')), 'not-writable');
		assert.equal(await faultOf(publish(path.join(root, 'images', 'deep'), 'fox.png')), 'not-writable');
		assert.deepEqual(await everything(), {
			[path.join('ws 100% [x]', 'images')]: Buffer.from('a file').toString('hex'),
		});
	});

	it('is a failure where the folder is read-only', async () => {
		const folder = path.join(root, 'images');
		await mkdir(folder);
		await chmod(folder, 0o555);
		// Root may write everywhere, so root becomes somebody else for a moment.
		if (isRoot) process.seteuid?.(nobody);
		try {
			assert.equal(await faultOf(publish(folder, 'fox.png')), 'not-writable');
			assert.equal(await faultOf(publish(path.join(folder, 'deep'), 'fox.png')), 'not-writable');
		} finally {
			if (isRoot) process.seteuid?.(0);
			await chmod(folder, 0o755);
		}
		assert.deepEqual(await everything(), {});
	});

	it('is a failure where the folder may not even be looked into', async () => {
		const folder = path.join(root, 'secret', 'images');
		await mkdir(folder, { recursive: true });
		await chmod(path.dirname(folder), 0);
		if (isRoot) process.seteuid?.(nobody);
		try {
			assert.equal(await faultOf(publish(folder, 'fox.png')), 'not-writable');
		} finally {
			if (isRoot) process.seteuid?.(0);
			await chmod(path.dirname(folder), 0o755);
		}
		assert.deepEqual(await everything(), {});
	});

	it('is a failure where the name is too long', async () => {
		assert.equal(await faultOf(publish(root, `${'x'.repeat(300)}.png`)), 'not-writable');
		assert.deepEqual(await readdir(root), []);
	});

	it('is a failure where there is no room for the whole file, and no part of it stays', async () => {
		const report = await publishWithLittleRoom(path.join(root, 'images'), 100_000);
		assert.deepEqual(report, { fault: 'no-space', files: [] });
		assert.deepEqual(await publishWithLittleRoom(path.join(root, 'images'), 1000), {
			result: 'saved',
			files: ['fox.png'],
		});
	});

	it('is a failure of ours where it is our fault', async () => {
		await assert.rejects(publish(root, 'a\0b.png'), (error) => !(error instanceof FilesError));
	});
});

/** Publishes in a process of its own that may write no file over 8 KiB: the nearest thing to a full disk that needs no disk. */
async function publishWithLittleRoom(folder: string, size: number): Promise<unknown> {
	const contents = `
		import { readdirSync } from 'node:fs';
		import { publishLocally } from './src/disk/localFiles';
		const [folder, size, root] = process.argv.slice(1);
		publishLocally(folder, 'fox.png', new Uint8Array(Number(size)), [root])
			.then((result) => ({ result }), ({ fault }) => ({ fault }))
			.then((end) => console.log(JSON.stringify({ ...end, files: readdirSync(folder) })));`;
	const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' } as const;
	const { outputFiles } = await build({ stdin, bundle: true, platform: 'node', target: 'node20', write: false });
	const limited = ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath, '-e', outputFiles[0]?.text ?? ''];
	const { stdout } = await promisify(execFile)('sh', [...limited, folder, `${size}`, root]);
	return JSON.parse(stdout);
}

describe('a file system without hard links', () => {
	inNewFolder();
	for (const code of ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL']) {
		it(`that says ${code} gets a copy, whole and exclusive`, async () => {
			const link = mock.method(fs, 'link', async () => {
				throw refusal(code);
			});
			const results = await Promise.all([1, 2, 3, 4].map(async (value) => publish(root, 'fox.png', bytes(value))));
			assert.ok(link.mock.callCount() >= 1);
			assert.deepEqual(results.toSorted(), ['exists', 'exists', 'exists', 'saved']);
			assert.deepEqual([...(await readFile(path.join(root, 'fox.png')))], [results.indexOf('saved') + 1]);
			assert.deepEqual(await readdir(root), ['fox.png']);
		});
	}

	it('does not write through a link under the file’s name', async () => {
		mock.method(fs, 'link', async () => {
			throw refusal('EPERM');
		});
		mock.method(fs, 'lstat', async () => {
			throw refusal('ENOENT');
		});
		await symlink(path.join(outside, 'later'), path.join(root, 'fox.png'));
		assert.equal(await publish(root, 'fox.png'), 'exists');
		assert.deepEqual(await readdir(outside), []);
	});

	it('fails without touching a file that somebody else put there meanwhile', async () => {
		mock.method(fs, 'link', async () => {
			throw refusal('EPERM');
		});
		mock.method(fs, 'copyFile', async () => {
			await writeFile(path.join(root, 'fox.png'), 'theirs');
			throw refusal('EIO');
		});
		assert.equal(await faultOf(publish(root, 'fox.png')), 'not-writable');
		assert.deepEqual(await readdir(root), ['fox.png']);
		assert.equal(await readFile(path.join(root, 'fox.png'), 'utf8'), 'theirs');
	});

	it('is not one that fails otherwise', async () => {
		mock.method(fs, 'link', async () => {
			throw refusal('EACCES');
		});
		assert.equal(await faultOf(publish(root, 'fox.png')), 'not-writable');
		assert.deepEqual(await readdir(root), []);
	});
});

describe('what the operating system refuses', () => {
	inNewFolder();
	it('is no room where it says so, else not writable, whatever the reason', () => {
		for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG'])
			assert.deepEqual(faultAndText(refusal(code)), ['no-space', `${code}: refused`]);
		const others =
			'EACCES EPERM EROFS ENOTDIR EEXIST ELOOP ENOENT EIO EBUSY EMFILE ENFILE ENAMETOOLONG EISDIR ENXIO ESTALE ETIMEDOUT ENODEV UNKNOWN';
		for (const code of others.split(' '))
			assert.deepEqual(faultAndText(refusal(code)), ['not-writable', `${code}: refused`]);
	});

	it('is told from a fault of Limn’s own', () => {
		const invalid = Object.assign(new TypeError('no string'), { code: 'ERR_INVALID_ARG_TYPE' });
		for (const fault of [invalid, new Error('x'), 'ENOSPC', undefined, new FilesError('outside', 'x')]) {
			assert.equal(asFilesError(fault), fault);
		}
	});
});

function faultAndText(error: Error): unknown {
	const turned = asFilesError(error);
	return turned instanceof FilesError ? [turned.fault, turned.message] : turned;
}

async function replace(name: string, mayGo: (present: Uint8Array) => boolean): Promise<'saved' | 'kept' | 'gone'> {
	return replaceLocally(root, name, bytes(2), [root], async (present) => mayGo(present));
}

describe('replacing a file', () => {
	inNewFolder();
	it('puts the new one in its place, if the old one may go', async () => {
		await publish(root, 'fox.png');
		assert.equal(await replace('fox.png', (present) => present[0] === 1), 'saved');
		assert.deepEqual(await everything(), { 'ws 100% [x]/fox.png': '02' });
	});

	it('leaves it, and nothing else behind, if it may not or is not there', async () => {
		await publish(root, 'fox.png');
		assert.equal(await replace('fox.png', () => false), 'kept');
		assert.equal(await replace('owl.png', () => true), 'gone');
		assert.deepEqual(await everything(), { 'ws 100% [x]/fox.png': '01' });
	});

	it('follows no link, and leaves the workspace through none', async () => {
		await writeFile(path.join(outside, 'fox.png'), bytes(1));
		await symlink(path.join(outside, 'fox.png'), path.join(root, 'fox.png'));
		assert.equal(await replace('fox.png', () => true), 'kept');
		await symlink(outside, path.join(root, 'way'));
		const attempt = replaceLocally(path.join(root, 'way'), 'fox.png', bytes(2), [root], async () => true);
		assert.equal(await faultOf(attempt), 'outside');
		assert.equal((await everything())['outside/fox.png'], '01');
	});
});
