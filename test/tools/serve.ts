// `npm run servers`: the emulated providers, to try Limn by hand without an account, until Ctrl+C.
// `--legacy` serves the OpenAI models that have been retired.
import { parseArgs } from 'node:util';
import { startCustom } from '../servers/custom';
import type { Emulator, EmulatorOptions } from '../servers/emulator';
import { faults } from '../servers/faults';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';

interface Served {
	readonly title: string;
	readonly setting: string;
	readonly key: string;
	readonly start: (options: EmulatorOptions) => Promise<Emulator>;
}

/** The first of them; each emulator has the one after its predecessor's, if it is free. */
const firstPort = 4101;

function served(legacy: boolean): Served[] {
	const custom = { setting: 'limn.providers.custom.baseUrl', key: 'none' };
	return [
		{
			title: legacy ? 'OpenAI, before the retirements' : 'OpenAI',
			setting: 'limn.providers.openai.baseUrl',
			key: 'sk-emulator, and whatever begins with it',
			start: async (options) => startOpenAI({ ...options, legacy }),
		},
		{
			title: 'Lumenfall',
			setting: 'limn.providers.lumenfall.baseUrl',
			key: 'lmnfl_emulator.secret',
			start: startLumenfall,
		},
		{ ...custom, title: 'stable-diffusion.cpp', start: async (options) => startCustom('sd-cpp', options) },
		{ ...custom, title: 'LocalAI', start: async (options) => startCustom('localai', options) },
		{ ...custom, title: 'vLLM-Omni', start: async (options) => startCustom('vllm-omni', options) },
		{ ...custom, title: 'SGLang', start: async (options) => startCustom('sglang', options) },
	];
}

async function startNear(port: number, { title, start }: Served): Promise<Emulator> {
	const log = (line: string) => console.log(`${new Date().toLocaleTimeString()}  ${title}: ${line}`);
	return start({ port, log }).catch(async () => start({ log }));
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { legacy: { type: 'boolean' } } });
	const all = served(values.legacy === true);
	const running = await Promise.all(all.map(async (one, index) => startNear(firstPort + index, one)));
	all.forEach((one, index) => introduce(one, running[index]?.baseUrl ?? ''));
	console.log('\nWords in the prompt that let it fail:\n');
	for (const [name, { says }] of Object.entries(faults)) console.log(`  !${name.padEnd(18)} ${says}`);
	console.log('\nRequests, until Ctrl+C:\n');
	await interrupted();
	await Promise.all(running.map(async (emulator) => emulator.close()));
}

function introduce({ title, setting, key }: Served, baseUrl: string): void {
	console.log(`${title} (key: ${key})\n  "${setting}": "${baseUrl}",`);
}

async function interrupted(): Promise<void> {
	await new Promise<void>((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
	});
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
