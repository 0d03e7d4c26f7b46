#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { Program } from './cli/command';
import { keysIn } from './cli/environment';
import { main } from './cli/main';
import { keyRemover, redactor } from './network/redact';

/** What the process is to a command. The first signal ends it gently, the second at once. */
function programOf(version: string): Program {
	const { env } = process;
	const clean = keyRemover(keysIn(env)) ?? ((text: string) => text);
	const redact = redactor(keysIn(env));
	const ending = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM'] as const) {
		process.on(name, () => {
			if (ending.signal.aborted) process.exit(130);
			ending.abort();
		});
	}
	// Who reads no further, as `head` does, wants no more.
	process.stdout.on('error', () => ending.abort());
	// What nobody wants to hear costs no picture.
	process.stderr.on('error', () => undefined);
	return {
		out: (line) => process.stdout.write(`${clean(line)}\n`),
		err: (line) => process.stderr.write(`${redact(line)}\n`),
		environment: env,
		folder: process.cwd(),
		bundles: __dirname,
		version,
		signal: ending.signal,
		loadDirect: async () => import('./network/direct.js'),
		loadMcp: async () => import('./mcp.js'),
	};
}

async function run(): Promise<void> {
	const manifest: unknown = JSON.parse(await readFile(path.join(__dirname, '..', 'package.json'), 'utf8'));
	const { version } = z.object({ version: z.string() }).parse(manifest);
	const program = programOf(version);
	try {
		process.exitCode = await main(process.argv.slice(2), program);
	} catch (fault) {
		program.err(`limn: something failed in Limn itself; please report it. ${String(fault)}`);
		process.exitCode = 1;
	}
}

void run();
