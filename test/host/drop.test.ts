import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
	CancellationTokenSource,
	DataTransfer,
	type DataTransferFile,
	DataTransferItem,
	type DocumentDropEdit,
	Position,
	type TextDocument,
	Uri,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { PictureDrop } from '../../src/host/features/drop';
import { KnownPictures } from '../../src/host/features/knownPictures';
import { encodePicture } from '../servers/pictureFiles';
import { generate } from './contract';
import { photo } from './photo';
import { saveFile, savePhoto } from './photos';
import { closeEditors, folder, openNew, withSetting } from './workspace';

const never = new CancellationTokenSource().token;
const tiny = { width: 32, height: 24 };

function drop(): PictureDrop {
	const log = { error: (fault: unknown) => assert.fail(String(fault)) };
	const history = { find: async () => undefined };
	return new PictureDrop({ pictures: new KnownPictures({ history }), log });
}

/** As the explorer hands files over. */
function listOf(...uris: readonly (Uri | string)[]): DataTransfer {
	const transfer = new DataTransfer();
	transfer.set('text/uri-list', new DataTransferItem(['# list', ...uris.map(String)].join('\r\n')));
	return transfer;
}

/** As it hands over what comes from another program; a browser does not say from where. */
class FileItem extends DataTransferItem {
	constructor(readonly file: DataTransferFile) {
		super('');
	}

	override asFile(): DataTransferFile {
		return this.file;
	}
}

function filesOf(...files: readonly { readonly name: string; readonly bytes: Uint8Array; readonly uri?: Uri }[]) {
	// Several of one type are in one transfer, but not in one that somebody else makes.
	const types = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
	const transfer = new DataTransfer();
	for (const [index, { bytes, ...file }] of files.entries()) {
		transfer.set(types[index] ?? '', new FileItem({ ...file, data: async () => bytes }));
	}
	return transfer;
}

async function dropInto(document: TextDocument, transfer: DataTransfer, at = endOf(document)) {
	return (await drop().provideDocumentDropEdits(document, at, transfer, never)) ?? undefined;
}

function endOf(document: TextDocument): Position {
	return document.lineAt(document.lineCount - 1).range.end;
}

/** What the editor does with the edit. */
async function apply(
	document: TextDocument,
	edit: DocumentDropEdit | undefined,
	at = endOf(document),
): Promise<string> {
	assert.ok(edit && typeof edit.insertText === 'string');
	const whole = edit.additionalEdit ?? new WorkspaceEdit();
	if (edit.insertText !== '') whole.insert(document.uri, at, edit.insertText);
	assert.ok(await workspace.applyEdit(whole));
	return document.getText();
}

function kinds({ yieldTo = [] }: DocumentDropEdit): string[] {
	return yieldTo.map(({ value }) => value);
}

describe('dropped pictures in folders', () => {
	let outside: string;

	before(async () => {
		outside = await mkdtemp(path.join(os.tmpdir(), 'limn-drop-'));
	});
	after(async () => rm(outside, { recursive: true, force: true }));
	afterEach(closeEditors);

	it('become references from the document, with what is known of them as alt text', async () => {
		const { images } = await generate({ prompt: 'A fox (red)', size: '40x30', folder: 'drop/a b', fileName: 'f' });
		const document = await openNew('drop/docs/page.md', 'Text ');
		const edit = await dropInto(document, listOf(images[0]?.uri ?? ''));
		assert.ok(edit);
		assert.equal(edit.title, 'Insert Picture Reference');
		assert.equal(edit.kind?.value, 'limn.picture');
		assert.equal(await apply(document, edit), 'Text ![A fox (red)](../a%20b/f.png)');
		await savePhoto('drop/a b/no_record-2.png', tiny);
		const html = await openNew('drop/docs/page.html', '');
		const other = await dropInto(html, listOf(Uri.file(path.join(folder(0), 'drop/a b/no_record-2.png'))));
		const reference = '<img src="../a%20b/no_record-2.png" alt="No record" width="32" height="24">';
		assert.equal(await apply(html, other), reference);
	});

	it('are written one below the other where there are several', async () => {
		const uris = await Promise.all(['one', 'two'].map(async (name) => savePhoto(`drop/${name}.png`, tiny)));
		const document = await openNew('drop/several.md', '\t');
		const edit = await dropInto(document, listOf(...uris));
		assert.equal(edit?.title, 'Insert References to 2 Pictures');
		assert.equal(await apply(document, edit), '\t![One](one.png)\n\t![Two](two.png)');
	});

	it('are copied from elsewhere, where the document’s pictures go, and stay where they were', async () => {
		const bytes = await encodePicture(photo(tiny), 'jpeg');
		const file = path.join(outside, 'Holiday 1.JPG');
		await writeFile(file, bytes);
		const document = await openNew('drop/copy/page.md', '');
		const text = await apply(document, await dropInto(document, listOf(Uri.file(file))));
		assert.equal(text, '![Holiday](images/Holiday%201.JPG)');
		const copy = Uri.file(path.join(folder(0), 'drop/copy/images/Holiday 1.JPG'));
		assert.deepEqual(Buffer.from(await workspace.fs.readFile(copy)), Buffer.from(bytes));
		await workspace.fs.stat(Uri.file(file));
		const again = await dropInto(document, filesOf({ name: 'Holiday 1.JPG', bytes }, { name: 'Holiday 1.JPG', bytes }));
		const both = '![Holiday](images/Holiday%201-1.JPG) ![Holiday](images/Holiday%201-2.JPG)';
		assert.equal(await apply(document, again), text + both);
	});

	it('are copied to where the settings say', async () => {
		const bytes = await encodePicture(photo(tiny), 'png');
		const document = await openNew('drop/settings/page.md', '');
		const droppedAt = async () => (await dropInto(document, filesOf({ name: '${x}.png', bytes })))?.insertText;
		const limn = await withSetting('output.folder', 'media/${documentBaseName}', droppedAt);
		assert.equal(limn, String.raw`![\$\{x\}](../../media/page/%24%7Bx%7D.png)`);
		const markdown = workspace.getConfiguration('markdown');
		await markdown.update('copyFiles.destination', { '**/settings/*.md': 'pics/${documentBaseName}-${fileName}' });
		try {
			assert.equal(await droppedAt(), String.raw`![\$\{x\}](pics/page-%7Bx%7D.png)`);
		} finally {
			await markdown.update('copyFiles.destination', undefined);
		}
	});

	it('are written nowhere outside of the workspace, and over nothing', async () => {
		const bytes = await encodePicture(photo(tiny), 'png');
		const document = await openNew('drop/bounds.md', '');
		for (const output of ['leads-out', '../..', '/somewhere', '.git']) {
			const edit = await withSetting('output.folder', output, async () =>
				dropInto(document, filesOf({ name: 'x.png', bytes })),
			);
			assert.equal(edit, undefined, output);
		}
		const edit = await dropInto(document, filesOf({ name: '../../x.png', bytes }, { name: 'con', bytes }));
		const text = await apply(document, edit);
		assert.match(text, /\]\(images\/[^/]+\.png\)\n!\[Con\]\(images\/image-con\.png\)$/);
	});

	it('are referred to where they are when the document’s own folder has them', async () => {
		await writeFile(path.join(outside, 'beside.png'), await encodePicture(photo(tiny), 'png'));
		const document = await openNew('page.md', '', outside);
		const edit = await dropInto(document, listOf(Uri.file(path.join(outside, 'beside.png'))));
		assert.equal(await apply(document, edit), '![Beside](beside.png)');
	});

	it('are left to the editor where something else is among them', async () => {
		const picture = await savePhoto('drop/one.png', tiny);
		const text = await saveFile('drop/notes.txt', Buffer.from('notes'));
		const drawing = await saveFile('drop/drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
		const broken = await saveFile('drop/broken.png', Buffer.from('no picture'));
		const document = await openNew('drop/others.md', '');
		const none = [
			listOf(text),
			listOf(picture, text),
			listOf(drawing),
			listOf(broken),
			listOf('https://example.com/x.png'),
			listOf('no address'),
			listOf(Uri.file(path.join(folder(0), 'drop/gone.png'))),
			listOf(Uri.file(folder(0))),
			listOf(),
			new DataTransfer(),
			filesOf({ name: 'notes.txt', bytes: Buffer.from('notes') }),
		];
		for (const [index, transfer] of none.entries())
			assert.equal(await dropInto(document, transfer), undefined, `${index}`);
	});

	it('are left to the editor in documents that are not read, and where the person has said so', async () => {
		const picture = await savePhoto('drop/one.png', tiny);
		const plain = await openNew('drop/list.txt', '');
		assert.equal(await dropInto(plain, listOf(picture)), undefined);
		const document = await openNew('drop/never.md', '');
		const markdown = workspace.getConfiguration('markdown');
		for (const value of ['never', false]) {
			await markdown.update('editor.drop.enabled', value);
			assert.equal(await dropInto(document, listOf(picture)), undefined);
		}
		await markdown.update('editor.drop.enabled', undefined);
		await markdown.update('editor.drop.copyIntoWorkspace', 'never');
		try {
			const file = path.join(outside, 'far.png');
			const bytes = await encodePicture(photo(tiny), 'png');
			await writeFile(file, bytes);
			const edit = await dropInto(document, filesOf({ name: 'far.png', bytes, uri: Uri.file(file) }));
			assert.ok(typeof edit?.insertText === 'string');
			assert.match(edit.insertText, /^!\[Far\]\((?:\.\.\/)+.*far\.png\)$/);
			assert.equal(edit.additionalEdit?.size, 0);
			assert.equal(
				await dropInto(document, filesOf({ name: 'far.png', bytes })),
				undefined,
				'nobody knows where it is',
			);
		} finally {
			await markdown.update('editor.drop.copyIntoWorkspace', undefined);
		}
	});

	it('yield to a mere path in code, and to attachments in notebooks', async () => {
		const picture = await savePhoto('drop/one.png', tiny);
		const document = await openNew('drop/code.md', 'text\n\n```\ncode\n```\n\n<!-- note -->\n');
		const attachment = 'markdown.link.image.attachment';
		const at = async (line: number, character = 0) => {
			const edit = await dropInto(document, listOf(picture), new Position(line, character));
			assert.ok(edit);
			return kinds(edit);
		};
		assert.deepEqual(await at(0, 4), [attachment]);
		assert.deepEqual(await at(3), [attachment, 'uri']);
		assert.deepEqual(await at(6, 5), [attachment, 'uri']);
	});

	it('are shown in the HTML of Markdown too, and yield to a mere path in scripts', async () => {
		const picture = await savePhoto('drop/one.png', tiny);
		const document = await openNew('drop/html.md', '<p align="center">\n');
		const edit = await dropInto(document, listOf(picture));
		assert.ok(edit);
		assert.deepEqual(kinds(edit), ['markdown.link.image.attachment']);
		const tag = '<img src="one.png" alt="One" width="32" height="24">';
		assert.equal(await apply(document, edit), `<p align="center">\n${tag}`);
		const script = await openNew('drop/script.html', '<script>\nlet a = ');
		const other = await dropInto(script, listOf(picture));
		assert.ok(other);
		assert.deepEqual([other.insertText, kinds(other).at(-1)], ['one.png', 'uri']);
	});

	it('know what was made of an untitled document', async () => {
		const picture = await savePhoto('drop/one.png', tiny);
		const document = await workspace.openTextDocument({ language: 'markdown', content: '' });
		await window.showTextDocument(document);
		assert.equal(await apply(document, await dropInto(document, listOf(picture))), '![One](drop/one.png)');
	});

	it('come to nothing when the drop is cancelled', async () => {
		const picture = await savePhoto('drop/one.png', tiny);
		const document = await openNew('drop/cancelled.md', '');
		const source = new CancellationTokenSource();
		source.cancel();
		const edit = await drop().provideDocumentDropEdits(document, new Position(0, 0), listOf(picture), source.token);
		assert.equal(edit, undefined);
	});
});
