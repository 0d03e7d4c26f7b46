import path from 'node:path';
import { mock } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { commands, extensions, lm, Position, Selection, Uri, window, workspace } from 'vscode';
import { drawPicture } from '../../servers/pictures';
import { encodePng } from '../../servers/png';
import { type Figure, messageOf } from '../figure';
import { declinedOrders, type Doors, leftAlone } from './declined';
import { emulated, setByUser } from './emulated';

const page = [
	'# A page',
	'',
	'<!-- limn: a lighthouse at dawn | model=openai/gpt-image-2 size=1024x1024 -->',
	'![A lighthouse](images/lighthouse.png)',
	'',
	'<!-- limn: a fox | model=runware/runware:100@1 -->',
	'',
	'![A heron](missing.png) ![there](there.png)',
	'',
].join('\n');

/** Everything that a person does without asking for a picture. */
const deeds: Doors = {
	activate: async () => extensions.getExtension<unknown>('limn.limn')?.activate(),
	'open a document with recipes': async (home) => show(home, 'page.md', page),
	'open a plain text': async (home) => show(home, 'notes.txt', 'words '.repeat(100)),
	'open settings that name a provider': async (home) =>
		show(home, 'limn.json', '{ "limn.model": "openai/gpt-image-2" }'),
	select: async (home) => {
		const editor = await show(home, 'page.md', page);
		for (let line = 0; line < 8; line++) editor.selection = new Selection(line, 0, line, 3);
	},
	hover: async (home) => ask(home, 'vscode.executeHoverProvider', [new Position(3, 4)]),
	'hover over a picture that is there': async (home) => ask(home, 'vscode.executeHoverProvider', [new Position(7, 30)]),
	'show what stands above': async (home) => ask(home, 'vscode.executeCodeLensProvider', [20]),
	'complete a recipe': async (home) => ask(home, 'vscode.executeCompletionItemProvider', [new Position(2, 12)]),
	'look for quick fixes': async (home) => {
		const { document } = await show(home, 'page.md', page);
		const whole = new Selection(0, 0, document.lineCount - 1, 0);
		return commands.executeCommand('vscode.executeCodeActionProvider', document.uri, whole);
	},
	'open the gallery': async () => commands.executeCommand('limn.openStudio', { view: 'gallery' }),
	'open the form': async () => commands.executeCommand('limn.openStudio', { view: 'create' }),
	'open the canvas': async (home) =>
		commands.executeCommand('limn.openStudio', { view: 'edit', image: Uri.joinPath(home, 'there.png') }),
	'show the side bar': async () => commands.executeCommand('workbench.view.extension.limn'),
	'check images': async () => commands.executeCommand('limn.checkImages', { scope: 'workspace' }),
	'show spending': async () => commands.executeCommand('limn.showSpending'),
	'show a recipe': async (home) =>
		commands.executeCommand('limn.showRecipe', { image: Uri.joinPath(home, 'there.png') }),
	'change settings': async () => {
		await setByUser('limn.model', 'openai/gpt-image-2');
		await setByUser('limn.network.maxConcurrentRequests', 2);
	},
	'close everything': async () => commands.executeCommand('workbench.action.closeAllEditors'),
};

async function show(home: Uri, name: string, text: string) {
	const uri = Uri.joinPath(home, name);
	await workspace.fs.writeFile(uri, Buffer.from(text));
	return window.showTextDocument(await workspace.openTextDocument(uri));
}

async function ask(home: Uri, command: string, more: readonly unknown[]): Promise<unknown> {
	const { document } = await show(home, 'page.md', page);
	return commands.executeCommand(command, document.uri, ...more);
}

/** Of what is sent late, too: the editor's own delays are shorter. */
const patienceMs = 500;

/** Nothing goes out before a person asks for it. */
export async function attackInSilence(): Promise<readonly Figure[]> {
	const home = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(path.resolve('.'));
	await workspace.fs.writeFile(
		Uri.joinPath(home, 'there.png'),
		encodePng(drawPicture({ width: 64, height: 48 }, [200, 80, 20])),
	);
	return emulated(async (emulators) => {
		const heard = () => emulators.reduce((sum, { requests }) => sum + requests.length, 0);
		const questions = declineAll();
		const unasked: string[] = [];
		const order = async (name: string, deed: Doors[string]) => {
			const before = questions.length;
			await deed(home);
			if (questions.length === before) unasked.push(name);
		};
		const quiet = await loudest({ ...deeds, ...leftAlone }, heard, async (_, deed) => deed(home));
		const declined = await loudest(declinedOrders, heard, order);
		mock.restoreAll();
		const { tried } = declined;
		return [
			{ scenario: 'S17', what: 'deeds that sent something though nobody asked for a picture', ...quiet },
			{ scenario: 'S17', what: 'orders that sent something though the question was declined', ...declined },
			{ scenario: 'S17', what: 'orders show the question that is declined', tried, broken: unasked, isControl: true },
			await control(heard),
		];
	});
}

/** Deeds, each with whatever is sent in the meantime. */
async function loudest(
	deeds: Doors,
	heard: () => number,
	does: (name: string, deed: Doors[string]) => Promise<unknown>,
): Promise<Pick<Figure, 'tried' | 'broken'>> {
	const broken: string[] = [];
	for (const [name, deed] of Object.entries(deeds)) {
		const before = heard();
		const fault = await messageOf(async () => does(name, deed));
		await setTimeout(patienceMs);
		if (heard() > before) broken.push(`${name}: ${heard() - before} requests`);
		if (fault !== undefined) broken.push(`${name}: ${fault}`);
	}
	return { tried: Object.keys(deeds).length, broken };
}

/** Every dialog of the editor's is answered with no: what they asked. */
function declineAll(): readonly string[] {
	const questions: string[] = [];
	mock.method(window, 'showWarningMessage', async (question: string, options: unknown) => {
		if (z.object({ modal: z.literal(true) }).safeParse(options).success) questions.push(question);
		return undefined;
	});
	return questions;
}

/** A picture that was asked for is heard of. It is a cheap one: what it costs counts for the day. */
async function control(heard: () => number): Promise<Figure> {
	const input = { prompt: 'a fox', model: 'runware/runware:100@1' };
	await lm.invokeTool('limn_generate_image', { input, toolInvocationToken: undefined });
	const broken = heard() === 0 ? ['it was not heard of'] : [];
	return { scenario: 'S17', what: 'a picture that an agent asks for is sent', tried: 1, broken, isControl: true };
}
