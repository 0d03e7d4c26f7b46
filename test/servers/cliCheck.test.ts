import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { findingShape } from '../contractShapes';
import { Desk } from './cliTesting';
import { pngOf, twoHalves } from './testing';

const shape = z.strictObject({ findings: z.array(findingShape) });

const picture = pngOf(twoHalves(8, 8));

const guide = `# Guide

<!-- limn: a lighthouse -->
![A lighthouse](images/lighthouse.png)

![](images/there.png)

![A ghost](images/ghost.png)
`;

/** A notebook with one Markdown cell, the second of two. */
const notebook = JSON.stringify({
	cells: [
		{ cell_type: 'code', source: ['1 + 1'], metadata: {}, outputs: [], execution_count: null },
		{ cell_type: 'markdown', source: ['Look:\n', '![A ghost](ghost.png)'], metadata: {} },
	],
	metadata: {},
	nbformat: 4,
	nbformat_minor: 5,
});

describe('limn check', () => {
	let desk: Desk;

	beforeEach(async () => {
		desk = await Desk.open();
		await desk.write('docs/images/there.png', picture);
	});
	afterEach(async () => desk.close());

	async function kinds(...args: readonly string[]): Promise<string[]> {
		const { out, err } = await desk.limn(['check', '--json', ...args]);
		assert.ok(out.endsWith('}\n'), err);
		return shape
			.parse(JSON.parse(out))
			.findings.map(({ uri, line, kind }) => `${uri.split('/').at(-1)}:${line}:${kind}`);
	}

	it('finds what is wrong, by file and line, and exits with 1', async () => {
		await desk.write('docs/guide.md', guide);
		const { code, out, err } = await desk.limn(['check']);
		assert.equal(code, 1);
		assert.deepEqual(out.split('\n').slice(0, -1), [
			'docs/guide.md:3: missing: The picture lighthouse.png is missing. Generate it from its recipe.',
			'docs/guide.md:6: no-alt: images/there.png has no alternative text. Say what it shows.',
			'docs/guide.md:8: broken-link: There is no picture images/ghost.png.',
		]);
		assert.equal(err, '1 document with pictures, 3 findings.\n');
	});

	it('prints the findings of the contract', async () => {
		await desk.write('docs/guide.md', guide);
		const { code, out } = await desk.limn(['check', '--json']);
		const { findings } = shape.parse(JSON.parse(out));
		assert.deepEqual([code, findings.length], [1, 3]);
		assert.equal(findings[0]?.uri, pathToFileURL(path.join(desk.root, 'docs/guide.md')).href);
		assert.equal(findings[0]?.line, 2);
	});

	it('exits with 0 where all is well, whatever stands in the environment', async () => {
		const made = createHash('sha256').update(picture).digest('hex').slice(0, 12);
		await desk.write('docs/fine.md', `![There](images/there.png)\n\nmade ${made}\n`);
		const { code, out } = await desk.limn(['check'], { LIMN_DAILY_BUDGET: 'nonsense', LIMN_OPENAI_BASE_URL: '?' });
		assert.deepEqual([code, out], [0, '']);
		assert.deepEqual(await desk.own(), []);
	});

	it('knows a stale picture', async () => {
		await desk.write(
			'docs/a.md',
			'<!-- limn: a sea | made=000000000000-000000000000 -->\n![A sea](images/there.png)\n',
		);
		assert.deepEqual(await kinds(), ['a.md:0:stale']);
		assert.deepEqual(await kinds('--only', 'missing'), []);
		assert.deepEqual(await kinds('--only', 'stale'), ['a.md:0:stale']);
	});

	it('finds no fault in what limn generate and a person have made', async () => {
		await desk.limn(['generate', 'a sea', '--out', 'docs/images/sea.png', '--model', 'sketch/placeholder']);
		await desk.write('docs/a.md', '![A sea](images/sea.png)\n');
		assert.deepEqual(await kinds(), []);
	});

	it('looks into what is named, and into nothing else', async () => {
		await desk.write('docs/guide.md', guide);
		await desk.write('other/b.md', '![B](none.png)');
		await desk.write('other/deep/c.rst', '.. image:: none.png\n   :alt: C\n');
		assert.deepEqual(await kinds('other'), ['b.md:0:broken-link', 'c.rst:0:broken-link']);
		assert.deepEqual(await kinds('other/b.md', 'other/deep'), ['b.md:0:broken-link', 'c.rst:0:broken-link']);
		assert.deepEqual(await kinds(path.join(desk.root, 'other/b.md')), ['b.md:0:broken-link']);
	});

	it('passes over what the editor passes over', async () => {
		await desk.write('.gitignore', 'built/\n');
		await desk.write('built/a.md', '![A](none.png)');
		await desk.write('node_modules/x/README.md', '![A](none.png)');
		await desk.write('old/a.md', '![A](none.png)');
		await desk.write('.vscode/settings.json', '{ "files.exclude": { "**/old": true } }');
		assert.deepEqual(await kinds(), []);
		// Whoever names a file means it.
		assert.deepEqual(await kinds('built/a.md'), ['a.md:0:broken-link']);
	});

	it('counts in the cells of a notebook', async () => {
		await desk.write('n.ipynb', notebook);
		const { out } = await desk.limn(['check']);
		assert.equal(out, 'n.ipynb:cell 2:2: broken-link: There is no picture ghost.png.\n');
	});

	it('follows a site’s own root', async () => {
		await desk.write('static/logo.png', picture);
		await desk.write('docusaurus.config.js', 'module.exports = {};');
		await desk.write('docs/a.md', '![Logo](/logo.png)\n');
		assert.deepEqual(await kinds(), []);
	});

	it('says that a file is too large to be looked into', async () => {
		await desk.write('big.md', `![A](none.png)\n${' '.repeat(4 * 1024 * 1024)}`);
		const { code, err } = await desk.limn(['check']);
		assert.equal(code, 0);
		assert.match(err, /^big\.md is too large/);
	});

	it('looks at nothing outside of the folder', async () => {
		await mkdir(path.join(desk.top, 'outside'));
		await writeFile(path.join(desk.top, 'outside/a.md'), '![A](none.png)');
		await symlink(path.join(desk.top, 'outside'), path.join(desk.root, 'link'));
		assert.deepEqual(await kinds(), []);
		for (const name of ['link/a.md', 'link', '../outside/a.md', '/etc']) {
			assert.equal((await desk.limn(['check', name])).code, 2, name);
		}
	});

	it('prints nothing that a terminal obeys', async () => {
		await desk.write('a.md', '![A](<no\u001B[31mne.png>)\n');
		const { out } = await desk.limn(['check']);
		assert.ok(!out.includes('\u001B'), JSON.stringify(out));
	});
});
