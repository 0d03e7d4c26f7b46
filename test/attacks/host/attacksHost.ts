// What the editor's extension host loads for an attack: `LIMN_ATTACK` says which, `LIMN_SEEN` where to write what came of it.
import { writeFile } from 'node:fs/promises';
import { attackAsAgent } from './agents';
import { attackInSilence } from './silence';
import { useProviders, useSettings } from './settings';

const attacks: Readonly<Record<string, () => Promise<unknown>>> = {
	settings: useSettings,
	providers: useProviders,
	agents: async () => [...(await attackInSilence()), ...(await attackAsAgent())],
};

/** The entry that VS Code's test runner calls. */
export async function run(): Promise<void> {
	const { LIMN_ATTACK: name = '', LIMN_SEEN: file = '', LIMN_HOST_MARK: mark = '' } = process.env;
	// Heard by codeHost.ts: without a word from here it shows the editor's own noise.
	console.log(`${mark}${name}`);
	const seen = await attacks[name]?.();
	await writeFile(file, JSON.stringify(seen));
}
