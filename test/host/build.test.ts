import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	CancellationTokenSource,
	commands,
	Position,
	Range,
	type TextDocument,
	Uri,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { sniff } from '../../src/image/sniff';
import { generate, parseResult, type Result } from './contract';
import { everyProvider } from './everyProvider';
import { closeEditors, filesBelow, folder, openNew, withSetting } from './workspace';

async function build(argument: object): Promise<Result> {
	return parseResult(await commands.executeCommand('limn.buildImages', { silent: true, ...argument }));
}

/** Everything of a document but what Limn notes. */
const withoutMade = (text: string): string => text.replace(/( \|)? made=[0-9a-f]{12}-[0-9a-f]{12}/g, '');

const exists = async (file: string): Promise<boolean> =>
	access(file).then(
		() => true,
		() => false,
	);

async function sha256(file: string): Promise<string> {
	return createHash('sha256')
		.update(await readFile(file))
		.digest('hex');
}

async function replace(document: TextDocument, from: string, to: string): Promise<void> {
	const at = document.getText().indexOf(from);
	assert.notEqual(at, -1, from);
	const edit = new WorkspaceEdit();
	edit.replace(document.uri, new Range(document.positionAt(at), document.positionAt(at + from.length)), to);
	assert.ok(await workspace.applyEdit(edit));
}

/** Where Limn keeps pictures itself: it says so of one that cannot be saved. */
async function keptFolder(): Promise<string> {
	await writeFile(path.join(folder(0), 'no-folder'), '');
	const { failures } = await generate({
		prompt: 'kept',
		model: 'sketch/placeholder',
		size: '16x16',
		folder: 'no-folder/below',
	});
	const [, kept = ''] = / kept at (.*)\.$/.exec(failures[0]?.message ?? '') ?? [];
	return path.dirname(kept);
}

const recipe = '<!-- limn: a fox in the snow | size=32x16 model=sketch/placeholder -->';

describe('building in folders', () => {
	afterEach(closeEditors);
	const { standInFor, set } = everyProvider();

	it('makes what is missing right where the document says, and notes what it was made of', async () => {
		const text = `# Fox\r\n\r\n${recipe}\r\n![A fox](pics/a%20fox.png)\r\n\r\nThe end.\r\n`;
		const document = await openNew('build/first.md', text);
		const { images, failures } = await build({ uri: document.uri });
		assert.deepEqual(failures, []);
		const file = path.join(folder(0), 'build/pics/a fox.png');
		assert.deepEqual(
			images.map(({ uri, prompt, model, width, height }) => [Uri.parse(uri).fsPath, prompt, model, width, height]),
			[[file, 'a fox in the snow', 'sketch/placeholder', 32, 16]],
		);
		const picture = (await sha256(file)).slice(0, 12);
		assert.match(document.getText(), new RegExp(`model=sketch/placeholder made=[0-9a-f]{12}-${picture} -->`));
		assert.equal(withoutMade(document.getText()), text);
		assert.equal(document.isDirty, false);
		assert.equal(await readFile(document.uri.fsPath, 'utf8'), document.getText());
		const again = await build({ uri: document.uri });
		assert.deepEqual([again.images, again.failures], [[], []]);
	});

	it('writes the format that the name asks for', async () => {
		const document = await openNew('build/format.md', `${recipe}\n![A fox](pics/fox.webp)\n`);
		await build({ uri: document.uri });
		const header = sniff(await readFile(path.join(folder(0), 'build/pics/fox.webp')));
		assert.equal(header?.format, 'webp');
	});

	it('makes a stale picture again in its place, and keeps the old one', async () => {
		const document = await openNew('build/stale.md', `${recipe}\n![A fox](stale.png)\n`);
		const file = path.join(folder(0), 'build/stale.png');
		const [first] = (await build({ uri: document.uri })).images;
		const old = await readFile(file);
		await replace(document, 'in the snow', 'in the rain');
		const [second] = (await build({ uri: document.uri, only: 'stale' })).images;
		assert.ok(first && second);
		assert.equal(Uri.parse(second.uri).fsPath, file);
		assert.notEqual(second.id, first.id);
		assert.equal((await sha256(file)).slice(0, 16), second.id);
		assert.deepEqual(await readFile(path.join(await keptFolder(), `${first.id}.png`)), old);
		const { images } = await build({ uri: document.uri });
		assert.deepEqual(images, []);
		assert.notDeepEqual(await readFile(file), old);
		assert.deepEqual(
			(await filesBelow(path.join(folder(0), 'build'))).filter((name) => name.startsWith('stale')),
			['stale.md', 'stale.png'],
		);
	});

	it('leaves a picture alone that somebody changed, however often it is asked', async () => {
		const document = await openNew('build/hand.md', `${recipe}\n![A fox](hand.png)\n`);
		await build({ uri: document.uri });
		const file = path.join(folder(0), 'build/hand.png');
		const mine = Buffer.concat([await readFile(file), Buffer.from('touched')]);
		await writeFile(file, mine);
		await replace(document, 'in the snow', 'in the rain');
		const before = document.getText();
		for (const only of [undefined, 'stale', 'all']) {
			const { images, failures } = await build({ uri: document.uri, ...(only && { only }) });
			assert.deepEqual(images, []);
			assert.deepEqual(
				failures.map(({ code, charged }) => [code, charged]),
				[['not-writable', 'no']],
			);
			assert.match(failures[0]?.message ?? '', /hand\.png/);
		}
		assert.deepEqual(await readFile(file), mine);
		assert.equal(document.getText(), before);
	});

	it('leaves a picture alone that no recipe made', async () => {
		const file = path.join(folder(0), 'build/photo.png');
		const document = await openNew('build/photo.md', `${recipe}\n![A photo](photo.png)\n`);
		await writeFile(file, 'mine');
		const { failures } = await build({ uri: document.uri });
		assert.deepEqual(
			failures.map(({ code }) => code),
			['not-writable'],
		);
		assert.equal(await readFile(file, 'utf8'), 'mine');
	});

	it('goes on where one picture cannot be made', async () => {
		const broken = recipe.replace('sketch/placeholder', 'sketch/nothing');
		const text = `${recipe}\n![1](on/1.png)\n\n${broken}\n![2](on/2.png)\n\n<!-- limn: owl | size=x -->\n![3](on/3.png)\n\n${recipe}\n![4](on/4.png)\n`;
		const document = await openNew('build/on.md', text);
		const { images, failures } = await build({ uri: document.uri });
		assert.deepEqual(images.map(({ uri }) => path.basename(uri)).toSorted(), ['1.png', '4.png']);
		assert.deepEqual(
			failures.map(({ code, message }) => [code, path.basename(message.split(':')[0] ?? '')].join(' ')).toSorted(),
			['bad-input 3.png', 'unsupported 2.png'],
		);
		assert.equal(document.getText().match(/made=/g)?.length, 2);
		assert.equal(withoutMade(document.getText()), text);
	});

	it('makes nothing that it could not note: a bar ends the cell of a table', async () => {
		const text = '| a | b |\n|---|---|\n| <!-- limn: a fox --> ![A fox](cell.png) | c |\n';
		const document = await openNew('build/cell.md', text);
		const { images, failures } = await build({ uri: document.uri });
		assert.deepEqual([images, failures.map(({ code }) => code)], [[], ['bad-input']]);
		assert.equal(document.getText(), text);
	});

	it('makes no picture twice: two recipes with one file are told', async () => {
		const text = `${recipe}\n![1](twice.png)\n\n${recipe.replace('fox', 'owl')}\n![2](./twice.png)\n`;
		const document = await openNew('build/twice.md', text);
		const { images, failures } = await build({ uri: document.uri });
		assert.deepEqual([images.length, failures.map(({ code }) => code)], [1, ['bad-input']]);
	});

	it('does nothing once it is cancelled', async () => {
		const text = `${recipe}\n![1](gone/1.png)\n\n${recipe}\n![2](gone/2.png)\n`;
		const document = await openNew('build/gone.md', text);
		const source = new CancellationTokenSource();
		source.cancel();
		const { images, failures } = await build({ uri: document.uri, token: source.token });
		assert.deepEqual([images, failures.map(({ code }) => code)], [[], ['cancelled']]);
		assert.equal(document.getText(), text);
		assert.equal(await exists(path.join(folder(0), 'build/gone')), false);
	});

	it('keeps what had arrived when it is cancelled in the middle, and begins nothing more', async () => {
		const emulator = await standInFor('openai');
		await set('network.maxConcurrentRequests', 1);
		const recipes = [1, 2, 3, 4].map(
			(n) => `<!-- limn: fox ${n} | model=openai/gpt-image-1-mini -->\n![${n}](mid/${n}.png)\n`,
		);
		const document = await openNew('build/mid.md', recipes.join('\n'));
		const source = new CancellationTokenSource();
		const listener = workspace.onDidChangeTextDocument((event) => {
			if (event.document === document) source.cancel();
		});
		const { images, failures } = await build({ uri: document.uri, token: source.token });
		listener.dispose();
		assert.ok(images.length >= 1 && images.length < 4, `${images.length}`);
		assert.ok(failures.every(({ code }) => code === 'cancelled'));
		assert.equal(images.length + failures.length, 4);
		assert.ok(emulator.requests.filter(({ method }) => method === 'POST').length < 4);
		assert.equal(document.getText().match(/made=/g)?.length, images.length);
	});

	it('pays for no picture that another build is making already', async () => {
		const emulator = await standInFor('openai');
		const document = await openNew(
			'build/both.md',
			`<!-- limn: a bear | model=openai/gpt-image-1-mini -->\n![A bear](both.png)\n`,
		);
		const results = await Promise.all([build({ uri: document.uri }), build({ uri: document.uri })]);
		assert.equal(results.flatMap(({ images }) => images).length, 1);
		assert.equal(emulator.requests.filter(({ method }) => method === 'POST').length, 1);
		assert.deepEqual((await build({ uri: document.uri })).images, []);
	});

	it('pays for no picture that another build has made while it waited', async () => {
		const emulator = await standInFor('openai');
		await set('network.maxConcurrentRequests', 1);
		const document = await openNew('build/waits.md', '<!-- limn: a bear | model=openai/gpt-image-2 -->\n');
		const results = await Promise.all([build({ uri: document.uri }), build({ uri: document.uri })]);
		assert.deepEqual(
			results.map(({ images, failures }) => [images.length, failures]),
			[
				[1, []],
				[0, []],
			],
		);
		assert.equal(emulator.requests.filter(({ method }) => method === 'POST').length, 1);
		assert.equal(document.getText().match(/made=/g)?.length, 1);
	});

	it('sends nothing where something stands in the place by then', async () => {
		const emulator = await standInFor('openai');
		await workspace.fs.createDirectory(Uri.file(path.join(folder(0), 'build/folder.png')));
		const document = await openNew(
			'build/taken.md',
			`<!-- limn: a bear | model=openai/gpt-image-1-mini -->\n![A bear](folder.png)\n`,
		);
		const { failures } = await build({ uri: document.uri });
		assert.deepEqual(
			failures.map(({ code }) => code),
			['not-writable'],
		);
		assert.equal(emulator.requests.filter(({ method }) => method === 'POST').length, 0);
	});

	it('asks a provider once for each picture, and a second time for none', async () => {
		const emulator = await standInFor('openai');
		const recipes = [1, 2, 3].map(
			(n) => `<!-- limn: owl ${n} | model=openai/gpt-image-1-mini -->\n![${n}](paid/${n}.png)\n`,
		);
		const document = await openNew('build/paid.md', recipes.join('\n'));
		const posts = () => emulator.requests.filter(({ method }) => method === 'POST').length;
		const { images, failures } = await build({ uri: document.uri });
		assert.deepEqual([images.length, failures, posts()], [3, [], 3]);
		assert.deepEqual(await build({ uri: document.uri }), { images: [], failures: [], warnings: [] });
		assert.equal(posts(), 3);
	});

	it('puts the reference below a recipe that has none', async () => {
		const document = await openNew('build/none.md', `Before.\n\n${recipe}\n\nAfter.\n`);
		const { images } = await build({ uri: document.uri });
		assert.equal(Uri.parse(images[0]?.uri ?? '').fsPath, path.join(folder(0), 'build/images/a-fox-in-the-snow.png'));
		const expected = `Before.\n\n${recipe}\n![A fox in the snow](images/a-fox-in-the-snow.png)\n\nAfter.\n`;
		assert.equal(withoutMade(document.getText()), expected);
		assert.deepEqual((await build({ uri: document.uri })).images, []);
	});

	it('writes a reference that it can read itself, and pays nothing a second time', async () => {
		const words = 'limn: a fox | size=32x16 model=sketch/placeholder';
		const tag = String.raw`\n<img src="images/[\w-]+\.png" alt="A fox" width="32" height="16">`;
		const own = String.raw`!\[A fox\]\(images/[\w-]+\.png\)`;
		const macro = String.raw`\nimage::images/[\w-]+\.png\[alt="A fox",width=32,height=16\]`;
		const documents: readonly (readonly [name: string, before: string, reference: string, after: string])[] = [
			['block.md', '<p align="center">\n<!-- ', ` -->${tag}`, '\n</p>\n'],
			['quote.md', '> text\n>\n> <!-- ', ` -->\n> ${own}`, '\n> more\n'],
			['text.md', 'text <!-- ', ` -->\n${own}`, ' more\n'],
			['template.md', '<!-- ', ` -->\n${own}`, '\n'],
			['line.adoc', 'text\n\n// ', macro, '\n'],
		];
		for (const [name, before, reference, after] of documents) {
			const comment = reference.startsWith(' -->') ? `${words} -->` : words;
			const document = await openNew(`build/seen/${name}`, before + comment + after);
			const templates = name === 'template.md' ? { markdown: '{{< figure src="${src}" >}}' } : {};
			await withSetting('insert.templates', templates, async () => {
				const { images, failures } = await build({ uri: document.uri });
				assert.deepEqual([images.length, failures], [1, []], name);
				const [start, end = ''] = withoutMade(document.getText()).split(words);
				assert.equal(start, before, name);
				assert.match(end, new RegExp(`^${reference}`), name);
				assert.ok(end.endsWith(after), name);
				assert.deepEqual(await build({ uri: document.uri }), { images: [], failures: [], warnings: [] }, name);
			});
		}
	});

	it('asks for no picture where there is no room for a reference to it', async () => {
		const emulator = await standInFor('openai');
		const words = 'limn: a fox | model=openai/gpt-image-1-mini';
		const documents: readonly (readonly [name: string, text: string, message: RegExp])[] = [
			['script.vue', `<script>\n// ${words}\n</script>\n`, /no room for a reference/],
			['cell.md', '| a | b |\n|---|---|\n| <!-- limn: a fox --> | c |\n', /no room for a reference/],
			['text.adoc', `text\n// ${words}\nmore text\n`, /no room for a reference/],
			['rule.css', `a {\n\t/* ${words} */\n}\n`, /Write url\(…\) below the recipe/],
			['rule.scss', `// ${words}\n`, /Write url\(…\) below the recipe/],
		];
		for (const [name, text, message] of documents) {
			const document = await openNew(`build/cramped/${name}`, text);
			const { images, failures } = await build({ uri: document.uri });
			assert.deepEqual(
				[images, failures.map(({ code, charged }) => [code, charged])],
				[[], [['bad-input', 'no']]],
				name,
			);
			assert.match(failures[0]?.message ?? '', message, name);
			assert.equal(document.getText(), text);
		}
		assert.deepEqual(
			emulator.requests.filter(({ method }) => method === 'POST'),
			[],
		);
	});

	it('makes no picture again whose reference is lost', async () => {
		const document = await openNew('build/lost.md', `${recipe}\n`);
		await build({ uri: document.uri });
		await replace(document, '\n![A fox in the snow](images/', '\nSee `images/');
		const before = document.getText();
		const { images, failures } = await build({ uri: document.uri });
		assert.deepEqual([images, failures.map(({ code, charged }) => [code, charged])], [[], [['bad-input', 'no']]]);
		assert.match(failures[0]?.message ?? '', /Its picture was made/);
		assert.equal(document.getText(), before);
		await replace(document, 'in the snow', 'in the rain');
		assert.equal((await build({ uri: document.uri })).images.length, 1);
	});

	it('leaves a document unsaved that has unsaved changes', async () => {
		const document = await openNew('build/dirty.md', `${recipe}\n![A fox](dirty.png)\n`);
		await replace(document, 'A fox', 'Two foxes');
		await build({ uri: document.uri });
		assert.equal(document.isDirty, true);
		assert.match(document.getText(), /made=/);
	});

	it('leaves the picture there when its note is undone', async () => {
		const text = `${recipe}\n![A fox](undone.png)\n`;
		const document = await openNew('build/undone.md', text);
		await build({ uri: document.uri });
		await window.showTextDocument(document);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), text);
		assert.ok(await exists(path.join(folder(0), 'build/undone.png')));
	});

	it('builds the whole workspace, notebooks and files that nobody has opened too', async () => {
		const base = path.join(folder(0), 'site a b#ü');
		const notebook = {
			cells: [
				{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['print(1)'] },
				{ cell_type: 'markdown', metadata: {}, source: ['# Title\n', '\n', `${recipe}\n`, '![A fox](n.png)'] },
			],
			metadata: {},
			nbformat: 4,
			nbformat_minor: 5,
		};
		const files = {
			'a.md': `${recipe}\n![A fox](all/a.png)\n`,
			'deep/b.adoc': '// limn: an owl | size=32x16 model=sketch/placeholder\nimage::../all/b.png[An owl]\n',
			'deep/c.tex': '% limn: a hare,\n% at dusk | size=32x16 model=sketch/placeholder\n\\includegraphics{c.png}\n',
			'n.ipynb': JSON.stringify(notebook, undefined, 1),
		};
		for (const [name, text] of Object.entries(files)) {
			await workspace.fs.writeFile(Uri.file(path.join(base, name)), Buffer.from(text));
		}
		const { images, failures } = await build({ scope: 'workspace', only: 'missing' });
		const own = images
			.map(({ uri }) => path.relative(base, Uri.parse(uri).fsPath))
			.filter((name) => !name.startsWith('..'));
		assert.deepEqual(own.toSorted(), ['all/a.png', 'all/b.png', 'deep/c.png', 'n.png']);
		assert.deepEqual(
			failures.filter(({ message }) => message.includes('site a b')),
			[],
		);
		for (const [name, text] of Object.entries(files)) {
			const written = await readFile(path.join(base, name), 'utf8');
			assert.match(written, /made=[0-9a-f]{12}-[0-9a-f]{12}/, name);
			assert.equal(withoutMade(written), text);
		}
		await rm(base, { recursive: true });
	});

	it('refuses what it does not understand', async () => {
		for (const argument of [
			{ scope: 'project' },
			{ only: 'new' },
			{ files: [] },
			{ uri: 7 },
			{ uri: 'no/such/file.md' },
		]) {
			const { images, failures } = await build(argument);
			assert.deepEqual([images, failures.map(({ code }) => code)], [[], ['bad-input']], JSON.stringify(argument));
		}
	});

	it('asks which pictures by hand: a list with prices, and nothing happens to who leaves it', async () => {
		const document = await openNew('build/hand-list.md', `${recipe}\n![A fox](list.png)\n`);
		const running = commands.executeCommand('limn.buildImages');
		await commands.executeCommand('workbench.action.closeQuickOpen');
		const answer = { left: false };
		const ended = running.then((value) => {
			answer.left = true;
			return value;
		});
		// The list comes up in its time; until then there is nothing to close.
		while (!answer.left) await commands.executeCommand('workbench.action.closeQuickOpen');
		assert.equal(await ended, undefined);
		assert.equal(await exists(path.join(folder(0), 'build/list.png')), false);
		assert.equal(document.isDirty, false);
	});

	it('obeys the switch of a folder’s settings for what documents show', async () => {
		const document = await openNew('build/lens.md', `${recipe}\n![A fox](lens.png)\n`);
		const lenses = async () =>
			(
				await commands.executeCommand<{ command?: { title: string } }[]>(
					'vscode.executeCodeLensProvider',
					document.uri,
					10,
				)
			).map(({ command }) => command?.title);
		// Where no test before it has used Limn, it is still being loaded.
		await commands.executeCommand('limn.checkImages', { silent: true, uri: document.uri });
		assert.deepEqual(await lenses(), ['Generate · free']);
		await withSetting('codeLens.enabled', false, async () => assert.deepEqual(await lenses(), []));
		await build({ uri: document.uri });
		assert.deepEqual(await lenses(), ['Regenerate · free', 'Variations…']);
		await replace(document, 'in the snow', 'in the rain');
		assert.deepEqual(await lenses(), ['Stale: prompt changed', 'Regenerate · free', 'Keep as It Is', 'Variations…']);
		assert.equal(document.positionAt(0).isEqual(new Position(0, 0)), true);
	});
});
