// `npm run servers`: the emulated providers, to try Limn by hand without an account, until Ctrl+C.
// `--legacy` serves the OpenAI models that have been retired.
import { parseArgs } from 'node:util';
import { startCustom } from '../servers/custom';
import type { Emulator, EmulatorOptions } from '../servers/emulator';
import type { Fault } from '../servers/fault';
import { answerFaults } from '../servers/faultAnswers';
import { downloadFaults } from '../servers/faultDownloads';
import { pictureFaults } from '../servers/faultPictures';
import { refusalFaults } from '../servers/faultRefusals';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { replicateKey, startReplicate } from '../servers/replicate';
import { runwareKey, startRunware } from '../servers/runware';
import { startVincony, vinconyKey } from '../servers/vincony';

interface Served {
	readonly title: string;
	readonly provider: string;
	readonly key: string;
	/** To be tried, by the name that the server gives it. */
	readonly model: string;
	readonly start: (options: EmulatorOptions) => Promise<Emulator>;
}

interface Running extends Served {
	readonly emulator: Emulator;
}

/** The first of them; each emulator has the one after its predecessor's, if it is free. */
const firstPort = 4101;

function served(legacy: boolean): Served[] {
	const custom = { provider: 'custom', key: 'none' } as const;
	return [
		{
			title: legacy ? 'OpenAI, before the retirements' : 'OpenAI',
			provider: 'openai',
			key: 'sk-emulator (or whatever begins so)',
			model: 'gpt-image-2',
			start: async (options) => startOpenAI({ ...options, legacy }),
		},
		{
			title: legacy ? 'Runware, before the retirements' : 'Runware',
			provider: 'runware',
			key: runwareKey,
			model: 'openai:gpt-image@2',
			start: async (options) => startRunware({ ...options, legacy }),
		},
		{
			title: 'Lumenfall',
			provider: 'lumenfall',
			key: 'lmnfl_emulator.secret',
			model: 'gpt-image-2',
			start: startLumenfall,
		},
		{
			title: legacy ? 'Vincony, before the retirements' : 'Vincony',
			provider: 'vincony',
			key: vinconyKey,
			model: 'openai/gpt-image-2',
			start: async (options) => startVincony({ ...options, legacy }),
		},
		{
			title: legacy ? 'Replicate, before the retirements' : 'Replicate',
			provider: 'replicate',
			key: replicateKey,
			model: 'black-forest-labs/flux-schnell',
			start: async (options) => startReplicate({ ...options, legacy }),
		},
		{
			...custom,
			title: 'stable-diffusion.cpp',
			model: 'sd-cpp-local',
			start: async (options) => startCustom('sd-cpp', options),
		},
		{
			...custom,
			title: 'LocalAI',
			model: 'stablediffusion',
			start: async (options) => startCustom('localai', options),
		},
		{
			...custom,
			title: 'vLLM-Omni',
			model: 'Qwen/Qwen-Image',
			start: async (options) => startCustom('vllm-omni', options),
		},
		{
			...custom,
			title: 'SGLang',
			model: 'black-forest-labs/FLUX.1-dev',
			start: async (options) => startCustom('sglang', options),
		},
	];
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { legacy: { type: 'boolean', default: false } } });
	const running = await Promise.all(served(values.legacy).map(async (one, index) => startNear(firstPort + index, one)));
	sayWhere(running, values.legacy);
	sayWhat(running);
	sayFaults();
	console.log('\nRequests, until Ctrl+C:\n');
	await interrupted();
	await Promise.all(running.map(async ({ emulator }) => emulator.close()));
}

/** At another port only where that one is taken. */
async function startNear(port: number, one: Served): Promise<Running> {
	const log = (line: string) => console.log(`${new Date().toLocaleTimeString()}  ${one.title}: ${line}`);
	// They run for long: without a limit they would keep every picture that was ever sent to them.
	const options = { log, remember: 20 };
	try {
		return { ...one, emulator: await one.start({ ...options, port }) };
	} catch (error) {
		if (!isTaken(error)) throw error;
	}
	const emulator = await one.start(options);
	console.log(`The port ${port} is taken: ${one.title} is at ${emulator.origin} this time.`);
	return { ...one, emulator };
}

function isTaken(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Settings know one server of one's own; the others can take its place. */
function sayWhere(running: readonly Running[], legacy: boolean): void {
	const own = running.filter(({ provider }) => provider === 'custom');
	const [first, ...others] = own;
	const pasted = running.filter((one) => one === first || !own.includes(one));
	const settings = {
		...Object.fromEntries(pasted.map(({ provider, emulator }) => [settingOf(provider), emulator.baseUrl])),
		...(legacy && { [allowRetired]: retired }),
	};
	console.log('\nTo paste into your settings (F1, “Preferences: Open User Settings (JSON)”):\n');
	console.log(JSON.stringify(settings, undefined, '\t'));
	console.log(`\nThe custom server is ${first?.title}. For another one, exchange its line for one of these:\n`);
	for (const { title, provider, emulator } of others) {
		console.log(`  "${settingOf(provider)}": "${emulator.baseUrl}",  // ${title}`);
	}
	const advice = `"${allowRetired}": ["openai/dall-e-3"]`;
	console.log(
		legacy
			? `\nRetired models are served, and Limn sends those that ${allowRetired} names.`
			: `\nRetired models: npm run servers -- --legacy serves them, and ${advice} lets Limn send one.`,
	);
}

const retired = [
	'openai/dall-e-2',
	'openai/dall-e-3',
	'runware/openai:2@2',
	'runware/openai:2@3',
	'vincony/openai/dall-e-2',
	'replicate/openai/dall-e-2',
];

const allowRetired = 'limn.models.allowRetired';

function settingOf(provider: string): string {
	return `limn.providers.${provider}.baseUrl`;
}

function sayWhat(running: readonly Running[]): void {
	console.log('\nKeys (F1, “Limn: Set API Key…”), and a model of each to try:\n');
	for (const { title, provider, key, model } of running) {
		console.log(`  ${title}\n    key: ${key}\n    "limn.model": "${provider}/${model}"`);
	}
}

const faultGroups: readonly (readonly [title: string, faults: Readonly<Record<string, Fault>>])[] = [
	['Refused before the work: nothing is charged', refusalFaults],
	['After the work: it is charged', answerFaults],
	['Made, but not what was asked for', pictureFaults],
	['Lost at its address, where a picture has one (option response_format: url)', downloadFaults],
];

/** Sorted, because an object puts names that are numbers first, away from their like. */
function sayFaults(): void {
	console.log('\nWords in the prompt that let it fail, in OpenAI’s terms; the others have their own:');
	for (const [title, faults] of faultGroups) {
		console.log(`\n  ${title}\n`);
		const sorted = Object.entries(faults).toSorted(([a], [b]) => a.localeCompare(b));
		for (const [name, { says }] of sorted) console.log(`    !${name.padEnd(18)} ${says}`);
	}
}

async function interrupted(): Promise<void> {
	await new Promise<void>((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
	});
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	// Those that did start would keep the process alive.
	process.exit(1);
});
