import assert from 'node:assert/strict';
import { readlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { decode } from 'fast-png';
import { CancellationTokenSource, commands, ConfigurationTarget, Uri, window, workspace } from 'vscode';
import { sniff } from '../../src/image/sniff';
import { generate, parseResult } from './contract';
import { bytesOf, closeEditors, filesBelow, folder, openNew, withSetting } from './workspace';

describe('limn.generate in folders', () => {
	afterEach(closeEditors);

	it('saves a picture beside the document and says everything about it', async () => {
		await openNew('guide/first.md', '# Guide\n');
		const { images, failures, warnings, cost } = await generate({ prompt: 'A lighthouse, at dawn!' });
		assert.deepEqual(failures, []);
		assert.deepEqual(warnings, []);
		assert.deepEqual(cost, { usd: 0, estimated: false });
		const [image] = images;
		assert.ok(image);
		assert.equal(Uri.parse(image.uri).fsPath, path.join(folder(0), 'guide/images/a-lighthouse-at-dawn.png'));
		assert.deepEqual(
			[image.operation, image.model, image.prompt, image.mimeType, image.seed, image.costUsd],
			['generate', 'sketch/placeholder', 'A lighthouse, at dawn!', 'image/png', '0', 0],
		);
		const { width, height } = decode(await bytesOf(image));
		assert.deepEqual([width, height, image.width, image.height], [1024, 1024, 1024, 1024]);
	});

	it('gives the same bytes for the same prompt, size and seed, under a name of its own', async () => {
		const wish = { prompt: 'same', size: '64x48', options: { seed: 7 }, folder: 'same' };
		const { images: first } = await generate(wish);
		const { images: second } = await generate(wish);
		assert.ok(first[0] && second[0]);
		assert.deepEqual(await bytesOf(first[0]), await bytesOf(second[0]));
		assert.equal(first[0].id, second[0].id);
		assert.deepEqual(await filesBelow(path.join(folder(0), 'same')), ['same-1.png', 'same.png']);
	});

	it('saves several in order', async () => {
		const { images } = await generate({ prompt: 'order', n: 20, size: '16x16', folder: 'order' });
		assert.deepEqual(
			images.map(({ seed }) => seed),
			Array.from({ length: 20 }, (_, index) => `${index}`),
		);
		assert.ok(images.every(({ uri }, index) => uri.endsWith(index === 0 ? '/order.png' : `/order-${index}.png`)));
	});

	it('makes several that differ, and any of them again by its seed', async () => {
		const { images } = await generate({ prompt: 'many', n: 5, size: '64x64', folder: 'many' });
		assert.equal(new Set(images.map(({ id }) => id)).size, 5);
		const third = images.find(({ seed }) => seed === '2');
		const { images: again } = await generate({ prompt: 'many', size: '64x64', folder: 'many', options: { seed: '2' } });
		assert.equal(again[0]?.id, third?.id);
	});

	it('writes the format that is asked for, whoever asks', async () => {
		const { images: jpeg } = await generate({ prompt: 'f', size: '32x32', folder: 'f', format: 'jpeg' });
		const { images: named } = await generate({ prompt: 'f', size: '32x32', folder: 'f', fileName: 'named.webp' });
		const { images: set } = await withSetting('output.format', 'webp', async () =>
			generate({ prompt: 'set', size: '32x32', folder: 'f' }),
		);
		assert.deepEqual(await filesBelow(path.join(folder(0), 'f')), ['f.jpg', 'named.webp', 'set.webp']);
		for (const [image] of [jpeg, named, set]) {
			assert.ok(image);
			const header = sniff(await bytesOf(image));
			assert.equal(`image/${header?.format}`, image.mimeType);
		}
	});

	it('fills the variables of folder and file name in', async () => {
		await openNew('guide/vars.md', '');
		const { images } = await generate({
			prompt: 'v',
			size: '40x30',
			options: { seed: 3 },
			folder: '${documentFolder}/pics/${provider}',
			fileName: '${documentBaseName}_${model}_${width}x${height}_${seed}_${index}',
		});
		const [image] = images;
		assert.ok(image);
		const expected = 'guide/pics/sketch/vars_placeholder_40x30_3_1.png';
		assert.equal(path.relative(folder(0), Uri.parse(image.uri).fsPath), expected);
	});

	it('puts a relative folder below the document’s own workspace folder', async () => {
		await openNew('notes/deep/x.md', '', folder(1));
		const { images } = await generate({ prompt: 'second', size: '16x16', folder: 'pics' });
		assert.equal(Uri.parse(images[0]?.uri ?? '').fsPath, path.join(folder(1), 'pics/second.png'));
	});

	it('has the settings of the folder that it saves in, without a document too', async () => {
		const settings = workspace.getConfiguration('limn', Uri.file(folder(0)));
		await settings.update('output.format', 'webp', ConfigurationTarget.WorkspaceFolder);
		try {
			const { images } = await generate({ prompt: 'of the folder', size: '16x16', folder: 'settings' });
			assert.equal(images[0]?.mimeType, 'image/webp');
		} finally {
			await settings.update('output.format', undefined, ConfigurationTarget.WorkspaceFolder);
		}
	});

	it('takes a ratio', async () => {
		const { images } = await generate({ prompt: 'r', size: '16:9', folder: 'r' });
		assert.deepEqual([images[0]?.width, images[0]?.height], [1360, 765]);
	});

	it('never overwrites, not even a file that no picture is', async () => {
		const file = path.join(folder(0), 'taken.png');
		await writeFile(file, 'mine');
		const { images } = await generate({ prompt: 'taken', size: '16x16', folder: '.' });
		assert.equal(path.basename(Uri.parse(images[0]?.uri ?? '').fsPath), 'taken-1.png');
		assert.equal((await bytesOf({ uri: Uri.file(file).toString() })).toString(), 'mine');
	});

	it('keeps what has arrived when it is cancelled, and counts the rest', async () => {
		const source = new CancellationTokenSource();
		const running = generate({ prompt: 'cancelled', n: 30, size: '512x512', folder: 'cancelled', token: source.token });
		await firstFileIn(path.join(folder(0), 'cancelled'));
		source.cancel();
		const { images, failures } = await running;
		assert.equal(images.length + failures.length, 30);
		assert.ok(images.length > 0 && images.length < 30, `${images.length} images`);
		assert.ok(failures.every(({ code, charged }) => code === 'cancelled' && charged === 'no'));
		const files = await filesBelow(path.join(folder(0), 'cancelled'));
		assert.equal(files.length, images.length, files.join());
	});

	it('does nothing when it is cancelled before it began', async () => {
		const source = new CancellationTokenSource();
		source.cancel();
		const { images, failures } = await generate({ prompt: 'never', n: 3, folder: 'never', token: source.token });
		assert.deepEqual([images.length, failures.map(({ code }) => code)], [0, ['cancelled', 'cancelled', 'cancelled']]);
	});
});

describe('bad input to limn.generate in folders', () => {
	const bad: readonly [what: string, argument: Readonly<Record<string, unknown>>, says: RegExp][] = [
		['an empty prompt', { prompt: '' }, /prompt/],
		['a blank prompt', { prompt: ' \n\t', n: 3 }, /prompt/],
		['no prompt', {}, /prompt/],
		['a prompt over the limit', { prompt: 'x'.repeat(4001) }, /4001.*4000/],
		['n = 0', { n: 0 }, /1 to 100/],
		['n = 101', { n: 101 }, /1 to 100/],
		['n = 1.5', { n: 1.5 }, /1 to 100/],
		['n = "2"', { n: '2' }, /1 to 100/],
		['size 10x', { size: '10x' }, /1024x1024/],
		['size 0x0', { size: '0x0' }, /1024x1024/],
		['size 99999x1', { size: '99999x1' }, /16 to 4096/],
		['a ratio too steep', { size: '1:300' }, /16 to 4096/],
		['no model name', { model: 'dall-e' }, /provider\/model/],
		['an unknown provider', { model: 'nobody/anything' }, /nobody.*sketch/],
		['an unknown model', { model: 'sketch/nothing' }, /sketch\/nothing.*sketch\/placeholder/],
		['an unknown key', { sise: '10x10' }, /sise.*size/],
		['an unknown format', { format: 'bmp' }, /png, jpeg, webp/],
		['a style that there is not', { options: { style: 'cubism' } }, /style.*horizon/],
		['a seed that is none', { options: { seed: -1 } }, /seed/],
		['an invisible prompt', { prompt: '\u200b\u00ad' }, /prompt/],
		['a token that is none', { token: { isCancellationRequested: false } }, /token/],
		['the folder of Git', { folder: '.git/hooks' }, /saves nothing in \.git/],
		['a folder with a line break', { folder: 'a\nb' }, /saves nothing in/],
		['a folder outside', { folder: '../outside' }, /outside the workspace/],
		['a folder outside, absolute', { folder: '/etc' }, /outside the workspace/],
		['a home folder', { folder: '~/pictures' }, /outside the workspace/],
		['a folder behind a link', { folder: 'leads-out/sub' }, /leads out/],
		['a link as a folder', { folder: 'leads-out' }, /leads out/],
		['a name outside', { fileName: '../../outside/x' }, /outside the workspace/],
		['an absolute name', { fileName: '/elsewhere/x' }, /outside the workspace/],
		['a variable of folders in a name', { fileName: '${workspaceFolder}x' }, /Available: \$\{documentBaseName\}/],
		['an unknown variable', { fileName: '${nothing}' }, /\$\{nothing\}.*\$\{slug\}/],
		['an unknown document', { insert: { uri: 'no/such.md', line: 0, character: 0 } }, /no\/such\.md/],
		['a line below zero', { insert: { uri: 'README.md', line: -1, character: 0 } }, /insert/],
	];

	for (const [what, argument, says] of bad) {
		it(`refuses ${what}`, async () => {
			const [before, outside] = [await filesBelow(folder(0)), path.join(path.dirname(folder(0)), 'outside')];
			const { images, failures } = await generate({ ...(what !== 'no prompt' && { prompt: 'bad' }), ...argument });
			assert.deepEqual(images, []);
			const [failure] = failures;
			assert.ok(failure);
			assert.ok(['bad-input', 'unsupported'].includes(failure.code), failure.code);
			assert.match(failure.message, says);
			assert.equal(failure.charged, 'no');
			const n = typeof argument['n'] === 'number' && Number.isInteger(argument['n']) ? argument['n'] : 1;
			assert.ok(n > 100 || failures.length >= n, `${failures.length} failures`);
			assert.deepEqual(await filesBelow(folder(0)), before, 'nothing is written');
			assert.deepEqual(await filesBelow(outside), []);
		});
	}

	it('leaves an option out that the model does not take, and says so', async () => {
		const { images, warnings } = await generate({
			prompt: 'w',
			size: '16x16',
			folder: 'w',
			options: { quality: 'hd' },
		});
		assert.equal(images.length, 1);
		assert.match(warnings.join(), /quality.*style, seed/);
	});

	it('refuses what is no argument object, and does not wait for anybody', async () => {
		for (const argument of [null, [], 'a prompt', 7, { prompt: 'x', silent: 'yes' }]) {
			const { failures } = parseResult(await commands.executeCommand('limn.generate', argument));
			assert.deepEqual(
				failures.map(({ code }) => code),
				['bad-input'],
				JSON.stringify(argument),
			);
		}
	});

	it('refuses an address that is no folder of the workspace', async () => {
		for (const uri of [
			Uri.file(os.tmpdir()),
			Uri.file(path.join(folder(0), 'README.md')),
			Uri.file('/no/such/folder'),
		]) {
			const { failures } = parseResult(await commands.executeCommand('limn.generate', uri));
			assert.deepEqual(
				failures.map(({ code }) => code),
				['bad-input'],
				uri.path,
			);
		}
	});

	it('has the link in place that it refuses', async () => {
		assert.equal(await readlink(path.join(folder(0), 'leads-out')), '../outside');
		assert.equal(window.activeTextEditor, undefined);
	});
});

/** Resolves when the folder has a finished picture. */
async function firstFileIn(base: string): Promise<void> {
	for (;;) {
		const files = await filesBelow(base).catch(() => []);
		if (files.some((file) => file.endsWith('.png'))) return;
		await new Promise((resolve) => setImmediate(resolve));
	}
}
