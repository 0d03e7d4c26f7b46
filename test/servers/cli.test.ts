import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from '../../src/image/inspect';
import { sniff } from '../../src/image/sniff';
import { bundle, Desk, ended, until } from './cliTesting';
import { startCustom } from './custom';
import { startOpenAI } from './openai';
import { emulators, openaiKey, pngOf, twoHalves } from './testing';

const sketch = ['--model', 'sketch/placeholder'];

describe('limn, the command line', () => {
	const start = emulators();
	let desk: Desk;

	beforeEach(async () => {
		desk = await Desk.open();
	});
	afterEach(async () => desk.close());

	describe('generate', () => {
		it('saves a picture and says where', async () => {
			const { code, out, err } = await desk.limn(['generate', 'a red fox', '--out', 'pictures/', ...sketch]);
			assert.deepEqual([code, out], [0, 'pictures/a-red-fox.png\n']);
			assert.match(err, /^sketch\/placeholder: 1 picture, free\.\n/);
			assert.deepEqual(await desk.files(), ['pictures/a-red-fox.png']);
		});

		it('prints one result of the contract, with addresses that lead to the files', async () => {
			const { code, result, err } = await desk.result(['generate', 'a red fox', '--n', '2', ...sketch]);
			assert.equal(code, 0);
			assert.equal(result.images.length, 2);
			for (const { uri, width, height } of result.images) {
				const header = sniff(await readFile(fileURLToPath(uri)));
				assert.deepEqual([header?.width, header?.height], [width, height]);
			}
			assert.doesNotMatch(err, /Cost/);
		});

		it('takes size, format, name and a file for what they are', async () => {
			const wide = await desk.result([
				'generate',
				'a fox',
				'--size',
				'640x320',
				'--format',
				'webp',
				'--name',
				'wide',
				...sketch,
			]);
			assert.deepEqual([wide.result.images[0]?.width, wide.result.images[0]?.mimeType], [640, 'image/webp']);
			await desk.limn(['generate', 'a fox', '--out', 'docs/img/fox.jpg', ...sketch]);
			assert.deepEqual(await desk.files(), ['docs/img/fox.jpg', 'images/wide.webp']);
		});

		it('overwrites nothing', async () => {
			await desk.write('images/a-fox.png', 'mine');
			await desk.limn(['generate', 'a fox', ...sketch]);
			assert.deepEqual(await desk.files(), ['images/a-fox-1.png', 'images/a-fox.png']);
			assert.equal(await readFile(path.join(desk.root, 'images/a-fox.png'), 'utf8'), 'mine');
		});

		it('prints a reference on demand', async () => {
			const { out } = await desk.limn(['generate', 'a fox', '--alt', 'A [red] fox', ...sketch]);
			assert.equal(out, '![A \\[red\\] fox](images/a-fox.png)\n');
		});

		it('works in another folder by --root', async () => {
			await mkdir(path.join(desk.top, 'other'));
			const { code } = await desk.limn(['generate', 'a fox', '--root', '../other', ...sketch]);
			assert.equal(code, 0);
			assert.deepEqual(await desk.files(), []);
			assert.ok(sniff(await readFile(path.join(desk.top, 'other/images/a-fox.png'))));
		});

		it('leaves the folder by no way', async () => {
			await mkdir(path.join(desk.top, 'outside'));
			await symlink(path.join(desk.top, 'outside'), path.join(desk.root, 'link'));
			for (const out of ['..', '../outside', '/etc', 'link', 'a/../../b', '.git/hooks', '.vscode', '~/x', 'C:\\x']) {
				const { code, result } = await desk.result(['generate', 'a fox', '--out', out, ...sketch]);
				assert.deepEqual([code, result.failures[0]?.code], [1, 'bad-input'], out);
				assert.match(result.failures[0]?.message ?? '', /out of the root|outside of the root|saves nothing in/, out);
			}
			assert.deepEqual(await desk.files(), ['link']);
		});

		it('answers in the usual shape what no model can make', async () => {
			for (const [args, failure] of [
				[['generate', ' ', ...sketch], 'bad-input'],
				[['generate', 'a fox', '--model', 'nonsense'], 'bad-input'],
				[['generate', 'a fox', '--model', 'sketch/x'], 'unsupported'],
			] as const) {
				const { code, result } = await desk.result(args);
				assert.deepEqual([code, result.failures[0]?.code], [1, failure], args.join(' '));
			}
		});

		it('pays a provider, writes that down, and says what it cost', async () => {
			const emulator = await start(startOpenAI());
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
			const { code, result, err } = await desk.result(['generate', 'a fox', '--n', '2', '--max-cost', '1'], env);
			assert.equal(code, 0);
			assert.equal(result.images.length, 2);
			assert.equal(result.images[0]?.model, 'openai/gpt-image-2');
			assert.ok((result.cost?.usd ?? 0) > 0);
			assert.match(err, /^openai\/gpt-image-2: 2 pictures, about \$0\.42/);
			assert.deepEqual(await desk.own(), ['ledger.csv']);
			assert.match(await readFile(path.join(desk.home, 'ledger.csv'), 'utf8'), /openai\/gpt-image-2,generate,2,/);
		});

		it('refuses what costs more than it may, and says which flag raises it', async () => {
			const emulator = await start(startOpenAI());
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
			const dear = await desk.result(['generate', 'a fox', '--n', '2', '--model', 'openai/gpt-image-2'], env);
			assert.equal(dear.code, 1);
			assert.deepEqual(
				dear.result.failures.map(({ code }) => code),
				['over-budget', 'over-budget'],
			);
			assert.match(dear.result.failures[0]?.message ?? '', /--max-cost allows \$0\.25/);
			const unknown = await desk.result(['generate', 'a fox', '--model', 'openai/chatgpt-image-latest'], env);
			assert.match(unknown.result.failures[0]?.message ?? '', /--max-cost any allows it/);
			assert.equal(emulator.charges, 0);
			const any = await desk.limn(
				['generate', 'a fox', '--model', 'openai/chatgpt-image-latest', '--max-cost', 'any'],
				env,
			);
			assert.equal(any.code, 0, any.err);
		});

		it('keeps budgets over all commands', async () => {
			const emulator = await start(startOpenAI());
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl, LIMN_DAILY_BUDGET: '0.30' };
			const first = await desk.limn(['generate', 'a fox'], env);
			assert.equal(first.code, 0, first.err);
			const spent = emulator.charges;
			const second = await desk.result(['generate', 'a fox'], { ...env, LIMN_DAILY_BUDGET: '0.2' });
			assert.equal(second.result.failures[0]?.code, 'over-budget');
			assert.match(second.result.failures[0]?.message ?? '', /Raise LIMN_DAILY_BUDGET/);
			assert.equal(emulator.charges, spent);
		});

		it('says what is wrong with a key, and shows none', async () => {
			const emulator = await start(startOpenAI());
			const wrongKey = ['sk', 'wrong', 'key', '0123456789'].join('-');
			const env = { OPENAI_API_KEY: wrongKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
			const { code, result, out, err } = await desk.result(['generate', `a fox`, '--verbose'], env);
			assert.deepEqual([code, result.failures[0]?.code], [1, 'bad-key']);
			const none = await desk.result(['generate', 'a fox', '--model', 'openai/gpt-image-2']);
			assert.equal(none.result.failures[0]?.code, 'no-key');
			assert.match(none.result.failures[0]?.message ?? '', /OPENAI_API_KEY/);
			assert.match(err, /POST/);
			for (const text of [out, err]) assert.ok(!text.includes(wrongKey));
		});

		it('sends nothing that looks like a secret', async () => {
			const emulator = await start(startOpenAI());
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
			const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
			const { result, out, err } = await desk.result(['generate', `a fox with ${secret}`], env);
			assert.equal(result.failures[0]?.code, 'bad-input');
			assert.equal(emulator.requests.length, 0);
			for (const text of [out, err]) assert.ok(!text.includes(secret));
		});

		it('sends keys in the clear to nobody but this network', async () => {
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: 'http://api.example.com/v1' };
			const { result } = await desk.result(['generate', 'a fox', '--model', 'openai/gpt-image-2'], env);
			assert.equal(result.failures[0]?.code, 'bad-input');
			assert.match(result.failures[0]?.message ?? '', /^LIMN_OPENAI_BASE_URL would send your key in the clear/);
		});

		it('says that nobody answers', async () => {
			const gone = await startOpenAI();
			await gone.close();
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: gone.baseUrl };
			const { code, result } = await desk.result(['generate', 'a fox'], env);
			assert.deepEqual([code, result.failures[0]?.code, result.failures[0]?.charged], [1, 'unreachable', 'no']);
			assert.match(result.failures[0]?.message ?? '', /LIMN_OPENAI_BASE_URL/);
		});

		it('speaks to a server of one’s own without a key', async () => {
			const emulator = await start(startCustom('sd-cpp'));
			const env = { LIMN_CUSTOM_BASE_URL: emulator.baseUrl };
			const { code, err } = await desk.limn(['generate', 'a fox', '--model', 'custom/sd-cpp-local'], env);
			assert.equal(code, 0, err);
		});

		it('loses no picture where nobody listens to what it says', async () => {
			const emulator = await start(startCustom('sd-cpp'));
			const env = { LIMN_CUSTOM_BASE_URL: emulator.baseUrl };
			const args = ['generate', 'a fox', '--model', 'custom/sd-cpp-local', '--verbose'];
			const { code, out } = await desk.limn(args, env, async ({ stderr }) => void stderr?.destroy());
			assert.deepEqual([code, out], [0, 'images/a-fox.png\n']);
		});

		it('keeps what had come when it is ended', async () => {
			const emulator = await start(startCustom('sd-cpp'));
			emulator.fail('hang', { times: 9, when: ({ json }) => emulator.requests.length > 1 && json !== undefined });
			const args = ['generate', 'a fox', '--model', 'custom/sd-cpp-local', '--n', '3'];
			const env = { LIMN_CUSTOM_BASE_URL: emulator.baseUrl };
			const { code, result } = await desk.result(args, env, async (child) => {
				await until(async () => emulator.requests.length === 3 && (await desk.files()).length === 1);
				child.kill('SIGINT');
			});
			assert.equal(code, 130);
			assert.equal(result.images.length, 1);
			assert.deepEqual(
				result.failures.map(({ code: each }) => each),
				['cancelled', 'cancelled'],
			);
			assert.equal((await desk.files()).length, 1);
		});
	});

	describe('edit', () => {
		beforeEach(async () => desk.write('docs/sea.png', pngOf(twoHalves(1024, 1024))));

		it('puts the result beside the picture, and changes nothing outside of the mask', async () => {
			const emulator = await start(startOpenAI());
			const env = { OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl };
			const args = ['edit', 'docs/sea.png', 'a reef', '--rect', '600,100,300,300', '--model', 'openai/gpt-image-2'];
			const { code, result } = await desk.result(args, env);
			assert.equal(code, 0, JSON.stringify(result));
			assert.deepEqual([result.images[0]?.changedOutsideMask, result.images[0]?.operation], [0, 'edit']);
			assert.ok(result.images[0]?.parent);
			assert.deepEqual(await desk.files(), ['docs/a-reef.png', 'docs/sea.png']);
		});

		it('needs no key for a sketch, and takes a mask from a file', async () => {
			const mask = pngOf({ ...twoHalves(1024, 1024), data: new Uint8Array(1024 * 1024 * 4) });
			await desk.write('docs/mask.png', mask);
			const { code, result } = await desk.result([
				'edit',
				'docs/sea.png',
				'a reef',
				'--mask',
				'docs/mask.png',
				...sketch,
			]);
			assert.equal(code, 0, JSON.stringify(result));
		});

		it('reads no picture outside, and none that is never sent', async () => {
			await writeFile(path.join(desk.top, 'secret.png'), pngOf(twoHalves(64, 64)));
			await symlink(path.join(desk.top, 'secret.png'), path.join(desk.root, 'innocent.png'));
			await desk.write('.vscode/settings.json', '{ // mine\n "limn.ignore": ["docs/**",], }');
			const names = [
				'../secret.png',
				path.join(desk.top, 'secret.png'),
				'innocent.png',
				'docs/sea.png',
				'docs/none.txt',
			];
			for (const name of names) {
				const { code, result } = await desk.result(['edit', name, 'a reef', ...sketch]);
				assert.deepEqual([code, result.failures[0]?.code], [1, 'bad-input'], name);
				assert.match(result.failures[0]?.message ?? '', /was not read|is not sent|does not end with/);
			}
			await desk.write('.vscode/settings.json', '{ "limn.ignore": [');
			const unreadable = await desk.result(['edit', 'docs/sea.png', 'a reef', ...sketch]);
			assert.match(unreadable.result.failures[0]?.message ?? '', /is not sent/);
			await desk.write('.vscode/settings.json', '{}');
			const flagged = await desk.result(['edit', 'docs/sea.png', 'a reef', '--ignore', '*.png', ...sketch]);
			assert.match(flagged.result.failures[0]?.message ?? '', /is not sent/);
		});
	});

	describe('what was typed', () => {
		it('is told what exists where it is wrong, with exit code 2 and nothing on stdout', async () => {
			const wrong: readonly (readonly [args: readonly string[], said: RegExp])[] = [
				[[], /Available: generate, edit, check/],
				[['draw'], /There is no command draw\. Available: generate/],
				[['generate'], /Give one prompt/],
				[['generate', 'a', 'fox'], /Give one prompt/],
				[['generate', 'a fox', '--out', 'x.png', '--format', 'jpeg'], /name asks for png, and --format for jpeg/],
				[['generate', 'a fox', '--colour', 'red'], /There is no --colour here\. Available: --out, --model/],
				[['generate', 'a fox', '--n', '0'], /--n must be a whole number from 1 to 100/],
				[['generate', 'a fox', '--n', '101'], /--n must be/],
				[['generate', 'a fox', '--n', '1', '--n', '2'], /--n is given twice/],
				[['generate', 'a fox', '--out', '--json'], /--out needs a value: --out DIR/],
				[['generate', 'a fox', '--json=yes'], /--json takes no value/],
				[['generate', 'a fox', '--size', 'big'], /--size must be/],
				[['generate', 'a fox', '--format', 'gif'], /--format must be one of png, jpeg, webp/],
				[['generate', 'a fox', '--option', 'quality'], /--option must be KEY=VALUE/],
				[['generate', 'a fox', '--max-cost', 'cheap'], /--max-cost must be/],
				[['generate', 'a fox', '--root', 'nowhere'], /There is no folder nowhere/],
				[['edit', 'a.png', 'a', '--rect', '1,2,3'], /--rect must be X,Y,WIDTH,HEIGHT/],
				[['edit', 'a.png', 'a', '--rect', '-5,2,3'], /--rect must be X,Y,WIDTH,HEIGHT/],
				[['edit', 'a.png', 'a', '--rect', '1,2,3,4', '--mask', 'm.png'], /not both/],
				[['check', '--only', 'broken'], /--only must be one of missing, stale, all/],
				[['check', 'nowhere.md'], /There is no nowhere\.md/],
				[['check', '..'], /There is no \.\./],
				[['mcp', 'now'], /“now” has no meaning here/],
			];
			for (const [args, said] of wrong) {
				const { code, out, err } = await desk.limn(args);
				assert.deepEqual([code, out], [2, ''], args.join(' '));
				assert.match(err, said);
				assert.equal(err.trim().split('\n').length, 1);
			}
			const budget = await desk.limn(['generate', 'a fox', ...sketch], { LIMN_DAILY_BUDGET: 'little' });
			assert.deepEqual([budget.code, budget.out], [2, '']);
		});

		it('is helped with', async () => {
			const { code, out } = await desk.limn(['--help']);
			assert.equal(code, 0);
			assert.match(out, /limn generate "PROMPT"/);
			assert.match(out, /Exit codes:/);
			for (const name of ['generate', 'edit', 'check', 'recover', 'mcp', 'models', 'providers']) {
				const help = await desk.limn([name, '--help']);
				assert.equal(help.code, 0);
				assert.ok(help.out.startsWith(`limn ${name}`), name);
				assert.equal((await desk.limn(['help', name])).out, help.out);
			}
		});

		it('may ask for the version', async () => {
			const manifest: unknown = JSON.parse(await readFile('package.json', 'utf8'));
			const { out } = await desk.limn(['--version']);
			assert.deepEqual(
				{ version: out.trim() },
				{ version: manifest && typeof manifest === 'object' && 'version' in manifest ? manifest.version : '' },
			);
		});
	});

	it('lists models and providers, and shows no key', async () => {
		const env = { OPENAI_API_KEY: openaiKey, LIMN_RUNWARE_BASE_URL: 'ftp://x' };
		const { out } = await desk.limn(['models', '--json'], env);
		assert.match(out, /"model":"sketch\/placeholder".*"usd":0/);
		const listed = await desk.limn(['providers', '--json'], env);
		assert.match(listed.out, /"provider":"openai".*?"hasKey":true/);
		assert.match(listed.out, /LIMN_RUNWARE_BASE_URL must begin with https/);
		assert.ok(!listed.out.includes(openaiKey));
		assert.match((await desk.limn(['providers'])).out, /^openai\tThere is no API key for OpenAI/);
		assert.match((await desk.limn(['models'])).out, /^sketch\/placeholder\t/m);
	});

	it('runs from elsewhere through a link, as a package manager makes one', async () => {
		const link = path.join(desk.top, 'bin-limn');
		await symlink(bundle, link);
		const { code, out, err } = await ended(link, ['generate', 'a fox', '--format', 'jpeg', ...sketch], {
			cwd: desk.root,
			env: desk.environment(),
		});
		assert.deepEqual([code, out], [0, 'images/a-fox.jpg\n'], err);
		assert.equal(inspect(await readFile(path.join(desk.root, 'images/a-fox.jpg')))?.format, 'jpeg');
	});
});
