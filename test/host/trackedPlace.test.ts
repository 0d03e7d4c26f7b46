import assert from 'node:assert/strict';
import { commands, EndOfLine, Position, window } from 'vscode';
import { TrackedPlace } from '../../src/workspace/trackedPlace';
import { closeEditors, openNew } from './workspace';

describe('a tracked place in folders', () => {
	afterEach(closeEditors);

	it('comes after what is typed there, also as the first text of a document', async () => {
		const document = await openNew('docs/first-key.md', '');
		const place = new TrackedPlace(document, new Position(0, 0));
		for (const text of 'abc') await commands.executeCommand('type', { text });
		assert.deepEqual([document.getText(), place.offset], ['abc', 3]);
		place.dispose();
	});

	it('stays in its line when the whole text comes anew with other line ends', async () => {
		const document = await openNew('docs/anew.md', 'one\ntwo\nthree');
		const place = new TrackedPlace(document, new Position(1, 3));
		const editor = await window.showTextDocument(document);
		assert.ok(await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF)));
		assert.deepEqual(document.positionAt(place.offset), new Position(1, 3));
		place.dispose();
	});

	it('stands still once it is disposed of', async () => {
		const document = await openNew('docs/disposed.md', 'text');
		const place = new TrackedPlace(document, new Position(0, 4));
		place.dispose();
		await commands.executeCommand('type', { text: 'x' });
		assert.equal(place.offset, 4);
	});
});
