import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { fromMarkdown } from 'mdast-util-from-markdown';
import {
	CancellationTokenSource,
	commands,
	type Disposable,
	type Hover,
	languages,
	MarkdownString,
	Position,
	type TextDocument,
	Uri,
	workspace,
} from 'vscode';
import type { PaintedMask } from '../../src/canvas/paintedMask';
import { PictureHover } from '../../src/host/features/hover';
import { KnownPictures } from '../../src/host/features/knownPictures';
import { regenerate } from '../../src/host/features/regenerate';
import type { OrderDraft } from '../../src/host/orders';
import { digest } from '../../src/generation/slices';
import type { WishDraft } from '../../src/host/wish';
import type { HistoryEntry } from '../../src/store/history';
import { Project } from '../../src/workspace/project';
import { jpegOf } from '../unit/image/rawJpeg';
import { call, generate } from './contract';
import { MemoryFiles, memoryScheme, memoryUri } from './memoryFiles';
import { idOf, saveFile, savePhoto } from './photos';
import { bytesOf, closeEditors, openNew, withSetting } from './workspace';

const never = new CancellationTokenSource().token;

/** A history that has these entries, and counts how often it is asked. */
class Remembered {
	asked = 0;
	constructor(readonly entries: readonly HistoryEntry[] = []) {}

	async find(id: string): Promise<HistoryEntry | undefined> {
		this.asked++;
		return this.entries.find((entry) => entry.id === id);
	}
}

function hoverWith(history = new Remembered()): PictureHover {
	const project = new Project({ digest, siteRootsFor: () => ['static'] });
	const surveys = { of: async (document: TextDocument) => project.surveyOf(document) };
	const log = { error: (fault: unknown) => assert.fail(String(fault)) };
	return new PictureHover({ surveys, pictures: new KnownPictures({ history }), log });
}

/** What the hover says over the first occurrence of some words. */
async function textOver(document: TextDocument, words: string, hover = hoverWith()): Promise<string | undefined> {
	const found = await hover.provideHover(document, document.positionAt(document.getText().indexOf(words) + 1), never);
	return found && textOf(found);
}

function textOf({ contents }: Hover): string {
	const [content] = contents;
	assert.ok(contents.length === 1 && content instanceof MarkdownString);
	return content.value;
}

interface Seen {
	readonly pictures: readonly string[];
	readonly paragraphs: readonly string[];
	readonly links: readonly { readonly title: string; readonly command: string; readonly argument: unknown }[];
}

/** As somebody else's parser sees it; nothing but texts, pictures and links may be there. */
function seen(markdown: string | undefined): Seen {
	const pictures: string[] = [];
	const paragraphs: string[] = [];
	const links: Seen['links'][number][] = [];
	for (const block of fromMarkdown(markdown ?? '').children) {
		assert.ok(block.type === 'paragraph', block.type);
		const words: string[] = [];
		for (const node of block.children) {
			if (node.type === 'image') pictures.push(node.url);
			else if (node.type === 'link') links.push(linkOf(node.url, node.children[0]));
			else {
				assert.ok(node.type === 'text', `${node.type} in ${markdown}`);
				words.push(node.value);
			}
		}
		if (block.children.every(({ type }) => type === 'text')) paragraphs.push(words.join(''));
	}
	return { pictures, paragraphs, links };
}

/** The editor decodes twice before it calls. */
function linkOf(url: string, title: { readonly type: string; readonly value?: string } | undefined) {
	const [, command = '', query = ''] = /^command:([\w.]+)\?(.*)$/.exec(url) ?? [];
	const values: unknown = JSON.parse(decodeURIComponent(decodeURIComponent(query)));
	assert.ok(Array.isArray(values) && values.length === 1, url);
	return { title: title?.value ?? '', command, argument: values[0] as unknown };
}

function titles(markdown: string | undefined): string[] {
	return seen(markdown).links.map(({ title }) => title);
}

describe('a picture’s hover in folders', () => {
	afterEach(closeEditors);

	it('shows the picture, the prompt, the model, the pixels, the size and what can be done', async () => {
		const { images } = await generate({
			prompt: 'a fox in snow',
			size: '640x480',
			folder: 'hover (1)',
			fileName: 'fox',
		});
		const uri = Uri.parse(images[0]?.uri ?? '');
		const document = await openNew('hover (1)/doc.md', 'Text.\n\n![A fox](fox.png) and more\n');
		const { pictures, paragraphs, links } = seen(await textOver(document, '![A fox'));
		assert.deepEqual(pictures, [`${uri.toString()}|width=160,height=120`]);
		const size = (await bytesOf({ uri: uri.toString() })).length;
		assert.equal(paragraphs[0], 'a fox in snow');
		assert.equal(paragraphs[1], `sketch/placeholder · 640 × 480 · ${(size / 1024).toFixed(1)} KB`);
		const image = { image: uri.toString() };
		assert.deepEqual(links, [
			{ title: 'Edit…', command: 'limn.picture.edit', argument: image },
			{ title: 'Vary…', command: 'limn.picture.vary', argument: image },
			{ title: 'Regenerate…', command: 'limn.picture.regenerate', argument: image },
			{ title: 'Show Recipe', command: 'limn.showRecipe', argument: image },
		]);
	});

	it('is what the editor shows, with commands that may be called and no others', async () => {
		await savePhoto('hover/shown.png', { width: 64, height: 64 });
		const document = await openNew('hover/shown.md', '![shown](shown.png)\n');
		const registered = languages.registerHoverProvider({ language: 'markdown' }, hoverWith());
		try {
			const position = new Position(0, 3);
			const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
			const own = hovers.flatMap(({ contents, range }) =>
				contents.flatMap((content) =>
					content instanceof MarkdownString && content.isTrusted ? [{ content, range }] : [],
				),
			);
			assert.ok(own[0]);
			assert.match(own[0].content.value, /64 × 64/);
			assert.equal(own[0].content.supportHtml ?? false, false);
			assert.ok(own[0].range?.isEqual(document.validateRange(document.lineAt(0).range)));
			const { isTrusted } = own[0].content;
			assert.ok(typeof isTrusted === 'object' && isTrusted.enabledCommands.every((id) => id.startsWith('limn.')));
		} finally {
			registered.dispose();
		}
	});

	it('says what a picture cost, and what it was made of, when only the history knows', async () => {
		const uri = await savePhoto('hover/paid.png', { width: 80, height: 60 });
		const entry = {
			id: await idOf(uri),
			uri: uri.toString(),
			saved: '2026-11-21T00:00:00Z',
			costUsd: 0.05,
			operation: 'generate',
			prompt: 'paid for',
			model: 'openai/gpt-image-2',
			options: {},
		} as const;
		const document = await openNew('hover/paid.md', '![x](paid.png)');
		const { paragraphs } = seen(await textOver(document, '![x', hoverWith(new Remembered([entry]))));
		assert.equal(paragraphs[0], 'paid for');
		assert.match(paragraphs[1] ?? '', /^openai\/gpt-image-2 · 80 × 60 · [\d.]+ KB · \$0\.05$/);
	});

	const hostile = [
		'](command:workbench.action.quit)',
		'[now](command:workbench.action.quit)',
		'<img src=x onerror=alert(1)>',
		'`code` ```block``` **bold**',
		'one\r\n\r\n# two\n\n---\n- three',
		'&lt;b&gt; &#91;x&#93; https://example.com',
	];
	for (const prompt of hostile) {
		it(`shows a prompt as text: ${JSON.stringify(prompt)}`, async () => {
			await generate({
				prompt,
				size: '64x64',
				folder: 'hover',
				fileName: 'hostile-${seed}',
				options: { seed: prompt.length },
			});
			const document = await openNew(`hover/hostile-${prompt.length}.md`, `![x](hostile-${prompt.length}.png)`);
			const { paragraphs, links, pictures } = seen(await textOver(document, '![x'));
			assert.equal(paragraphs[0], prompt.replace(/\s+/g, ' '));
			assert.deepEqual([links.length, pictures.length], [4, 1]);
		});
	}

	it('shows the prompt that the picture was made of, not the one that its recipe has now', async () => {
		await generate({ prompt: 'a fox in snow', size: '64x64', folder: 'hover', fileName: 'stale' });
		const document = await openNew('hover/stale.md', '<!-- limn: a hen -->\n![x](stale.png)\n');
		assert.equal(seen(await textOver(document, '![x')).paragraphs[0], 'a fox in snow');
		await savePhoto('hover/plain.png', { width: 64, height: 64 });
		const plain = await openNew('hover/plain.md', '<!-- limn: a hen -->\n![x](plain.png)\n');
		assert.equal(seen(await textOver(plain, '![x')).paragraphs[0], 'a hen');
	});

	it('folds a long prompt', async () => {
		await generate({ prompt: 'word '.repeat(200), size: '64x64', folder: 'hover', fileName: 'long' });
		const document = await openNew('hover/long.md', '![x](long.png)');
		assert.equal(seen(await textOver(document, '![x')).paragraphs[0], `${'word '.repeat(60).trim()}…`);
	});

	it('shows the recipe of the document, and regenerates from it', async () => {
		await savePhoto('hover/recipe.png', { width: 64, height: 64 });
		const text = '# Fox\n\n<!-- limn: a fox <b>at</b> dawn | size=64x64 -->\n![x](recipe.png)\n';
		const document = await openNew('hover/recipe.md', text);
		const { paragraphs, links } = seen(await textOver(document, '![x'));
		assert.equal(paragraphs[0], 'a fox <b>at</b> dawn');
		assert.deepEqual(links[2], {
			title: 'Regenerate',
			command: 'limn.picture.generate',
			argument: { uri: document.uri.toString(), offset: 7 },
		});
		assert.equal(links.length, 3);
	});

	it('says that a picture is not there, and offers to make it', async () => {
		const text =
			'![a [fox]](none.png)\n\n![](nothing.png)\n\n![logo](logo.svg)\n\n<!-- limn: a hen -->\n![](hen.png)\n';
		const document = await openNew('hover/missing.md', text);
		const link = seen(await textOver(document, '![a'));
		assert.match(link.paragraphs[0] ?? '', /^There is no picture .*hover\/none\.png\.$/);
		const place = (words: string) => ({ uri: document.uri.toString(), offset: text.indexOf(words) });
		const generateAt = (words: string) => [
			{ title: 'Generate', command: 'limn.picture.generate', argument: place(words) },
		];
		assert.deepEqual(link.links, generateAt('![a'));
		assert.deepEqual(titles(await textOver(document, '![](nothing')), [], 'nobody says what it shows');
		assert.deepEqual(titles(await textOver(document, '![logo')), [], 'no picture that can be made');
		assert.deepEqual(seen(await textOver(document, '![](hen')).links, generateAt('<!-- limn: a hen'));
	});

	it('says nothing elsewhere, and nothing of what is not in the project', async () => {
		const text =
			'words\n\n![web](https://example.com/x.png)\n\n![data](data:image/png;base64,AA)\n\n`![code](x.png)`\n';
		const document = await openNew('hover/elsewhere.md', text);
		for (const words of ['words', '![web', '![data', '![code'])
			assert.equal(await textOver(document, words), undefined);
	});

	it('bears files that are broken, empty or folders', async () => {
		const whole = await workspace.fs.readFile(await savePhoto('hover/whole.png', { width: 64, height: 64 }));
		await saveFile('hover/empty.png', new Uint8Array());
		await saveFile('hover/cut.png', whole.subarray(0, 100));
		await saveFile('hover/noise.webp', Buffer.from('RIFFxxxxWEBPVP8 noise'));
		await saveFile('hover/drawing.svg', Buffer.from('<svg/>'));
		await saveFile('hover/folder.png/x.txt', Buffer.from('x'));
		const names = ['empty.png', 'cut.png', 'noise.webp', 'drawing.svg', 'folder.png'];
		const document = await openNew('hover/broken.md', names.map((name) => `![x](${name})\n\n`).join(''));
		const said = async (name: string) => textOver(document, `](${name}`);
		assert.match(seen(await said('empty.png')).paragraphs[0] ?? '', /empty\.png is damaged, or no picture\. 0 B$/);
		assert.match(seen(await said('noise.webp')).paragraphs[0] ?? '', /is damaged, or no picture/);
		assert.deepEqual(titles(await said('cut.png')), [], 'what is cut off cannot be changed');
		assert.equal(await said('drawing.svg'), undefined);
		assert.match((await said('folder.png')) ?? '', /There is no picture/);
	});

	it('offers no change of a picture for print', async () => {
		await saveFile('hover/print.jpg', jpegOf({ width: 16, height: 8, components: 4 }));
		const document = await openNew('hover/print.md', '![x](print.jpg)');
		const text = await textOver(document, '![x');
		assert.match(seen(text).paragraphs[0] ?? '', /^16 × 8 · /);
		assert.deepEqual(titles(text), []);
	});

	it('reads no more than the head of a huge file, and does not show it', async () => {
		const uri = await savePhoto('hover/huge.png', { width: 64, height: 32 });
		const file = await open(uri.fsPath, 'r+');
		await file.truncate(300 * 1024 * 1024);
		await file.close();
		const document = await openNew('hover/huge.md', '![x](huge.png)');
		const history = new Remembered();
		const { pictures, paragraphs } = seen(await textOver(document, '![x', hoverWith(history)));
		assert.deepEqual([pictures, paragraphs, history.asked], [[], ['64 × 32 · 300.0 MB'], 0]);
		await workspace.fs.delete(uri);
	});

	it('leaves the picture to the editor where that shows it already', async () => {
		await savePhoto('hover/twice.png', { width: 64, height: 64 });
		const document = await openNew('hover/twice.md', '![x](twice.png) ![x](/second.png)');
		assert.equal(seen(await textOver(document, '![x')).pictures.length, 1);
		assert.equal(seen(await textOver(document, 'twice.png')).pictures.length, 0);
		const html = await openNew('hover/twice.html', '<img src="twice.png" alt="x">');
		assert.equal(seen(await textOver(html, 'twice.png')).pictures.length, 1);
	});

	it('knows the pictures of a document that was never saved', async () => {
		const uri = await savePhoto('hover/untitled.png', { width: 64, height: 64 });
		const content = '![x](hover/untitled.png)';
		const document = await workspace.openTextDocument({ language: 'markdown', content });
		assert.deepEqual(seen(await textOver(document, '![x')).pictures, [`${uri.toString()}|width=64,height=64`]);
	});

	it('says nothing to somebody who has gone on, and logs its own faults only', async () => {
		await savePhoto('hover/gone.png', { width: 64, height: 64 });
		const document = await openNew('hover/gone.md', '![x](gone.png)');
		const source = new CancellationTokenSource();
		source.cancel();
		assert.equal(await hoverWith().provideHover(document, new Position(0, 1), source.token), undefined);
		const faults: unknown[] = [];
		const broken = new PictureHover({
			surveys: { of: async () => Promise.reject(new Error('broken')) },
			pictures: new KnownPictures({ history: new Remembered() }),
			log: { error: (fault) => faults.push(fault) },
		});
		assert.equal(await broken.provideHover(document, new Position(0, 1), never), undefined);
		assert.match(String(faults), /broken/);
	});
});

const unwanted = async () => assert.fail('the person is asked something else');

/** What the person is asked to complete. */
async function askedFor(image: Uri, history = new Remembered()): Promise<OrderDraft> {
	const drafts: OrderDraft[] = [];
	const ask = async (draft: OrderDraft) => void drafts.push(draft);
	const pictures = new KnownPictures({ history });
	await regenerate(image, { orders: { ask }, pictures, history, check: unwanted });
	const [draft] = drafts;
	assert.ok(draft && drafts.length === 1);
	return draft;
}

/** What is put on the canvas, and the reason that the person is told. */
async function checked(image: Uri, history: Remembered): Promise<readonly [wish: WishDraft, why: string]> {
	const checks: (readonly [wish: WishDraft, why: string])[] = [];
	const check = async (wish: WishDraft, why: string) => void checks.push([wish, why]);
	const pictures = new KnownPictures({ history });
	assert.equal(await regenerate(image, { orders: { ask: unwanted }, pictures, history, check }), undefined);
	return checks[0] ?? assert.fail('nothing is asked');
}

describe('regenerating a picture in folders', () => {
	afterEach(closeEditors);

	it('asks for the same prompt, model and pixels, and puts the picture beside the old one', async () => {
		const wanted = { prompt: 'once more', size: '96x64', options: { seed: 7 }, folder: 'again/pics' };
		const { images } = await generate(wanted);
		const image = Uri.parse(images[0]?.uri ?? '');
		const { wish, insert, silent } = await askedFor(image);
		assert.deepEqual([wish.prompt, wish.model, wish.n], ['once more', 'sketch/placeholder', 1]);
		assert.deepEqual(wish.size, { kind: 'pixels', size: { width: 96, height: 64 } });
		assert.deepEqual([wish.folder, wish.document?.toString()], ['${documentFolder}', image.toString()]);
		assert.equal(wish.destination?.documentFolder, Uri.joinPath(image, '..').path);
		assert.deepEqual([insert, silent, wish.change], [undefined, false, undefined]);
		const set = await withSetting('output.folder', 'media', async () => askedFor(image));
		assert.equal(set.wish.folder, undefined, 'the settings say where pictures go');
	});

	it('changes the same picture again, as long as it is there', async () => {
		const source = await savePhoto('again/source.png', { width: 64, height: 64 });
		const { images } = await call('limn.vary', { image: source, strength: 'strong', model: 'sketch/placeholder' });
		const varied = Uri.parse(images[0]?.uri ?? '');
		const made = { saved: '', operation: 'generate', prompt: '', model: 'sketch/placeholder', options: {} } as const;
		const history = new Remembered([{ ...made, id: await idOf(source), uri: source.toString() }]);
		const { wish } = await askedFor(varied, history);
		assert.ok(wish.change?.operation === 'vary');
		assert.deepEqual([wish.change.strength, wish.change.image.toString()], ['strong', source.toString()]);
		assert.equal(wish.size, undefined);
		await savePhoto('again/source.png', { width: 65, height: 64 });
		assert.equal((await askedFor(varied, history)).wish.change, undefined, 'another picture is there now');
		assert.equal((await askedFor(varied)).wish.change, undefined, 'nobody knows the other one');
	});

	it('paints over what was painted over; where that is not known, has it checked first', async () => {
		const image = await savePhoto('again/painted.png', { width: 64, height: 64 });
		const mask = [{ x: 8, y: 8, width: 24, height: 16 }];
		const { images } = await call('limn.edit', { image, mask, prompt: 'a moon', model: 'sketch/placeholder' });
		const edited = Uri.parse(images[0]?.uri ?? '');
		const made = { saved: '', prompt: '', model: 'sketch/placeholder', options: {} } as const;
		const source = { ...made, operation: 'generate', id: await idOf(image), uri: image.toString() } as const;
		const [wish, why] = await checked(edited, new Remembered([source]));
		assert.deepEqual(wish.change, { operation: 'edit', image: wish.change?.image, mask });
		assert.equal(why, 'Only the box round the selection is known. Check it, then order.');
		const painted: PaintedMask = { strokes: [{ kind: 'lasso', points: [8, 8, 32, 8, 32, 24] }], feather: 2 };
		const entry = { ...made, operation: 'edit', id: await idOf(edited), uri: edited.toString(), painted } as const;
		const exact = await askedFor(edited, new Remembered([source, entry]));
		assert.deepEqual(exact.wish.change, { operation: 'edit', image: wish.change?.image, mask: painted });
	});

	it('asks for everything where nothing is known', async () => {
		const bare = await askedFor(await savePhoto('again/bare.png', { width: 64, height: 64 }));
		assert.deepEqual([bare.wish.prompt, bare.wish.model], ['', undefined]);
		assert.equal((await askedFor(memoryUri('/none.png'))).wish.size, undefined);
	});
});

/** A file system in memory that says when its files were written: long ago. */
class DatedFiles extends MemoryFiles {
	time = 1000;

	override stat(uri: Uri) {
		return { ...super.stat(uri), mtime: this.time };
	}
}

describe('a picture’s hover in a virtual workspace in folders', () => {
	const files = new DatedFiles();
	let registered: Disposable;

	before(async () => {
		registered = workspace.registerFileSystemProvider(memoryScheme, files);
	});
	after(() => void registered.dispose());
	afterEach(closeEditors);

	it('reads a picture once until it changes, and shows none that only the host can see', async () => {
		const photo = await workspace.fs.readFile(await savePhoto('hover/memory.png', { width: 64, height: 64 }));
		await workspace.fs.writeFile(memoryUri('/docs/x.png'), photo);
		await workspace.fs.writeFile(memoryUri('/docs/x.md'), Buffer.from('![x](x.png)'));
		const document = await workspace.openTextDocument(memoryUri('/docs/x.md'));
		const history = new Remembered();
		const hover = hoverWith(history);
		const first = seen(await textOver(document, '![x', hover));
		assert.deepEqual([first.pictures, first.links.length], [[], 2]);
		await textOver(document, '![x', hover);
		assert.equal(history.asked, 1);
		files.time += 1000;
		await textOver(document, '![x', hover);
		assert.equal(history.asked, 2);
	});
});
