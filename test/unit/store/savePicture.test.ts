import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { encode } from 'fast-png';
import { type ImageError, isImageError, sentencesOf } from '../../../src/domain/imageError';
import { english } from '../../../src/domain/message';
import { type FileContent, type ReceivedImage, type StoredPicture, wholeOf } from '../../../src/domain/picture';
import { FilesError } from '../../../src/store/files';
import { checkTarget, type SavePlan, savePicture, type SavePorts } from '../../../src/store/savePicture';
import { sentence } from '../builders';
import { MemoryFiles } from './memoryFiles';

const plan: SavePlan = {
	templates: { folder: '${documentFolder}/images', fileName: '${slug}' },
	facts: { slug: 'a-fox', date: '2026-11-21', time: '14-05-09', model: 'easel', provider: 'openai' },
	place: { base: '/ws', documentFolder: '/ws/docs', documentBaseName: 'guide', roots: ['/ws'] },
	describe: (path) => path.replace('/ws/', ''),
};

function planWith(fileName: string, folder = plan.templates.folder): SavePlan {
	return { ...plan, templates: { folder, fileName } };
}

const png = (width = 2, height = 3, grey = 7): Uint8Array =>
	encode({ width, height, channels: 1, depth: 8, data: new Uint8Array(width * height).fill(grey) });

const gif = Uint8Array.from([...Array.from('GIF89a', (character) => character.charCodeAt(0)), 5, 0, 4, 0, 0, 0, 0]);

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

class World implements SavePorts {
	readonly files = new MemoryFiles();
	readonly kept = new Map<string, Uint8Array>();
	readonly logged: string[] = [];
	readonly digest = async (content: FileContent): Promise<string> => sha256(await wholeOf(content));
	readonly uriOf = (path: string): string => `test:${path}`;
	readonly log = ({ message }: FilesError): void => void this.logged.push(message);
	storageIsFull = false;
	readonly retired: string[] = [];
	/** Where pictures were about to be put. */
	readonly announced: string[] = [];

	readonly announce = async (id: string, path: string): Promise<void> => {
		this.announced.push(`${id} ${path}`);
	};

	readonly retire = async (id: string, path: string): Promise<boolean> => {
		if (this.storageIsFull) return false;
		this.retired.push(`${id} ${path}`);
		return true;
	};

	readonly keep = async (name: string, content: FileContent): Promise<string | undefined> => {
		if (this.storageIsFull) return undefined;
		this.kept.set(name, await wholeOf(content));
		return `/kept/${name}`;
	};

	async save(image: Partial<ReceivedImage> = {}, by = plan, index = 1): Promise<StoredPicture | ImageError> {
		return savePicture({ bytes: png(), costUsd: 0, ...image }, index, by, this);
	}

	/** The URI, or the code and the sentence of the failure. */
	async say(...args: Parameters<World['save']>): Promise<string> {
		const saved = await this.save(...args);
		return isImageError(saved)
			? `${saved.code}, ${saved.charged}: ${sentencesOf(saved).map(english).join(' ')}`
			: saved.uri;
	}
}

describe('saving a picture', () => {
	it('says beforehand where, each time that it tries', async () => {
		const world = new World();
		const bytes = png(30, 20);
		const id = sha256(bytes).slice(0, 16);
		await world.save({ bytes });
		await world.save({ bytes });
		const [first, second] = ['/ws/docs/images/a-fox.png', '/ws/docs/images/a-fox-1.png'];
		assert.deepEqual(world.announced, [`${id} ${first}`, `${id} ${first}`, `${id} ${second}`]);
	});

	it('tells what was saved, and has it on disk, byte for byte', async () => {
		const world = new World();
		const bytes = png(30, 20);
		const id = sha256(bytes).slice(0, 16);
		const uri = 'test:/ws/docs/images/a-fox.png';
		assert.deepEqual(await world.save({ bytes }), { id, uri, width: 30, height: 20, format: 'png' });
		assert.deepEqual([...world.files.files], [['/ws/docs/images/a-fox.png', bytes]]);
		assert.equal(world.kept.size + world.logged.length, 0);
	});

	it('counts up where the name is taken, and overwrites nothing', async () => {
		const world = new World();
		const uris: string[] = [];
		for (let grey = 0; grey < 12; grey++) uris.push(await world.say({ bytes: png(1, 1, grey) }));
		const names = ['a-fox.png', ...Array.from({ length: 11 }, (_, index) => `a-fox-${index + 1}.png`)];
		assert.deepEqual(
			uris,
			names.map((name) => `test:/ws/docs/images/${name}`),
		);
		for (const [grey, name] of names.entries()) {
			assert.deepEqual(world.files.files.get(`/ws/docs/images/${name}`), png(1, 1, grey));
		}
	});

	it('fills the gap that a deleted picture left', async () => {
		const world = new World();
		for (let count = 0; count < 3; count++) await world.save();
		world.files.files.delete('/ws/docs/images/a-fox-1.png');
		assert.equal(await world.say(), 'test:/ws/docs/images/a-fox-1.png');
	});

	it('takes the extension of the bytes, whatever the name asks for', async () => {
		const world = new World();
		assert.equal(await world.say({ bytes: gif }, planWith('fox.png')), 'test:/ws/docs/images/fox.gif');
		assert.equal(await world.say({}, planWith('fox.jpg')), 'test:/ws/docs/images/fox.png');
		assert.equal(await world.say({}, planWith('fox.webp')), 'test:/ws/docs/images/fox-1.png');
	});

	it('spells the extension as the name does, where that is right for the bytes', async () => {
		const world = new World();
		assert.equal(await world.say({}, planWith('fox.PNG')), 'test:/ws/docs/images/fox.PNG');
		assert.equal(await world.say({ bytes: gif }, planWith('fox.jpeg')), 'test:/ws/docs/images/fox.gif');
	});

	it('fills in what only the picture knows', async () => {
		const world = new World();
		const by = planWith('${index}-${width}x${height}-${seed}-${id}');
		const id = sha256(png(30, 20)).slice(0, 16);
		const image = { bytes: png(30, 20), seed: '12345678901234567890' };
		assert.equal(await world.say(image, by, 7), `test:/ws/docs/images/7-30x20-12345678901234567890-${id}.png`);
		assert.equal(await world.say({}, planWith('${seed}')), 'test:/ws/docs/images/image.png');
	});

	it('has no double slash in the path of a picture at the top', async () => {
		const world = new World();
		const by = { ...planWith('fox', '${workspaceFolder}'), place: { ...plan.place, base: '/', roots: ['/'] } };
		assert.equal(await world.say({}, by), 'test:/fox.png');
	});

	it('keeps as many pictures as were saved, all different, whatever their names', async () => {
		const names = fc.array(fc.constantFrom('a', 'b', '${index}', '${width}', 'a.png', ''), {
			minLength: 1,
			maxLength: 8,
		});
		await fc.assert(
			fc.asyncProperty(names, async (names) => {
				const world = new World();
				const uris = new Set<string>();
				for (const [index, name] of names.entries())
					uris.add(await world.say({ bytes: png(1, 1, index) }, planWith(name), index));
				assert.equal(uris.size, names.length);
				assert.equal(world.files.files.size, names.length);
			}),
		);
	});
});

describe('a picture that is none', () => {
	it('is not saved', async () => {
		const world = new World();
		const texts = ['', '<html></html>', '<svg xmlns="http://www.w3.org/2000/svg"/>', '{"error":"no"}', '\u0089PNG'];
		for (const text of texts) {
			const bytes = new TextEncoder().encode(text);
			assert.equal(await world.say({ bytes }), 'bad-reply, no: What came is not a picture. Nothing was saved.');
		}
		assert.equal(
			await world.say({ bytes: png().slice(0, 20) }),
			'bad-reply, no: What came is not a picture. Nothing was saved.',
		);
		assert.equal(world.files.files.size + world.kept.size, 0);
	});

	it('may have cost money all the same', async () => {
		const bytes = new Uint8Array(3);
		const world = new World();
		assert.match(await world.say({ bytes, costUsd: 0.04 }), /^bad-reply, yes/);
		assert.match(await world.say({ bytes, costUsd: 0 }), /^bad-reply, no/);
		const unpriced = await savePicture({ bytes }, 1, plan, world);
		assert.ok(isImageError(unpriced));
		assert.equal(unpriced.charged, 'unknown');
	});
});

describe('a picture that cannot be saved where it belongs', () => {
	for (const [fault, says] of [
		[
			'not-writable',
			/^not-writable, yes: docs\/images cannot be written to\. .* The picture is kept at \/kept\/[0-9a-f]{16}\.png\.$/,
		],
		[
			'no-space',
			/^no-space, yes: There is no space left in docs\/images\. .* The picture is kept at \/kept\/[0-9a-f]{16}\.png\.$/,
		],
		['outside', /^bad-input, yes: docs\/images leads out .* The picture is kept at \/kept\/[0-9a-f]{16}\.png\.$/],
	] as const) {
		it(`is kept elsewhere, and the message names the place: ${fault}`, async () => {
			const world = new World();
			world.files.faults.set('/ws/docs/images', fault);
			const bytes = png(9, 9);
			assert.match(await world.say({ bytes, costUsd: 0.04 }), says);
			assert.deepEqual([...world.kept.values()], [bytes]);
			assert.equal(world.files.files.size, 0);
			assert.deepEqual(world.logged, [`/ws/docs/images: ${fault}`]);
		});

		it(`is lost only where Limn’s own storage fails too, and that is said: ${fault}`, async () => {
			const world = new World();
			world.storageIsFull = true;
			world.files.faults.set('/ws/docs/images', fault);
			assert.match(await world.say(), /The picture could not be kept either\.$/);
		});
	}

	it('is not written through a link that leads out', async () => {
		const world = new World();
		world.files.links.set('/ws/docs/images', '/etc');
		assert.match(await world.say(), /^bad-input, no: docs\/images leads out of the workspace through a link/);
		assert.equal(world.files.files.size, 0);
		assert.equal(world.kept.size, 1);
	});

	it('is kept where only its own facts spoil its place', async () => {
		const world = new World();
		const by: SavePlan = { ...plan, templates: { folder: '${nope}', fileName: 'fox' } };
		const bytes = png(9, 9);
		assert.match(
			await world.say({ bytes, costUsd: 1 }, by),
			/^bad-input, yes: .* The picture is kept at \/kept\/[0-9a-f]{16}\.png\.$/,
		);
		assert.deepEqual([...world.kept.values()], [bytes]);
		world.storageIsFull = true;
		assert.match(await world.say({ bytes, costUsd: 1 }, by), /^bad-input, yes: There is no variable \$\{nope\}/);
	});

	it('gives up on a name that seems to be taken for ever, and keeps the picture', async () => {
		const world = new World();
		world.files.publish = async () => 'exists';
		assert.match(await world.say(), /^not-writable, no: .* kept at/);
		assert.match(world.logged[0] ?? '', /9999 files named a-fox/);
	});

	it('lets a fault of Limn’s own through', async () => {
		const world = new World();
		world.files.publish = async () => {
			throw new TypeError('a fault');
		};
		await assert.rejects(world.save(), /^TypeError: a fault$/);
	});
});

describe('checking the place before anything is sent', () => {
	it('finds nothing wrong with a good one, and makes nothing', async () => {
		const world = new World();
		for (const variable of ['width', 'height', 'seed', 'id', 'index', 'documentBaseName']) {
			assert.equal(await checkTarget(planWith(`\${${variable}}`), world.files), undefined);
		}
		assert.equal(world.files.files.size, 0);
	});

	it('refuses what leads out, by name or by link', async () => {
		const { files } = new World();
		for (const by of [
			planWith('fox', '../..'),
			planWith('../../../fox'),
			planWith('${nope}'),
			planWith('fox', '/etc'),
		]) {
			const problem = await checkTarget(by, files);
			assert.equal(problem?.code, 'bad-input');
			assert.equal(problem.charged, 'no');
		}
		files.links.set('/ws/docs', '/home/somebody');
		const problem = await checkTarget(plan, files);
		assert.match(
			sentence(problem?.message),
			/^docs\/images leads out of the workspace through a link\. Choose a folder inside\.$/,
		);
	});

	it('takes a link that stays inside', async () => {
		const { files } = new World();
		files.links.set('/ws/docs/images', '/ws/media');
		assert.equal(await checkTarget(plan, files), undefined);
	});
});

describe('a fault of a file system', () => {
	it('is an error with its detail', () => {
		const error = new FilesError('no-space', 'ENOSPC: /x');
		assert.ok(error instanceof Error);
		assert.deepEqual([error.fault, error.message], ['no-space', 'ENOSPC: /x']);
	});
});

describe('a picture with one place', () => {
	const path = '/ws/docs/images/Fox (1).png';
	const present = png(9, 9);
	const exactly = (replaces?: string, at = path): SavePlan => ({
		...plan,
		exact: { path: at, ...(replaces !== undefined && { replaces }) },
	});

	function worldWith(bytes?: Uint8Array): World {
		const world = new World();
		if (bytes) world.files.files.set(path, bytes);
		return world;
	}

	it('is saved right there where that is free, whatever the templates say', async () => {
		const world = worldWith();
		assert.equal(await world.say({}, exactly()), `test:${path}`);
		assert.deepEqual([...world.files.files.keys()], [path]);
		assert.deepEqual(world.retired, []);
	});

	it('takes the place of the file that is named by its content, after that was put away', async () => {
		const world = worldWith(present);
		const bytes = png(4, 4);
		assert.equal(await world.say({ bytes }, exactly(sha256(present).slice(0, 12))), `test:${path}`);
		assert.deepEqual([...world.files.files], [[path, bytes]]);
		assert.deepEqual(world.retired, [`${sha256(present).slice(0, 16)} ${path}`]);
	});

	it('leaves any other file alone, and is kept', async () => {
		for (const replaces of [undefined, sha256(png()).slice(0, 12)]) {
			const world = worldWith(present);
			const said = await world.say({ costUsd: 0.04 }, exactly(replaces));
			assert.match(said, /^not-writable, yes: docs\/images\/Fox \(1\)\.png is another picture by now\..* kept at /);
			assert.deepEqual([...world.files.files], [[path, present]]);
			assert.deepEqual([world.kept.size, world.retired.length], [1, 0]);
		}
	});

	it('replaces nothing that cannot be put away', async () => {
		const world = worldWith(present);
		world.storageIsFull = true;
		assert.match(await world.say({}, exactly(sha256(present))), /^not-writable/);
		assert.deepEqual([...world.files.files], [[path, present]]);
	});

	it('gets no other name: a file that its name would lie about is kept instead', async () => {
		const world = worldWith();
		const at = '/ws/docs/fox.webp';
		assert.match(await world.say({}, exactly(undefined, at)), /^bad-reply, no: What came is png: .*docs\/fox\.webp/);
		assert.deepEqual([world.files.files.size, world.kept.size], [0, 1]);
	});

	it('is judged before anything is sent', async () => {
		const { files } = worldWith();
		assert.equal(await checkTarget(exactly(), files), undefined);
		const others = ['/ws/a:b.png', '/ws/CON.png', '/ws/what?.png', '/ws/fox.png.', '/ws/ fox.png'];
		for (const at of [
			'/elsewhere/fox.png',
			'/ws/.git/fox.png',
			'/ws/../fox.png',
			'/ws/a\u0000.png',
			'/ws',
			...others,
		]) {
			const problem = await checkTarget(exactly(undefined, at), files);
			assert.equal(problem?.code, 'bad-input', at);
		}
		files.links.set('/ws/docs', '/elsewhere');
		assert.equal((await checkTarget(exactly(), files))?.code, 'bad-input');
	});
});
