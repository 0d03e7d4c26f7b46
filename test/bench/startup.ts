// `npm run bench`: what Limn costs a window that opens, and what its first picture takes: medians of 15 fresh processes, the package as it
// ships in a real VS Code. Prints, and decides nothing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { temporaryFolder } from '../editor/processes';
import { Workbench } from '../editor/workbench';
import { OtherExtension } from '../installed/otherExtension';
import { unpacked } from '../laws/vsix';

const runs = 15;
const size = { width: 1024, height: 1024 };
/** Until a window that was just opened has nothing else to do, ms. */
const settling = 2000;

/** Of one extension host, ms. */
const startSchema = z.object({ load: z.number(), activate: z.number() });

interface Start extends z.infer<typeof startSchema> {
	readonly first: number;
	readonly second: number;
}

/** Stands before the extension, and takes its times. */
const timed = `
	const { performance } = require('node:perf_hooks');
	const started = performance.now();
	const limn = require('./dist/extension.js');
	const load = performance.now() - started;
	exports.activate = (context) => {
		const before = performance.now();
		limn.activate(context);
		globalThis.limnStart = { load, activate: performance.now() - before };
	};
`;

async function main(): Promise<void> {
	if (!existsSync('limn.vsix')) throw new Error('There is no limn.vsix: `npm run package` makes it.');
	const folder = temporaryFolder();
	const limn = path.join(folder, 'limn');
	for (const [name, content] of unpacked(await readFile('limn.vsix'))) {
		if (name.startsWith('extension/')) await writeInto(path.join(limn, name.slice('extension/'.length)), content);
	}
	const manifest = z.looseObject({}).parse(JSON.parse(await readFile(path.join(limn, 'package.json'), 'utf8')));
	await writeInto(path.join(limn, 'package.json'), JSON.stringify({ ...manifest, main: './timed.js' }));
	await writeInto(path.join(limn, 'timed.js'), timed);

	const { starts, version } = await startOften(folder, limn);
	const of = (pick: (start: Start) => number) => milliseconds(median(starts.map(pick)));
	const eager = path.join(limn, 'dist/extension.js');
	const rows = [
		['`activate()`', of(({ activate }) => activate), '5 ms'],
		['loading the bundle that is loaded at once', of(({ load }) => load), ''],
		['its size', await kilobytes(eager), '40 KB'],
		[
			`the first \`limn.generate\` (Sketch, ${size.width} × ${size.height}, saved and inserted)`,
			of(({ first }) => first),
			'300 ms',
		],
		['the second', of(({ second }) => second), ''],
		['if they were loaded at once (plain Node): undici', milliseconds(timeToLoad('undici')), ''],
		['zod', milliseconds(timeToLoad('zod')), ''],
		['all of Limn but undici and the painter', milliseconds(timeToLoad(path.join(limn, 'dist/limn.js'))), ''],
		['`limn.vsix`', await kilobytes('limn.vsix'), '1500 KB'],
	];
	const today = new Date().toISOString().slice(0, 10);
	console.log(
		`\n| start (${today}, VS Code ${version}, Node ${process.versions.node}) | median of ${runs} | less than |\n|---|---|---|`,
	);
	for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

async function writeInto(file: string, content: string | Buffer): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, content);
}

/** Each time in a new extension host. */
async function startOften(folder: string, limn: string): Promise<{ starts: Start[]; version: string }> {
	const project = path.join(folder, 'project');
	await writeInto(path.join(project, 'guide.md'), '# Guide\n\n');
	const other = new OtherExtension(path.join(folder, 'driver'));
	await other.write();
	const settings = { 'limn.model': 'sketch/placeholder' };
	const workbench = await Workbench.open(project, { extensions: [limn, other.folder], settings });
	try {
		await other.ready();
		const starts: Start[] = [];
		for (let run = 0; run < runs; run++) {
			await other.leave();
			await workbench.reload();
			await other.ready();
			// As with a person who asks for a picture for what is open before them.
			await workbench.openFile('guide.md');
			starts.push(await oneStart(project, other));
		}
		return { starts, version: (await other.about('limn.limn')).version };
	} finally {
		await workbench.close();
	}
}

async function oneStart(project: string, other: OtherExtension): Promise<Start> {
	while (!(await other.about('limn.limn')).isActive) await setTimeout(50);
	await setTimeout(settling);
	const start = startSchema.parse(await other.global('limnStart'));
	const order = {
		prompt: 'a lighthouse at dawn',
		size: `${size.width}x${size.height}`,
		insert: { uri: path.join(project, 'guide.md'), line: 2, character: 0 },
		silent: true,
	};
	const first = await other.timeOf('limn.generate', order);
	const second = await other.timeOf('limn.generate', { ...order, prompt: 'amber forest' });
	await other.command('workbench.action.files.revert');
	await rm(path.join(project, 'images'), { recursive: true });
	return { ...start, first, second };
}

/** Of a module, in processes of their own. It finds an editor without anything in it. */
function timeToLoad(module: string): number {
	const program = `
		const { Module } = require('node:module');
		const load = Module._load;
		const nothing = new Proxy(class {}, { get: (target, name) => (name === 'prototype' ? target.prototype : nothing), apply: () => nothing });
		Module._load = (name, ...rest) => (name === 'vscode' ? nothing : load(name, ...rest));
		const started = performance.now();
		require(process.argv[1]);
		process.stdout.write(String(performance.now() - started));
		process.exit();
	`;
	const times = Array.from({ length: runs }, () =>
		Number(execFileSync(process.execPath, ['-e', program, module], { encoding: 'utf8' })),
	);
	return median(times);
}

async function kilobytes(file: string): Promise<string> {
	return `${((await stat(file)).size / 1000).toFixed(1)} KB`;
}

function milliseconds(value: number): string {
	return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function median(numbers: readonly number[]): number {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
