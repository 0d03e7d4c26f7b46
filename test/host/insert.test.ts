import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { commands, EndOfLine, Position, Range, Selection, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { call, generate, insert } from './contract';
import { closeEditors, folder, openNew } from './workspace';

const tiny = { size: '16x16' };

describe('references in folders', () => {
	afterEach(closeEditors);

	it('inserts a reference that is relative to the document, exactly where it is told', async () => {
		const document = await openNew('docs/exact.md', 'one\ntwo\nthree\n');
		const place = { uri: document.uri.toString(), line: 1, character: 3 };
		await generate({ ...tiny, prompt: 'A [red] fox', folder: 'media/a b#ü', insert: place });
		const reference = String.raw`![A \[red\] fox](../media/a%20b%23ü/a-red-fox.png)`;
		assert.equal(document.getText(), `one\ntwo${reference}\nthree\n`);
	});

	it('follows its place while somebody else writes', async () => {
		const document = await openNew('docs/moving.md', 'first\nlast\n');
		const place = { uri: document.uri, line: 1, character: 0 };
		const running = generate({ prompt: 'moving', size: '1024x1024', insert: place });
		const edit = new WorkspaceEdit();
		edit.insert(document.uri, new Position(0, 0), 'written meanwhile\n\n');
		assert.ok(await workspace.applyEdit(edit));
		await running;
		assert.equal(document.getText(), 'written meanwhile\n\nfirst\n![Moving](images/moving.png)last\n');
	});

	it('inserts into a document that was closed meanwhile', async () => {
		const document = await openNew('docs/closed.md', 'text\n');
		const running = generate({
			prompt: 'closed',
			size: '1024x1024',
			insert: { uri: document.uri, line: 1, character: 0 },
		});
		await closeEditors();
		await running;
		const again = await workspace.openTextDocument(document.uri);
		assert.equal(again.getText(), 'text\n![Closed](images/closed.png)');
	});

	it('takes the reference out with one Undo and leaves the picture', async () => {
		const document = await openNew('docs/undo.md', 'text');
		const { images } = await generate({
			...tiny,
			prompt: 'undone',
			insert: { uri: document.uri, line: 0, character: 4 },
		});
		assert.notEqual(document.getText(), 'text');
		await window.showTextDocument(document);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), 'text');
		await access(Uri.parse(images[0]?.uri ?? '').fsPath);
	});

	it('inserts all pictures in order', async () => {
		const document = await openNew('docs/several.md', '');
		await generate({ ...tiny, prompt: 'row', n: 3, insert: true, fileName: 'row-${seed}' });
		const expected = [0, 1, 2].map((n) => `![Row](images/row-${n}.png)`);
		assert.deepEqual(document.getText().split('\n'), expected);
	});

	it('inserts several pictures into a line of text one behind the other', async () => {
		const row = '| a | b |\n|---|---|\n|  | c |\n';
		const document = await openNew('docs/row.md', row);
		const place = { uri: document.uri, line: 2, character: 2 };
		await generate({ ...tiny, prompt: 'cell', n: 2, insert: place, fileName: 'cell-${seed}' });
		const both = [0, 1].map((n) => `![Cell](images/cell-${n}.png)`).join(' ');
		assert.equal(document.getText(), row.replace('|  | c', `| ${both} | c`));
	});

	it('loses no reference when many come into one document at once', async () => {
		const document = await openNew('docs/crowd.md', '');
		const names = Array.from({ length: 10 }, (_, index) => `crowd-${index}`);
		await Promise.all(
			names.map(async (prompt) => generate({ ...tiny, prompt, insert: { uri: document.uri, line: 0, character: 0 } })),
		);
		for (const name of names) assert.ok(document.getText().includes(`![${name}](images/${name}.png)`), name);
	});

	it('comes through a single key', async () => {
		const document = await openNew('docs/key.md', 'start\n\nend\n');
		const editor = await window.showTextDocument(document);
		const place = { uri: document.uri, line: 2, character: 0 };
		const { images } = await generate({ ...tiny, prompt: 'key' });
		for (let round = 0; round < 10; round++) {
			editor.selection = new Selection(0, 0, 0, 0);
			const typed = commands.executeCommand('type', { text: 'x' });
			const { inserted } = await insert({ image: images[0]?.uri, uri: place.uri, position: { line: 2, character: 0 } });
			await typed;
			assert.equal(inserted, '![Key](images/key.png)');
		}
	});

	it('stays in its line when the line ends change', async () => {
		const document = await openNew('docs/eol.md', 'one\ntwo\nthree\nfour\n');
		const editor = await window.showTextDocument(document);
		const place = { uri: document.uri, line: 1, character: 3 };
		const running = generate({ prompt: 'eol', size: '1024x1024', insert: place });
		assert.ok(await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF)));
		await running;
		assert.equal(document.lineAt(1).text, 'two![Eol](images/eol.png)');
	});

	it('comes through while somebody types', async () => {
		const document = await openNew('docs/typed.md', 'start\n\nend\n');
		const editor = await window.showTextDocument(document);
		editor.selection = new Selection(0, 5, 0, 5);
		const state = { done: false };
		const typing = (async () => {
			while (!state.done) {
				await commands.executeCommand('type', { text: 'x' });
				// Nobody types faster than the editor answers: a few answers between two keys.
				for (let answers = 0; answers < 8; answers++) await commands.executeCommand('setContext', 'limn.test', answers);
			}
		})();
		const results = [];
		for (const prompt of ['typed-1', 'typed-2', 'typed-3']) {
			results.push(await generate({ ...tiny, prompt, insert: { uri: document.uri, line: 2, character: 0 } }));
		}
		state.done = true;
		await typing;
		assert.deepEqual(
			results.flatMap(({ warnings }) => warnings),
			[],
		);
		assert.match(document.getText(), /^startx+\n\n(!\[typed-\d\]\(images\/typed-\d\.png\)){3}end\n$/);
	});

	it('says that nothing is open to insert into, and keeps the picture', async () => {
		const { images, warnings } = await generate({ ...tiny, prompt: 'nowhere', insert: true });
		assert.equal(images.length, 1);
		assert.match(warnings.join(), /No document is open/);
	});

	it('illustrates a selection below its paragraph', async () => {
		const text = '# Title\n\nA fox crosses\nthe snow.\n\nNext.\n';
		const document = await openNew('docs/selection.md', text);
		const range = { start: { line: 2, character: 2 }, end: { line: 2, character: 5 } };
		const { images } = await call('limn.generateFromSelection', { ...tiny, uri: document.uri.toString(), range });
		assert.equal(images[0]?.prompt, 'fox');
		assert.equal(document.getText(), text.replace('snow.\n', 'snow.\n\n![Fox](images/fox.png)\n'));
	});

	it('illustrates what is selected in the active editor, without comment marks', async () => {
		const document = await openNew('src/code.ts', '\t// A bridge\n\t// in fog\n\tconst x = 1;\n');
		const editor = await window.showTextDocument(document);
		editor.selection = new Selection(0, 0, 2, 0);
		const { images } = await call('limn.generateFromSelection', tiny);
		assert.equal(images[0]?.prompt, 'A bridge in fog');
		assert.deepEqual(editor.selection, new Selection(0, 0, 2, 0), 'the selection has not grown over the reference');
		assert.equal(document.getText(), '\t// A bridge\n\t// in fog\n\timages/a-bridge-in-fog.png\n\tconst x = 1;\n');
	});

	it('refuses an empty selection', async () => {
		const document = await openNew('docs/empty.md', 'text');
		const range = new Range(0, 1, 0, 1);
		const { failures } = await call('limn.generateFromSelection', { uri: document.uri, range, n: 2 });
		assert.deepEqual(
			failures.map(({ code }) => code),
			['bad-input', 'bad-input'],
		);
	});

	it('writes HTML with the picture’s size', async () => {
		const document = await openNew('docs/page.html', '<p>\n</p>\n');
		const place = { uri: document.uri, line: 1, character: 0 };
		await generate({ prompt: '"Tom" & Jerry', size: '40x30', insert: place });
		const reference = '<img src="images/tom-jerry.png" alt="&#34;Tom&#34; &#38; Jerry" width="40" height="30">';
		assert.equal(document.getText(), `<p>\n${reference}</p>\n`);
	});

	it('writes the line ends of the document', async () => {
		const document = await openNew('docs/crlf.md', 'one\r\n\r\ntwo\r\n');
		const range = new Range(0, 0, 0, 3);
		await call('limn.generateFromSelection', { ...tiny, uri: document.uri, range, folder: 'docs' });
		assert.equal(document.getText(), 'one\r\n\r\n![One](one.png)\r\n\r\ntwo\r\n');
	});

	it('saves for an untitled document in the first folder, and refers to it from there', async () => {
		const document = await workspace.openTextDocument({ language: 'markdown', content: '' });
		await window.showTextDocument(document);
		const { images } = await generate({ ...tiny, prompt: 'untitled', insert: true });
		assert.equal(Uri.parse(images[0]?.uri ?? '').fsPath, path.join(folder(0), 'images/untitled.png'));
		assert.equal(document.getText(), '![Untitled](images/untitled.png)');
	});
});

describe('limn.insert in folders', () => {
	afterEach(closeEditors);

	it('refers to a picture by URI, URI string or path, with the given alt text', async () => {
		const { images } = await generate({ ...tiny, prompt: 'Insert Me', folder: 'pics' });
		const uri = Uri.parse(images[0]?.uri ?? '');
		const document = await openNew('docs/insert.md', 'ab');
		const position = { line: 0, character: 1 };
		const first = await insert({ image: uri.toString(), uri: document.uri, position, alt: 'My *alt*' });
		assert.equal(first.inserted, String.raw`![My \*alt\*](../pics/insert-me.png)`);
		assert.equal(document.getText(), `a${first.inserted}b`);
		const long = 'x '.repeat(100).trim();
		assert.equal((await insert({ image: uri, alt: long })).inserted, `![${long}](../pics/insert-me.png)`);
		assert.equal((await insert({ image: uri, alt: '' })).inserted, '![](../pics/insert-me.png)');
		assert.equal((await insert({ image: uri.fsPath })).inserted, '![Insert Me](../pics/insert-me.png)');
		assert.equal((await insert({ image: 'pics/insert-me.png' })).inserted, '![Insert Me](../pics/insert-me.png)');
	});

	it('refers to every picture that is selected in the explorer', async () => {
		const { images } = await generate({ ...tiny, prompt: 'chosen', n: 2, folder: 'pics' });
		const uris = images.map(({ uri }) => Uri.parse(uri));
		const document = await openNew('docs/chosen.md', '');
		await commands.executeCommand('limn.insert', uris[0], uris);
		assert.equal(document.getText(), '![Chosen](../pics/chosen.png)\n![Chosen](../pics/chosen-1.png)');
	});

	const bad: readonly [string, object][] = [
		['no picture', {}],
		['a file that is none', { image: 'README.md' }],
		['a file that is not there', { image: 'none.png' }],
		['an unknown key', { image: 'none.png', where: 1 }],
		['an address that is none', { image: 'file:////x.png' }],
		['no object', []],
		['a document that is not there', { image: 'pics/insert-me.png', uri: 'no/such.md' }],
	];
	for (const [what, argument] of bad) {
		it(`refuses ${what}`, async () => {
			const { inserted, failure } = await insert(argument);
			assert.deepEqual([inserted, failure?.code], ['', 'bad-input']);
		});
	}
});
