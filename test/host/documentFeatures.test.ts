import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	type CodeAction,
	type CodeLens,
	commands,
	DiagnosticSeverity,
	languages,
	Range,
	type TextDocument,
	Uri,
	workspace,
} from 'vscode';
import { generate, insert, parseResult } from './contract';
import { until } from './until';
import { closeEditors, folder, openNew, withSetting } from './workspace';

const recipe = '<!-- limn: a fox in the snow | size=32x16 model=sketch/placeholder -->';

async function fixesAt({ uri }: TextDocument, line: number, character: number): Promise<string[]> {
	const range = new Range(line, character, line, character);
	const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
	return actions.filter(({ command }) => command?.command.startsWith('limn.')).map(({ title }) => title);
}

async function lensesOf({ uri }: TextDocument): Promise<(string | undefined)[]> {
	const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 20);
	return lenses.map(({ command }) => command?.title);
}

async function build(uri: Uri) {
	return parseResult(await commands.executeCommand('limn.buildImages', { uri, silent: true }));
}

function cellWith(n: number) {
	const source = [`${recipe.replace('fox', `fox ${n}`)}\n`, `![A fox](n${n}.png)`];
	return { cell_type: 'markdown', metadata: {}, source };
}

describe('what documents show in folders', () => {
	afterEach(closeEditors);

	it('marks what is wrong as information, once, and not when that is switched off', async () => {
		const document = await openNew('shows/marks.md', `${recipe}\n![A fox](f.png)\n\n![A dog](gone.png)\n`);
		const own = () => languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Limn');
		await until(() => own().length === 2);
		assert.deepEqual(
			own().map(({ severity, code }) => [severity, code]),
			[
				[DiagnosticSeverity.Information, 'missing'],
				[DiagnosticSeverity.Information, 'broken-link'],
			],
		);
		const markdown = workspace.getConfiguration('markdown');
		await markdown.update('validate.enabled', true);
		await until(() => own().length === 1);
		await markdown.update('validate.enabled', undefined);
		await until(() => own().length === 2);
		await withSetting('diagnostics.enabled', false, async () => until(() => own().length === 0));
	});

	it('offers each quick fix where it helps', async () => {
		const text = `${recipe}\n![A fox](fix.png)\n\n![A dog](gone.png)\n\n![](fix.png)\n`;
		const document = await openNew('shows/fixes.md', text);
		const both = ['Generate this image', 'Generate all missing in this file'];
		assert.deepEqual(await fixesAt(document, 0, 12), both);
		assert.deepEqual(await fixesAt(document, 1, 3), both);
		assert.deepEqual(await fixesAt(document, 3, 3), both);
		const file = path.join(folder(0), 'shows/fix.png');
		await generate({ prompt: 'x', size: '16x16', folder: 'shows', fileName: 'fix.png' });
		await commands.executeCommand('limn.picture.keep', { uri: document.uri, offset: 0 });
		assert.match(document.getText(), /made=/);
		assert.deepEqual(await fixesAt(document, 0, 12), []);
		assert.deepEqual(await fixesAt(document, 5, 3), ['Describe image for alt text']);
		await appendFile(file, 'by hand');
		assert.deepEqual((await build(document.uri)).failures, []);
		let lenses: (string | undefined)[] = [];
		// Of the file's change one hears in a moment.
		while (!lenses.includes('Changed by hand')) lenses = await lensesOf(document);
		assert.deepEqual(lenses, ['Changed by hand', 'Keep as It Is', 'Regenerate · free', 'Variations…']);
		assert.deepEqual(await fixesAt(document, 0, 12), ['Keep as it is']);
	});

	it('offers to make a stale picture again, or to keep it', async () => {
		const text = `${recipe.replace(' -->', ' made=000000000000-000000000000 -->')}\n![A fox](stale.png)\n`;
		const document = await openNew('shows/stale.md', text);
		await writeFile(path.join(folder(0), 'shows/stale.png'), 'mine');
		assert.deepEqual(await fixesAt(document, 0, 12), ['Regenerate', 'Keep as it is']);
	});

	it('says the price above a recipe, in other languages too', async () => {
		const paid = '// limn: a fox | size=1024x1024 quality=low model=openai/gpt-image-2\nimage::fox.png[A fox]\n';
		const document = await openNew('shows/price.adoc', paid);
		const [title] = await lensesOf(document);
		assert.match(title ?? '', /^Generate · \$\d+\.\d\d/);
	});

	it('tells of a picture what made it, by whatever door it is inserted', async () => {
		const prompt = 'a fox in the snow at dawn. It is red.';
		const { images } = await generate({ prompt, size: '16x16', folder: 'shows', fileName: 'x7' });
		const document = await openNew('shows/insert.md', '');
		const { inserted } = await insert({ image: images[0]?.uri, uri: document.uri });
		assert.equal(inserted, '![A fox in the snow at dawn](x7.png)');
	});

	it('notes every recipe of a closed notebook', async () => {
		const file = path.join(folder(0), 'shows/many.ipynb');
		const cells = [1, 2, 3, 4].map(cellWith);
		await writeFile(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
		assert.equal((await build(Uri.file(file))).images.length, 4);
		assert.equal((await readFile(file, 'utf8')).match(/made=/g)?.length, 4);
	});

	it('says why a recipe above a picture of somebody else’s site is not built', async () => {
		const document = await openNew('shows/elsewhere.md', `${recipe}\n![A fox](https://site.example/f.png)\n`);
		const { images, failures } = await build(document.uri);
		assert.deepEqual([images, failures.map(({ code }) => code)], [[], ['bad-input']]);
		assert.match(failures[0]?.message ?? '', /is no file of the workspace/);
	});
});
