// The attacks that need a real VS Code: what a workspace's settings can move, and what an agent can do.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runInHost } from '../editor/hostSuite';
import type { Settings } from '../editor/settings';
import type { Emulator } from '../servers/emulator';
import { type Canary, startCanary } from './canary';
import type { Figure } from './figure';
import { providerKeys } from './providerKeys';
import { figuresSchema, type Seen, seenSchema } from './seen';

const everybody = Object.keys(providerKeys);

/** What a hostile workspace would have: every key, through every door, without a limit. */
function hostileSettings({ origin }: Canary): Settings {
	const addresses = everybody.map(
		(provider) => [`limn.providers.${provider}.baseUrl`, `${origin}/${provider}/v1`] as const,
	);
	return {
		...Object.fromEntries<unknown>(addresses),
		'limn.keys.fromEnvironment': everybody,
		'limn.models.allowRetired': ['lumenfall/dall-e-2'],
		'limn.network.transport': 'editor',
		'limn.network.timeoutSeconds': 1,
		'limn.network.maxConcurrentRequests': 100,
		'limn.budget.confirmAbove': null,
		'limn.budget.daily': null,
		'limn.budget.monthly': 1_000_000,
		'http.proxy': origin,
		'http.proxySupport': 'override',
	};
}

/** Whom the user allows no key. */
const keyless = 'vincony';

function usersSettings(emulators: Readonly<Record<string, Emulator>>): Settings {
	const addresses = Object.entries(emulators).map(
		([provider, { baseUrl }]) => [`limn.providers.${provider}.baseUrl`, baseUrl] as const,
	);
	return {
		...Object.fromEntries<unknown>(addresses),
		'limn.keys.fromEnvironment': everybody.filter((provider) => provider !== keyless),
		'limn.budget.confirmAbove': 20,
		'limn.budget.daily': 10,
	};
}

type Layer = (parent: string, hostile: Settings) => Promise<string>;

/** Every place where a workspace can have settings; the path is what the editor opens. */
const layers: Readonly<Record<string, Layer>> = {
	workspace: async (parent, hostile) => folderWith(parent, hostile),
	folder: async (parent, hostile) => workspaceFile(parent, [await folderWith(parent, hostile)], {}),
	'.code-workspace': async (parent, hostile) => workspaceFile(parent, [await folderWith(parent, {})], hostile),
	'language override': async (parent, hostile) => folderWith(parent, { '[markdown]': hostile, '[plaintext]': hostile }),
};

async function folderWith(parent: string, settings: Settings): Promise<string> {
	const folder = path.join(parent, 'one');
	await mkdir(path.join(folder, '.vscode'), { recursive: true });
	await writeFile(path.join(folder, 'page.md'), '# A page\n');
	await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
	return folder;
}

async function workspaceFile(parent: string, folders: readonly string[], settings: Settings): Promise<string> {
	const file = path.join(parent, 'project.code-workspace');
	const second = path.join(parent, 'two');
	await mkdir(second, { recursive: true });
	const paths = [...folders, second].map((folder) => ({ path: folder }));
	await writeFile(file, JSON.stringify({ folders: paths, settings }));
	return file;
}

/** What an extension host wrote down while it was attacked. */
async function attacked(
	attack: string,
	open: (parent: string) => Promise<string>,
	suite: { readonly settings: Settings; readonly restricted?: boolean },
): Promise<unknown> {
	const parent = await mkdtemp(path.join(os.tmpdir(), 'limn-attack-'));
	try {
		const seen = path.join(parent, 'seen.json');
		const env = { LIMN_ATTACK: attack, LIMN_SEEN: seen, LIMN_HOME_FOLDER: parent };
		const workspace = await open(parent);
		const code = await runInHost({ testsPath: 'out/attacksHost.js', workspace, extensionPath: '.', env, ...suite });
		if (code !== 0) throw new Error(`The extension host ended with ${code}.`);
		return JSON.parse(await readFile(seen, 'utf8'));
	} finally {
		await rm(parent, { recursive: true, force: true });
	}
}

/** What a run was that the user's own settings ruled. */
function differences({ isTrusted, ...seen }: Seen, trusted: boolean): string[] {
	const expected = {
		made: Object.fromEntries(
			everybody.map((provider) => [provider, trusted ? (provider === keyless ? 'no-key' : 'saved') : 'untrusted']),
		),
		retired: trusted ? 'model-unavailable' : 'untrusted',
		aboveBudget: trusted ? 'over-budget' : 'untrusted',
		aboveConfirmation: trusted ? 'over-budget' : 'untrusted',
	};
	const [is, should] = [seen, expected].map((each) => JSON.stringify(each));
	return isTrusted === trusted && is === should ? [] : [`${is}, trusted: ${isTrusted}, instead of ${should}`];
}

/** One layer of hostile settings over the user's own. */
async function underLayer(name: string, layer: Layer, trusted: boolean, canary: Canary): Promise<string[]> {
	const before = canary.heard.length;
	const emulators = await startAll();
	try {
		const hostile = hostileSettings(canary);
		const settings = usersSettings(emulators);
		const open = async (parent: string) => layer(parent, hostile);
		const seen = seenSchema.parse(await attacked('settings', open, { settings, restricted: !trusted }));
		const sent = Object.entries(emulators).filter(([, { requests }]) => requests.length > 0);
		const broken = [
			...canary.heard.slice(before).map((request) => `the canary heard ${request}`),
			...differences(seen, trusted),
			...(trusted ? [] : sent.map(([provider]) => `${provider} was asked`)),
		];
		return broken.map((each) => `${name}, ${trusted ? 'trusted' : 'restricted'}: ${each}`);
	} finally {
		await endAll(emulators);
	}
}

async function startAll(): Promise<Record<string, Emulator>> {
	const started = Object.entries(providerKeys).map(async ([provider, { start }]) => [provider, await start()] as const);
	return Object.fromEntries(await Promise.all(started));
}

async function endAll(emulators: Readonly<Record<string, Emulator>>): Promise<void> {
	await Promise.all(Object.values(emulators).map(async (emulator) => emulator.close()));
}

/** The same settings as the user's own do lead there: the canary hears what there is to hear. */
async function control(canary: Canary): Promise<Figure> {
	const settings = { ...hostileSettings(canary), 'http.proxy': '' };
	await attacked('providers', async (parent) => folderWith(parent, {}), { settings });
	const silent = everybody.filter((provider) => !canary.heard.some((request) => request.includes(`/${provider}/v1`)));
	const what = 'addresses of the user’s own that the canary heard of';
	return { scenario: 'S1', what, tried: everybody.length, broken: silent, isControl: true };
}

/** Settings of a workspace, in every layer, move no endpoint and lift no limit. */
export async function attackBySettings(): Promise<readonly Figure[]> {
	const canary = await startCanary();
	try {
		const broken: string[] = [];
		for (const [name, layer] of Object.entries(layers)) {
			for (const trusted of [true, false]) broken.push(...(await underLayer(name, layer, trusted, canary)));
		}
		const each = Object.keys(hostileSettings(canary)).length;
		const runs = Object.keys(layers).length * 2;
		const tried = each * runs;
		const what = `settings of a workspace that moved an endpoint, a key or a limit (${runs} runs, each of ${each} settings at once)`;
		return [{ scenario: 'S1', what, tried, broken }, await control(canary)];
	} finally {
		await canary.close();
	}
}

/** What an agent, or nobody at all, can bring Limn to do. */
export async function attackAsAgent(): Promise<readonly Figure[]> {
	const settings = { 'limn.keys.fromEnvironment': everybody, 'limn.budget.confirmAbove': 0 };
	return figuresSchema.parse(await attacked('agents', async (parent) => folderWith(parent, {}), { settings }));
}
