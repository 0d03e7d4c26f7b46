import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Root, rootAt } from '../../../src/cli/paths';
import { projectSettings } from '../../../src/cli/projectSettings';

describe('the settings of a project', () => {
	let root: Root;

	beforeEach(async () => {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'limn-settings-'));
		root = (await rootAt(folder)) ?? assert.fail();
	});
	afterEach(async () => rm(root.local, { recursive: true, force: true }));

	async function settings(text: string) {
		await mkdir(path.join(root.local, '.vscode'), { recursive: true });
		await writeFile(path.join(root.local, '.vscode', 'settings.json'), text);
		return projectSettings(root);
	}

	it('are the usual ones where there are none', async () => {
		const { ignore, siteRoots, exclude } = await projectSettings(root);
		assert.deepEqual([ignore, siteRoots.includes('static'), exclude['**/.git']], [[], true, true]);
	});

	it('are read as the editor reads them: with comments, and commas at the end', async () => {
		const { ignore, siteRoots, exclude } = await settings(`\uFEFF{
			// never "sent"
			"limn.ignore": ["private/**", /* "a//b" */ "drafts/*//x", "a\\",]", 7,],
			"limn.insert.siteRoots": ["web"],
			"files.exclude": { "**/old": true, "**/.svn": false },
		}`);
		assert.deepEqual(ignore, ['private/**', 'drafts/*//x', 'a",]']);
		assert.deepEqual(siteRoots, ['web']);
		assert.deepEqual(exclude, { '**/.git': true, '**/.svn': false, '**/.hg': true, '**/old': true });
	});

	it('let nothing be sent where nobody can read them', async () => {
		for (const text of ['{ "limn.ignore": [', '[]', '"x"', '{ limn.ignore: ["a"] }']) {
			assert.deepEqual((await settings(text)).ignore, ['**'], text);
		}
		assert.deepEqual((await settings('{ "limn.ignore": "private" }')).ignore, ['**']);
		assert.deepEqual((await settings('')).ignore, []);
	});
});
