import assert from 'node:assert/strict';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Desk, until } from './cliTesting';
import { startCustom } from './custom';
import { startOpenAI } from './openai';
import { isRunwarePoll, runwareKey, startRunware } from './runware';
import { emulators, openaiKey, pngOf, twoHalves } from './testing';

describe('limn recover', () => {
	const start = emulators();
	let desk: Desk;

	beforeEach(async () => {
		desk = await Desk.open();
	});
	afterEach(async () => desk.close());

	it('finds nothing where nothing was left', async () => {
		const { code, out, err } = await desk.limn(['recover']);
		assert.deepEqual([code, out, err], [0, '', 'There is nothing to recover.\n']);
		const { result } = await desk.result(['recover']);
		assert.deepEqual(result, { images: [], failures: [], warnings: [] });
	});

	it('brings what a provider had taken on when the command was killed, and pays nothing twice', async () => {
		const emulator = await start(startRunware());
		const env = { RUNWARE_API_KEY: runwareKey, LIMN_RUNWARE_BASE_URL: emulator.baseUrl };
		let isStuck = true;
		emulator.fail('hang', { times: 99, when: (request) => isStuck && isRunwarePoll(request) });
		await desk.limn(['generate', 'a fox', '--max-cost', '1'], env, async (child) => {
			await until(() => emulator.requests.some(isRunwarePoll));
			child.kill('SIGKILL');
		});
		assert.deepEqual(await desk.files(), []);
		const elsewhere = await start(startRunware());
		const refused = await desk.result(['recover'], { ...env, LIMN_RUNWARE_BASE_URL: elsewhere.baseUrl });
		assert.match(refused.result.failures[0]?.message ?? '', /another address.*limn recover asks for it\.$/);
		assert.equal(elsewhere.requests.length, 0);
		isStuck = false;
		const { code, result } = await desk.result(['recover'], env);
		assert.deepEqual([code, result.images.length, emulator.charges], [0, 1, 1]);
		assert.deepEqual(await desk.files(), ['images/a-fox.png']);
		assert.deepEqual(await desk.own(), ['ledger.csv']);
	});

	it('tells of what nobody can ask for again, once', async () => {
		const emulator = await start(startOpenAI());
		const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
		emulator.fail('hang', { times: 9 });
		await desk.limn(['generate', 'a fox'], env, async (child) => {
			await until(() => emulator.requests.length > 0);
			child.kill('SIGKILL');
		});
		const { code, result } = await desk.result(['recover'], env);
		assert.deepEqual([code, result.failures[0]?.charged], [1, 'unknown']);
		assert.match(result.failures[0]?.message ?? '', /^Limn was ended before OpenAI had answered/);
		assert.equal(emulator.requests.length, 1);
		const { err } = await desk.limn(['recover'], env);
		assert.equal(err, 'There is nothing to recover.\n');
		assert.match(await readFile(path.join(desk.home, 'ledger.csv'), 'utf8'), /openai\/gpt-image-2/);
	});

	it('saves a picture that had come, of an edit too', async () => {
		const emulator = await start(startCustom('sd-cpp'));
		await desk.write('docs/sea.png', pngOf(twoHalves(512, 512)));
		const env = { LIMN_CUSTOM_BASE_URL: emulator.baseUrl };
		emulator.fail('hang', { times: 9, when: ({ method }) => method === 'POST' && emulator.requests.length > 1 });
		const args = [
			'edit',
			'docs/sea.png',
			'a reef',
			'--rect',
			'0,0,64,64',
			'--n',
			'2',
			'--model',
			'custom/sd-cpp-local',
		];
		await desk.limn(args, env, async (child) => {
			await until(async () => (await desk.files()).length === 2);
			child.kill('SIGKILL');
		});
		const { result } = await desk.result(['recover'], env);
		assert.equal(result.failures.length, 1);
		assert.equal((await desk.files()).length, 2);
	});

	it('puts a paid picture into its place that could not be written', async () => {
		const emulator = await start(startOpenAI());
		const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
		await desk.write('images', 'in the way');
		const first = await desk.result(['generate', 'a fox'], env);
		assert.deepEqual([first.code, first.result.failures[0]?.code], [1, 'not-writable']);
		assert.match(first.result.failures[0]?.message ?? '', /The picture is kept at .*kept/);
		assert.equal((await desk.own()).filter((name) => name.startsWith('kept/')).length, 1);
		await rm(path.join(desk.root, 'images'));
		const { code, result } = await desk.result(['recover'], env);
		assert.deepEqual([code, result.images.length, emulator.charges], [0, 1, 1]);
		assert.deepEqual(await desk.files(), ['images/a-fox.png']);
		assert.deepEqual(await desk.own(), ['ledger.csv']);
	});

	it('leaves the jobs of other folders alone', async () => {
		const emulator = await start(startOpenAI());
		const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
		emulator.fail('hang', { times: 9 });
		await desk.limn(['generate', 'a fox'], env, async (child) => {
			await until(() => emulator.requests.length > 0);
			child.kill('SIGKILL');
		});
		await mkdir(path.join(desk.top, 'other'));
		const { code, err } = await desk.limn(['recover', '--root', '../other'], env);
		assert.equal(code, 0);
		assert.match(err, /belongs to .*a b#ü\. Use --root\./);
	});
});
