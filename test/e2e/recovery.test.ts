import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import * as z from 'zod';
import { Workbench } from '../editor/workbench';
import { until } from '../host/until';
import type { Emulator } from '../servers/emulator';
import { startOpenAI } from '../servers/openai';
import { isRunwarePoll, runwareKey, startRunware } from '../servers/runware';
import { openaiKey } from '../servers/testing';

const owner = z.object({ pid: z.int() });

describe('a window that goes in the middle of a job', () => {
	let parent: string;
	let runware: Emulator;
	let openai: Emulator;
	let workbench: Workbench;
	/** Runware works until it is told to finish. */
	const work = { polls: Infinity };

	before(async () => {
		parent = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const folder = path.join(parent, 'a b#ü');
		await cp('test/sample', folder, { recursive: true });
		await writeFile(path.join(folder, 'notes.md'), '# Notes\n');
		[runware, openai] = await Promise.all([startRunware(work), startOpenAI()]);
		const settings = {
			'limn.providers.runware.baseUrl': runware.baseUrl,
			'limn.providers.openai.baseUrl': openai.baseUrl,
			'limn.model': 'runware/runware:100@1',
			'limn.budget.daily': 5,
			'limn.keys.fromEnvironment': ['runware', 'openai'],
		};
		const env = { RUNWARE_API_KEY: runwareKey, OPENAI_API_KEY: openaiKey };
		workbench = await Workbench.open(folder, { devPath: '.', settings, env });
	});
	after(async () => {
		await workbench.close();
		await Promise.all([runware, openai].map(async (emulator) => emulator.close()));
		await rm(parent, { recursive: true, force: true });
	});
	beforeEach(() => (work.polls = Infinity));
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
		await workbench.clearNotifications();
	});

	it('has its paid picture when it is opened again', async () => {
		const before = orders(runware);
		await order('a heron in the reeds');
		await until(() => polls(runware) > 0);
		await reloadWindow();
		work.polls = 1;
		await workbench.notification(/Recovered images\/a-heron-in-the-reeds\.png/).waitFor();
		await workbench.screenshot('recovered');
		assert.equal(orders(runware) - before, 1);
		await mustBePicture('a-heron-in-the-reeds.png');
		assert.deepEqual(await records(), []);

		await workbench.openFile('notes.md');
		await workbench
			.notification(/Recovered/)
			.getByRole('button', { name: 'Insert Reference' })
			.click();
		await workbench.unsaved('notes.md').waitFor();
		assert.match(await workbench.savedText('notes.md'), /!\[[^\]]*\]\(images\/a-heron-in-the-reeds\.png\)/);
	});

	it('has it too when the extension host is killed', async () => {
		const before = orders(runware);
		await order('a crane over the marsh');
		await until(() => orders(runware) > before);
		const asked = polls(runware);
		await until(() => polls(runware) > asked);
		process.kill(await hostProcess(), 'SIGKILL');
		work.polls = 1;
		await workbench.notification(/Recovered images\/a-crane-over-the-marsh\.png/).waitFor();
		assert.equal(orders(runware) - before, 1);
		await mustBePicture('a-crane-over-the-marsh.png');
		assert.deepEqual(await records(), []);
	});

	it('is told what nobody can be asked for, and nothing is ordered again', async () => {
		await workbench.runCommand('Limn: Generate Image…');
		await workbench.inputBox.button(/^Change Model/).click();
		await titled(/^Model$/);
		await workbench.inputBox.submit('openai/gpt-image-2');
		await titled(/gpt-image-2/);
		await workbench.inputBox.submit('a stork !hang');
		await until(() => openai.charges === 1);
		process.kill(await hostProcess(), 'SIGKILL');
		await workbench.notification(/The window closed before OpenAI had answered.*It may have been charged/).waitFor();
		await workbench.screenshot('not-recovered');
		assert.equal(openai.charges, 1);
		assert.deepEqual(await records(), []);
		await workbench.runCommand('Limn: Recover Unfinished Jobs');
		await workbench.notification('There are no unfinished jobs.').waitFor();
	});

	async function order(prompt: string): Promise<void> {
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/runware:100@1/);
		await workbench.inputBox.submit(prompt);
	}

	/** The editor starts the extensions anew; a browser's own reload would find them still running. */
	async function reloadWindow(): Promise<void> {
		const reloaded = workbench.page.waitForEvent('domcontentloaded');
		await workbench.runCommand('Developer: Reload Window');
		await reloaded;
	}

	async function titled(title: RegExp): Promise<void> {
		await workbench.inputBox.title.filter({ hasText: title }).waitFor();
	}

	/** The process that Limn runs in. */
	async function hostProcess(): Promise<number> {
		const files = (await readdir(journal())).filter((name) => name.endsWith('.owner'));
		const owners = await Promise.all(files.map(async (name) => readFile(path.join(journal(), name), 'utf8')));
		const pid = owners.map((text) => owner.parse(JSON.parse(text)).pid).find(runs);
		return pid ?? assert.fail(owners.join());
	}

	function journal(): string {
		return path.join(workbench.storageOf('limn.limn'), 'journal');
	}

	async function records(): Promise<string[]> {
		return (await readdir(journal())).filter((name) => !name.endsWith('.owner'));
	}

	async function mustBePicture(name: string): Promise<void> {
		const bytes = await readFile(path.join(workbench.folder, 'images', name));
		assert.ok(PNG.sync.read(bytes).width > 0);
	}
});

function runs(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

function orders({ requests }: Emulator): number {
	const sent = requests.filter(({ text = '' }) => text.includes('"imageInference"'));
	return sent.filter(({ headers }) => headers['x-runware-dry-run'] === undefined).length;
}

function polls({ requests }: Emulator): number {
	return requests.filter(isRunwarePoll).length;
}
