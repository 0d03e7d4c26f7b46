import assert from 'node:assert/strict';
import {
	commands,
	type CompletionItem,
	CompletionItemKind,
	type CompletionList,
	Position,
	Range,
	Selection,
	type TextDocument,
	window,
} from 'vscode';
import { generate } from './contract';
import { until } from './until';
import { closeEditors, openNew } from './workspace';

let written = 0;

/** What Limn offers at `¦` in a new file, in its order. */
async function offersAt(marked: string, end = 'md'): Promise<{ document: TextDocument; items: CompletionItem[] }> {
	const offset = marked.indexOf('¦');
	const document = await openNew(`completion-${++written}.${end}`, marked.replace('¦', ''));
	const { items } = await commands.executeCommand<CompletionList>(
		'vscode.executeCompletionItemProvider',
		document.uri,
		document.positionAt(offset),
	);
	// Words and paths are offered by others.
	const own = items.filter(({ sortText = '' }) => /^\d{5}$/.test(sortText));
	return { document, items: own.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)) };
}

async function labelsAt(marked: string, end?: string): Promise<string[]> {
	const { items } = await offersAt(marked, end);
	return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** The one of these that has the label. */
function labelled(items: readonly CompletionItem[], label: string): CompletionItem {
	return items.find((item) => item.label === label) ?? assert.fail(`${label} is not offered`);
}

/** Chooses the first of what is offered, as soon as something is. */
async function untilAccepted(isSo: () => boolean): Promise<void> {
	await until(() => {
		if (!isSo()) void commands.executeCommand('acceptSelectedSuggestion');
		return isSo();
	});
}

describe('completion in a recipe, in folders', () => {
	// Whatever was called first loads all of Limn.
	before(async () => generate({ prompt: '', silent: true }));
	afterEach(closeEditors);

	it('offers the keys of the usual model, or of the one that is named', async () => {
		const usual = await labelsAt('# Foxes\n\n<!-- limn: a fox | ¦ -->\n![A fox](fox.png)\n');
		assert.deepEqual(usual.slice(0, 2), ['model', 'size']);
		assert.ok(usual.includes('seed') && !usual.includes('made') && !usual.includes('quality'), usual.join());
		const named = await labelsAt('<!-- limn: a fox | model=openai/gpt-image-2 size=1024x1024 ¦ -->');
		assert.ok(named.includes('quality') && !named.includes('model') && !named.includes('size'), named.join());
	});

	it('offers models with their prices, in place of all that is written', async () => {
		const { document, items } = await offersAt('<!-- limn: a fox | model=openai/gpt¦-image-1 seed=7 -->');
		const item = labelled(items, 'openai/gpt-image-2');
		assert.ok(item.range instanceof Range);
		assert.equal(document.getText(item.range), 'openai/gpt-image-1');
		assert.equal(item.insertText, 'openai/gpt-image-2');
		assert.match(item.detail ?? '', /^GPT Image 2 · up to \$\d/);
		assert.match(labelled(items, 'sketch/placeholder').detail ?? '', / · free$/);
	});

	it('offers sizes and the values of controls', async () => {
		const { items } = await offersAt('<!-- limn: a fox | size=¦ -->');
		assert.equal(labelled(items, '1024x1024').kind, CompletionItemKind.EnumMember);
		assert.match(labelled(items, '16:9').detail ?? '', /^\d+x\d+$/);
		const values = await labelsAt('<!-- limn: a fox | model=openai/gpt-image-2 quality=¦ -->');
		assert.ok(values.includes('low') && values.includes('high'), values.join());
	});

	it('offers nothing elsewhere', async () => {
		for (const marked of [
			'Hello | ¦\n',
			'<!-- a fox | ¦ -->\n',
			'<!-- limn: a ¦fox | seed=7 -->\n',
			'<!-- limn: left | ¦ right -->\n',
			'<!-- limn: a fox | seed=7 -->¦\n',
			'```html\n<!-- limn: a fox | ¦ -->\n```\n',
		]) {
			assert.deepEqual(await labelsAt(marked), [], marked);
		}
		assert.deepEqual(await labelsAt('<!-- limn: a fox | ¦ -->\n', 'txt'), []);
	});

	it('writes what is chosen, and goes on with its values', async () => {
		const document = await openNew('chosen.md', '<!-- limn: a fox | model=openai/gpt-image-2 qual -->\n');
		const editor = window.activeTextEditor;
		assert.ok(editor);
		const place = new Position(0, document.getText().indexOf(' -->'));
		editor.selection = new Selection(place, place);
		await commands.executeCommand('editor.action.triggerSuggest');
		await untilAccepted(() => document.getText().includes('quality='));
		// What the key may be is asked for at once.
		await untilAccepted(() => /quality=\w/.test(document.getText()));
		assert.match(document.getText(), /^<!-- limn: a fox \| model=openai\/gpt-image-2 quality=\w+ -->\n$/);
	});
});
