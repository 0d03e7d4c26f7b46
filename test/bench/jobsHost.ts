// What the extension host loads for `test/bench/jobs.ts`.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, Uri, workspace } from 'vscode';
import * as z from 'zod';
import { parseResult, type Result } from '../host/contract';
import { median } from './median';

const runs = 25;
const waitsSchema = z.record(z.string(), z.number());

/** The entry that VS Code's test runner calls. */
export async function run(): Promise<void> {
	const server = process.env['LIMN_BENCH_SERVER'] ?? '';
	const [recipes = 0, atOnce = 1, latency = 0] = (process.env['LIMN_BENCH_BATCH'] ?? '').split(' ').map(Number);
	const waits = async () => waitsSchema.parse(await (await fetch(`${server}/waits`)).json());
	const lines = [await single(waits), await batch(recipes, atOnce, latency)];
	// The editor keeps what is printed here to itself.
	await writeFile(process.env['LIMN_BENCH_REPORT'] ?? '', lines.join('\n'));
}

/** All that is not waiting for the provider: from the call of the command to its result, less what the server took. */
async function single(waits: () => Promise<z.infer<typeof waitsSchema>>): Promise<string> {
	const totals: number[] = [];
	for (let index = 0; index < runs + 3; index++) {
		const started = performance.now();
		const result = await generate(`single ${index}`);
		const total = performance.now() - started;
		if (result.images.length !== 1) throw new Error(JSON.stringify(result));
		totals.push(total - ((await waits())[`single ${index}`] ?? 0));
	}
	const own = totals.slice(3).toSorted((a, b) => a - b);
	const spread = `${own[0]?.toFixed(0)} to ${own.at(-1)?.toFixed(0)}`;
	return `| a job's own time, 1024 × 1024 PNG with recipe | ${median(own).toFixed(0)} ms (${spread}; ${runs} runs) | 60 ms |`;
}

/** 200 recipes of one document. What no one can beat: the rounds that they need, each as long as the provider takes. */
async function batch(recipes: number, atOnce: number, latency: number): Promise<string> {
	const [folder] = workspace.workspaceFolders ?? [];
	const uri = Uri.file(path.join(folder?.uri.fsPath ?? '', 'recipes.md'));
	const started = performance.now();
	const result = parseResult(await commands.executeCommand('limn.buildImages', { silent: true, uri }));
	const took = performance.now() - started;
	if (result.images.length !== recipes) throw new Error(JSON.stringify(result.failures.slice(0, 3)));
	const ideal = Math.ceil(recipes / atOnce) * latency;
	const over = (100 * (took - ideal)) / ideal;
	return `| ${recipes} recipes, ${atOnce} at once, ${latency / 1000} s each | ${(took / 1000).toFixed(1)} s: ${over.toFixed(1)} % over ${ideal / 1000} s | 3 % |`;
}

async function generate(prompt: string): Promise<Result> {
	const argument = { prompt, model: 'custom/sd-cpp-local', size: '1024x1024', folder: 'images', silent: true };
	return parseResult(await commands.executeCommand('limn.generate', argument));
}
