import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, ConfigurationTarget, Range, Selection, type TextDocument, Uri, window, workspace } from 'vscode';
import * as z from 'zod';
import { isImageError } from '../../src/domain/imageError';
import { say } from '../../src/domain/message';
import { GenerateCommands } from '../../src/host/commands/generate';
import { regenerate } from '../../src/host/features/regenerate';
import { adopt } from '../../src/host/gallery/adopt';
import { refusalOfFiles } from '../../src/host/ignoredFiles';
import type { OrderDraft } from '../../src/host/orders';
import { ignoredFor } from '../../src/host/settings';
import type { Emulator } from '../servers/emulator';
import { startOpenAI } from '../servers/openai';
import { call, parseResult, type Result } from './contract';
import { savePhoto } from './photos';
import { standIns } from './standIn';
import { until } from './until';
import { closeEditors, filesBelow, folder, openNew, withSetting } from './workspace';

const model = 'openai/gpt-image-2';
const size = { width: 64, height: 64 };
const base = 'ignore';
const secret = `${base}/private/secret.png`;

const described = z.object({
	alt: z.string(),
	failure: z.object({ code: z.string(), message: z.string() }).optional(),
});

/** The user's globs, while a suite runs. */
async function ignore(globs: readonly string[] | undefined): Promise<void> {
	await workspace.getConfiguration('limn').update('ignore', globs, ConfigurationTarget.Global);
}

function assertRefused({ images, failures }: Result, name: string): void {
	assert.deepEqual(images, []);
	assert.ok(failures.length > 0);
	for (const { code, charged, message } of failures) {
		assert.deepEqual([code, charged], ['bad-input', 'no'], message);
		assert.match(message, /is not sent: the setting limn\.ignore names it\.$/);
		assert.ok(message.includes(name), message);
	}
}

describe('files that limn.ignore names in folders', () => {
	const { standIn } = standIns(['openai']);
	let openai: Emulator;
	let open: Uri;

	before(async () => {
		await mkdir(path.join(folder(0), base, 'private'), { recursive: true });
		await savePhoto(secret, size);
		open = await savePhoto(`${base}/open.png`, size);
		await symlink(path.join('private', 'secret.png'), path.join(folder(0), base, 'innocent.png'));
		await symlink('private', path.join(folder(0), base, 'drafts'));
		await symlink(path.join('..', '..', 'outside'), path.join(folder(0), base, 'leads-out'));
		await savePhoto('deep/vault/outside.png', size, 'png', path.join(folder(0), '..', 'outside'));
		await ignore(['private', '*.secret.*', 'vault']);
	});
	after(async () => {
		await ignore(undefined);
		await rm(path.join(folder(0), base), { recursive: true });
		await rm(path.join(folder(0), '..', 'outside', 'deep'), { recursive: true });
	});
	beforeEach(async () => {
		openai = await standIn('openai', startOpenAI());
	});
	afterEach(closeEditors);

	/** Nothing went out, and nothing was written. */
	async function unchanged(work: () => Promise<void>): Promise<void> {
		const before = await filesBelow(folder(0));
		await work();
		assert.deepEqual(openai.requests, []);
		assert.deepEqual(await filesBelow(folder(0)), before);
	}

	for (const name of ['private/secret.png', 'innocent.png', 'drafts/secret.png', 'leads-out/deep/vault/outside.png']) {
		it(`are not changed by anybody: ${name}`, async () => {
			await unchanged(async () => {
				const image = at(name);
				const found = path.basename(name);
				assertRefused(await call('limn.edit', { image, prompt: 'a moon', model }), found);
				assertRefused(await call('limn.vary', { image, model, n: 2 }), found);
				assertRefused(await call('limn.expand', { image, top: 32, model }), found);
			});
		});
	}

	it('are not sent along as a mask, a markup or a picture to go by', async () => {
		await unchanged(async () => {
			const wish = { image: open, prompt: 'a moon', model };
			assertRefused(await call('limn.edit', { ...wish, mask: at('private/secret.png') }), 'secret.png');
			assertRefused(await call('limn.edit', { ...wish, markup: at('private/secret.png') }), 'secret.png');
			assertRefused(await call('limn.edit', { ...wish, references: [open, at('innocent.png')] }), 'innocent.png');
		});
	});

	it('are not described', async () => {
		await unchanged(async () => {
			const answer: unknown = await commands.executeCommand('limn.describeImage', { image: at('innocent.png') });
			const { alt, failure } = described.parse(answer);
			assert.deepEqual([alt, failure?.code], ['', 'bad-input']);
			assert.match(failure?.message ?? '', /limn\.ignore names it/);
		});
	});

	it('give no selection away', async () => {
		const document = await openNew(`${base}/plan.secret.md`, 'The merger of A and B.\n');
		await unchanged(async () => {
			const range = new Range(0, 0, 0, 22);
			const wish = { uri: document.uri, range, model };
			assertRefused(await call('limn.generateFromSelection', wish), 'plan.secret.md');
			assertRefused(await call('limn.generateFromSelection', { ...wish, n: 3, insert: false }), 'plan.secret.md');
			select(document, range);
			assertRefused(await call('limn.generateFromSelection', { model }), 'plan.secret.md');
			assertRefused(parseResult(await commands.executeCommand('limn.generateFromSelection')), 'plan.secret.md');
		});
		assert.equal(document.getText(), 'The merger of A and B.\n');
	});

	it('propose no prompt, though pictures may be made for them', async () => {
		const drafts: OrderDraft[] = [];
		const ask = async (draft: OrderDraft) => void drafts.push(draft);
		const generation = new GenerateCommands({ ask, complete: ask }, { get: () => ({ prompts: [] }) });
		for (const name of ['notes.secret.md', 'notes.md']) {
			const document = await openNew(`${base}/${name}`, 'The merger of A and B.\n');
			select(document, new Range(0, 0, 0, 22));
			await generation.generate(undefined);
		}
		for (const { insert } of drafts) insert?.place.dispose();
		assert.deepEqual(
			drafts.map(({ wish }) => wish.prompt),
			['', 'The merger of A and B.'],
		);
		assert.ok(drafts.every(({ insert }) => insert));
	});

	it('have their recipes checked, but not built', async () => {
		const recipe = `<!-- limn: the merger | model=${model} size=1024x1024 -->\n![Merger](merger.png)\n`;
		const document = await openNew(`${base}/recipe.secret.md`, recipe);
		await unchanged(async () => {
			const result: unknown = await commands.executeCommand('limn.buildImages', { uri: document.uri, silent: true });
			assertRefused(parseResult(result), 'recipe.secret.md');
			const { findings } = z
				.object({ findings: z.array(z.object({ kind: z.string() })) })
				.parse(await commands.executeCommand('limn.checkImages', { uri: document.uri }));
			assert.deepEqual(
				findings.map(({ kind }) => kind),
				['missing'],
			);
		});
		assert.equal(document.getText(), recipe);
	});

	it('have the recipes of their cells not built either', async () => {
		const source = [`<!-- limn: the merger | model=${model} -->\n`, '![Merger](merger.png)'];
		const cells = [{ cell_type: 'markdown', id: 'one', metadata: {}, source }];
		const file = path.join(folder(0), base, 'cells.secret.ipynb');
		const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
		await writeFile(file, text);
		await unchanged(async () => {
			const result: unknown = await commands.executeCommand('limn.buildImages', { uri: Uri.file(file), silent: true });
			assertRefused(parseResult(result), 'cells.secret.ipynb');
		});
		assert.equal(await readFile(file, 'utf8'), text);
	});

	it('are named by the user and the workspace together', async () => {
		assert.equal(await refusalOfFiles([open]), undefined);
		assert.ok(await refusalOfFiles([open, at('private/secret.png')]));
		for (const theirs of [[], ['!private', '!private/**'], ['!private/secret.png', 7, null]]) {
			await withSetting('ignore', theirs, async () => {
				assert.ok(await refusalOfFiles([at('private/secret.png')]));
				assert.equal(await refusalOfFiles([open]), undefined);
			});
		}
		await withSetting('ignore', ['open.png'], async () => {
			assert.ok(await refusalOfFiles([open]));
			assert.ok(await refusalOfFiles([at('private/secret.png')]));
			await unchanged(async () => {
				assertRefused(await call('limn.edit', { image: open, prompt: 'a moon', model }), 'open.png');
			});
		});
	});

	it('are named by a folder for what is in it, and for single languages too', async () => {
		const other = await savePhoto('open.png', size, 'png', folder(1));
		const settings = path.join(folder(0), '.vscode', 'settings.json');
		await mkdir(path.dirname(settings), { recursive: true });
		await writeFile(
			settings,
			JSON.stringify({ 'limn.ignore': ['open.png'], '[markdown]': { 'limn.ignore': ['*.svg'] } }),
		);
		try {
			await until(() => ignoredFor(open).includes('open.png'));
			assert.ok(await refusalOfFiles([open]));
			assert.equal(await refusalOfFiles([other]), undefined);
			assert.deepEqual(ignoredFor(other), ignoredFor(Uri.file('/elsewhere')));
			assert.ok(ignoredFor(open).includes('*.svg'));
		} finally {
			await rm(path.dirname(settings), { recursive: true });
			await until(() => !ignoredFor(open).includes('open.png'));
			await rm(other.fsPath);
		}
	});

	it('are named by their whole path where they lie in no folder of the workspace', async () => {
		const outside = path.join(folder(0), '..', 'outside');
		assert.ok(await refusalOfFiles([Uri.file(path.join(outside, 'deep', 'vault', 'outside.png'))]));
		assert.equal(await refusalOfFiles([Uri.file(path.join(outside, 'deep'))]), undefined);
		// A folder above the workspace that happens to be called so names nothing in it.
		await withSetting('ignore', [path.basename(path.join(folder(0), '..'))], async () => {
			assert.equal(await refusalOfFiles([open]), undefined);
		});
		await withSetting('ignore', [path.join(folder(0), base)], async () => assert.ok(await refusalOfFiles([open])));
	});

	it('are all where the setting is no list, and the one where it is one text', async () => {
		await withSetting('ignore', 'nothing.png', async () => assert.equal(await refusalOfFiles([open]), undefined));
		for (const theirs of [
			'open.png',
			' open.png ',
			7,
			true,
			{ 'open.png': true },
			'${workspaceFolder}/ignore/open.png',
		])
			await withSetting('ignore', theirs, async () => assert.ok(await refusalOfFiles([open]), JSON.stringify(theirs)));
	});

	it('are not taken for those at the same path of another computer', async () => {
		const other = Uri.file(path.join(folder(0), base, 'open.png')).path;
		await withSetting('ignore', [`/${base}/open.png`], async () => {
			assert.ok(await refusalOfFiles([open]));
			const named = workspace.workspaceFolders?.map(({ uri }) => uri.scheme);
			assert.ok(named?.every((scheme) => scheme === 'file'));
			assert.equal(await refusalOfFiles([Uri.from({ scheme: 'file', authority: 'other', path: other })]), undefined);
			// No folder is of its kind: then it may be of any.
			assert.ok(await refusalOfFiles([Uri.from({ scheme: 'git', path: other })]));
		});
	});

	it('are not taken in by their name alone', async () => {
		await ignore(['*.secret.*', 'docs/vault-*.png', 'docs/*.jpg', 'drafts/**']);
		try {
			const bytes = await readFile(open.fsPath);
			const kept = Uri.file(path.join(folder(0), base, 'adopted'));
			for (const name of ['plan.secret.png', 'Vault-1.png']) {
				const answer = await adopt(name, bytes, kept);
				assert.ok(isImageError(answer));
				assert.deepEqual(answer.message, say('{0} is not sent: the setting limn.ignore names it.', name));
			}
			for (const name of ['fox.png', 'fox.jpg', '']) assert.ok(!isImageError(await adopt(name, bytes, kept)), name);
		} finally {
			await ignore(['private', '*.secret.*', 'vault']);
		}
	});

	it('propose no prompt of their metadata', async () => {
		const uris = [at('private/secret.png'), open];
		const recipe = { kind: 'a1111', prompt: 'The merger', parameters: [] } as const;
		const looked: string[] = [];
		const pictures = {
			look: async (uri: Uri) => {
				looked.push(uri.toString());
				return { bytes: 1, changeable: true, size, recipe };
			},
		};
		const prompts: unknown[] = [];
		for (const uri of uris) {
			const ask = async ({ wish }: OrderDraft) => void prompts.push(wish.prompt);
			const history = { find: async () => undefined };
			await regenerate(uri, { orders: { ask }, pictures, history, check: () => assert.fail('nothing was selected') });
		}
		assert.deepEqual(prompts, ['', 'The merger']);
		assert.deepEqual(looked, [open.toString()]);
	});

	it('let others through', async () => {
		const { images, failures } = await call('limn.edit', { image: open, prompt: 'a moon', model, folder: base });
		assert.deepEqual(failures, []);
		assert.equal(images.length, 1);
		assert.ok(openai.requests.length > 0);
	});
});

function at(name: string): Uri {
	return Uri.file(path.join(folder(0), base, name));
}

function select(document: TextDocument, range: Range): void {
	const editor = window.activeTextEditor;
	assert.equal(editor?.document, document);
	editor.selection = new Selection(range.start, range.end);
}
