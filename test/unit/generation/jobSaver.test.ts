import assert from 'node:assert/strict';
import { unsent } from '../../../src/domain/imageError';
import { pictureId, type StoredPicture } from '../../../src/domain/picture';
import { Finishing } from '../../../src/generation/finishing';
import { JobSaver, type SaverPorts } from '../../../src/generation/jobSaver';
import { sniff } from '../../../src/image/sniff';
import { planOf } from '../builders';
import { painted } from '../image/metadata/pictures';
import { digest } from './scripted';

const files = painted();
const embed = () => 'never' as const;

/** A saver over a folder, with what it tells of. `put`: where it puts a picture. */
function saverOf(folder: ReadonlyMap<string, Uint8Array>, put: SaverPorts['put']) {
	const stored: [uri: string, isFound: boolean][] = [];
	const begun = { original: { bytes: files().png }, id: 'the source' };
	const job = { plan: planOf(), begun, began: new Date(0), isExact: false, embed };
	const painter = { ask: async () => assert.fail('Nothing is painted.') };
	const saver = new JobSaver(new Finishing(job, { painter, onFault: (fault) => assert.fail(String(fault)) }), {
		put,
		uriOf: (path) => `test:${path}`,
		read: async (path) => folder.get(path),
		onStored: async ({ uri }, _, isFound) => void stored.push([uri, isFound]),
	});
	return { saver, stored };
}

async function idOf(bytes: Uint8Array): Promise<string> {
	return pictureId(await digest(bytes));
}

async function putAtFox(bytes: unknown): Promise<StoredPicture> {
	assert.ok(bytes instanceof Uint8Array);
	const { width = 0, height = 0, format = 'png' } = sniff(bytes) ?? {};
	return { id: await idOf(bytes), uri: 'test:/fox.png', width, height, format };
}

describe('the pictures of a job', () => {
	it('are saved, told of, and known to be made from another', async () => {
		const { saver, stored } = saverOf(new Map(), putAtFox);
		const saved = await saver.keep({ bytes: files().png }, 1);
		const expected = { ...(await putAtFox(files().png)), parent: 'the source', warnings: [] };
		assert.deepEqual([saved, stored], [expected, [['test:/fox.png', false]]]);
	});

	it('are told of only where they could be saved', async () => {
		const full = { ...unsent('no-space'), kept: 'lost' } as const;
		const { saver, stored } = saverOf(new Map(), async () => full);
		assert.deepEqual([await saver.keep({ bytes: files().png }, 1), stored], [full, []]);
	});

	it('are found where an earlier process has put them, each in its own place', async () => {
		const bytes = files().png;
		const id = await idOf(bytes);
		const { saver, stored } = saverOf(new Map([['/a.png', bytes]]), putAtFox);
		const found = await saver.find({ id, path: '/a.png' }, { bytes });
		assert.deepEqual(found, { ...(await putAtFox(bytes)), uri: 'test:/a.png', parent: 'the source' });
		assert.equal(await saver.find({ id, path: '/a.png' }, { bytes }), undefined);
		assert.deepEqual(stored, [['test:/a.png', true]]);
	});

	it('are not found where another is, none, what is no picture, or what this job has just saved', async () => {
		const bytes = files().png;
		const text = new TextEncoder().encode('no picture');
		const folder = new Map([
			['/other.png', files().jpeg],
			['/text.png', text],
			['/fox.png', bytes],
		]);
		const { saver } = saverOf(folder, putAtFox);
		await saver.keep({ bytes }, 1);
		for (const path of ['/other.png', '/none.png', '/fox.png']) {
			assert.equal(await saver.find({ id: await idOf(bytes), path }, { bytes }), undefined, path);
		}
		assert.equal(await saver.find({ id: await idOf(text), path: '/text.png' }, { bytes: text }), undefined);
	});
});
