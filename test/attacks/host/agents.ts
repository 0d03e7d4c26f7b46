import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { LanguageModelTextPart, lm, workspace } from 'vscode';
import type { Emulator } from '../../servers/emulator';
import { lumenfallModels } from '../../servers/lumenfallModels';
import { drawPicture } from '../../servers/pictures';
import { encodePng } from '../../servers/png';
import type { Figure } from '../figure';
import { emulated, setByUser } from './emulated';
import { hostileImages, hostilePaths, hostilePrompts, secrets, secretFile } from './redTeam';

type Tool = 'limn_generate_image' | 'limn_edit_image';

const model = 'lumenfall/gpt-image-2';

/** What an agent is told. */
async function call(tool: Tool, input: object): Promise<string> {
	const { content } = await lm.invokeTool(tool, { input, toolInvocationToken: undefined });
	return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('\n');
}

/** The workspace's folder, and the one around it with all that is none of its business. */
interface Ground {
	readonly home: string;
	readonly around: string;
}

/** Folders and files that attacks lead to. */
async function prepareGround(): Promise<Ground> {
	const home = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
	const around = path.dirname(home);
	const picture = encodePng(drawPicture({ width: 64, height: 48 }, [200, 80, 20]));
	await mkdir(path.join(around, 'outside'), { recursive: true });
	await mkdir(path.join(home, '.git', 'hooks'), { recursive: true });
	await writeFile(path.join(around, 'outside', 'private.png'), picture);
	await writeFile(path.join(home, 'inside.png'), picture);
	await writeFile(path.join(home, '.env'), secretFile);
	await writeFile(path.join(home, 'env.png'), secretFile);
	await symlink('../outside', path.join(home, 'leads-out'));
	await symlink('../outside/private.png', path.join(home, 'link.png'));
	return { home, around };
}

/** Every file around and in the workspace, but for what Limn may write: pictures in plain folders of it. */
async function forbiddenFiles({ home, around }: Ground): Promise<string[]> {
	const entries = await readdir(around, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => !entry.isDirectory())
		.map(({ parentPath, name }) => path.join(parentPath, name));
	const isAllowed = (file: string) => {
		const way = path.relative(home, file);
		return !way.startsWith('..') && !/(^|[\\/])\./.test(way) && /\.(png|jpe?g|webp)$/.test(way);
	};
	return files.filter((file) => !isAllowed(file)).toSorted();
}

const dailyBudget = 0.4;
const calls = 1000;
const together = 20;

/** An agent that was always allowed, and that does not stop. */
async function spend(ground: Ground, emulators: readonly Emulator[]): Promise<Figure[]> {
	await setByUser('limn.budget.daily', dailyBudget);
	const before = await forbiddenFiles(ground);
	const began = Date.now();
	const said: string[] = [];
	for (let number = 0; number < calls; number += together) {
		const some = Array.from({ length: together }, async (_, index) => {
			const place = hostilePaths[(number + index) % (hostilePaths.length * 3)];
			return call('limn_generate_image', {
				prompt: `a fox ${number + index}`,
				model,
				size: '256x256',
				...(place !== undefined && { path: place }),
			});
		});
		said.push(...(await Promise.all(some)));
	}
	const seconds = Math.round((Date.now() - began) / 1000);
	const spent = said.reduce((sum, text) => sum + Number(/Cost: (?:about )?\$(\d+\.\d+)/.exec(text)?.[1] ?? 0), 0);
	const saved = said.filter((text) => text.startsWith('Saved ')).length;
	const charges = emulators.reduce((sum, emulator) => sum + emulator.charges, 0);
	// By the provider's own price list.
	const billed = charges * (lumenfallModels.find(({ slug }) => model.endsWith(`/${slug}`))?.usdPerPicture ?? Infinity);
	const beyond = [
		...(spent <= dailyBudget && spent > 0 ? [] : [`${spent} USD were spent, of ${dailyBudget}`]),
		...(billed <= dailyBudget ? [] : [`${billed} USD were billed, of ${dailyBudget}`]),
		...(charges === saved && saved > 0 ? [] : [`${charges} pictures were charged, ${saved} saved`]),
	];
	const written = (await forbiddenFiles(ground)).filter((file) => !before.includes(file));
	return [
		{
			scenario: 'S18',
			what: `tool calls that passed the budget (${charges} charged: ${billed.toFixed(3)} USD of ${dailyBudget} billed, ${spent.toFixed(3)} said, in ${seconds} s)`,
			tried: calls,
			broken: beyond,
		},
		{
			scenario: 'S18',
			what: 'tool calls that wrote outside, hidden, or what is no picture',
			tried: calls,
			broken: written,
		},
	];
}

/** Everything that was sent, as text. */
function sentBy(emulators: readonly Emulator[]): string {
	return emulators.flatMap(({ requests }) => requests.map((request) => JSON.stringify(request))).join('\n');
}

/** Places that an agent named, and what came to be there. */
async function write(ground: Ground): Promise<Figure> {
	const before = await forbiddenFiles(ground);
	const broken: string[] = [];
	for (const place of hostilePaths) {
		const text = await call('limn_generate_image', { prompt: 'a fox', model, path: place });
		if (text.startsWith('Saved ')) broken.push(`${place}: ${text}`);
	}
	broken.push(...(await forbiddenFiles(ground)).filter((file) => !before.includes(file)));
	if ((await readFile(path.join(ground.home, '.env'), 'utf8')) !== secretFile) broken.push('.env was changed');
	return { scenario: 'S19', what: 'paths of an agent that were written to', tried: hostilePaths.length, broken };
}

/** Files that an agent named, and whether anything was sent of them. */
async function read(ground: Ground, emulators: readonly Emulator[]): Promise<Figure[]> {
	const broken: string[] = [];
	const heard = () => emulators.reduce((sum, { requests }) => sum + requests.length, 0);
	const { outside, noPictures } = hostileImages(ground);
	const images = [...outside, ...noPictures];
	for (const image of images) {
		const before = heard();
		const text = await call('limn_edit_image', { image, prompt: 'a moon', model: 'openai/gpt-image-2' });
		if (heard() > before || text.startsWith('Saved ')) broken.push(`${image}: ${text}`);
	}
	const text = await call('limn_edit_image', { image: 'inside.png', prompt: 'a moon', model: 'openai/gpt-image-2' });
	const failed = text.startsWith('Saved ') ? [] : [text];
	return [
		{ scenario: 'S19', what: 'files outside, or that are no pictures, that were sent', tried: images.length, broken },
		{ scenario: 'S19', what: 'a picture of the workspace is sent', tried: 1, broken: failed, isControl: true },
	];
}

/** Words that an agent got back, and whether they are more than words in a document. */
async function quote(): Promise<Figure> {
	const broken: string[] = [];
	for (const [prompt, alt] of hostilePrompts) {
		const text = await call('limn_generate_image', { prompt, alt, model, path: 'red/team.png' });
		if (!text.startsWith('Saved red/team') || !isOnePicture(text)) broken.push(`${prompt}: ${text}`);
	}
	const what = 'texts that came back to the agent as more than text';
	return { scenario: 'S19', what, tried: hostilePrompts.length, broken };
}

/** Whether the whole answer, as Markdown, is plain words and one picture, which is Limn's own. */
function isOnePicture(text: string): boolean {
	const { children } = fromMarkdown(text);
	const inner = children.flatMap((each) => (each.type === 'paragraph' ? each.children : [each]));
	const [picture, ...others] = inner.filter(({ type }) => type !== 'text');
	return others.length === 0 && picture?.type === 'image' && picture.url.startsWith('red/team');
}

/** Prompts with a secret in them: the editor's confirmation does not stand for these. */
async function leak(emulators: readonly Emulator[]): Promise<Figure> {
	const broken: string[] = [];
	for (const [kind, secret] of Object.entries(secrets)) {
		for (const tool of ['limn_generate_image', 'limn_edit_image'] as const) {
			const image = tool === 'limn_edit_image' ? { image: 'inside.png' } : {};
			const text = await call(tool, { prompt: `a poster that says ${secret}`, model: 'openai/gpt-image-2', ...image });
			const isSent = sentBy(emulators).includes(JSON.stringify(secret).slice(1, -1));
			if (isSent || text.startsWith('Saved ')) broken.push(`${tool}, ${kind}: ${text}`);
		}
	}
	return {
		scenario: 'S19',
		what: 'prompts with a secret that were sent',
		tried: Object.keys(secrets).length * 2,
		broken,
	};
}

/** An agent that somebody's document has turned. */
async function betray(ground: Ground, emulators: readonly Emulator[]): Promise<Figure[]> {
	await setByUser('limn.budget.daily', 1000);
	return [await write(ground), ...(await read(ground, emulators)), await quote(), await leak(emulators)];
}

/** Tools, called as an agent calls them that the person has told the editor to always allow. */
export async function attackAsAgent(): Promise<readonly Figure[]> {
	const ground = await prepareGround();
	return emulated(async (emulators) => [...(await spend(ground, emulators)), ...(await betray(ground, emulators))]);
}
