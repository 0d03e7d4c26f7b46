import { setTimeout } from 'node:timers/promises';
import { commands, Selection, Uri, window } from 'vscode';

/** Ways to ask for pictures, and what else a person does. */
export type Doors = Readonly<Record<string, (home: Uri) => Promise<unknown>>>;

const model = 'openai/gpt-image-2';

/** Orders of somebody who then does not want anything to be sent there: each shows the question. */
export const declinedOrders: Doors = {
	generate: async () => commands.executeCommand('limn.generate', { prompt: 'a fox', model }),
	'generate from a selection': async (home) => {
		const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 8 } };
		return commands.executeCommand('limn.generateFromSelection', { uri: within(home, 'page.md'), range, model });
	},
	'generate by hand from a selection': async (home) => {
		const editor = await window.showTextDocument(within(home, 'page.md'));
		editor.selection = new Selection(0, 0, 0, 8);
		return until(commands.executeCommand('limn.generateFromSelection'), 'acceptSelectedQuickOpenItem');
	},
	edit: async (home) => commands.executeCommand('limn.edit', { image: there(home), prompt: 'a moon', model }),
	expand: async (home) => commands.executeCommand('limn.expand', { image: there(home), ratio: '16:9', model }),
	vary: async (home) => commands.executeCommand('limn.vary', { image: there(home), model }),
	'build a document': async (home) => commands.executeCommand('limn.buildImages', { uri: within(home, 'page.md') }),
	'build the workspace': async () => commands.executeCommand('limn.buildImages', { scope: 'workspace' }),
	'build by hand': async (home) => {
		const listed = commands.executeCommand('limn.buildImages', within(home, 'page.md'));
		return until(listed, 'acceptSelectedQuickOpenItem');
	},
	describe: async (home) => commands.executeCommand('limn.describeImage', { image: there(home) }),
	'describe by hand': async (home) => {
		return until(commands.executeCommand('limn.describeImage', there(home)), 'acceptSelectedQuickOpenItem');
	},
};

/** Boxes and lists that somebody opens and leaves. The studio's page is the only door that is missing here: its orders go the same way. */
export const leftAlone: Doors = {
	'leave the prompt box': async () => left('limn.generate'),
	'leave the prompt box of a folder': async (home) => left('limn.generate', home),
	'leave the list of models': async () => left('limn.chooseModel'),
	'leave the list of a build': async (home) => left('limn.buildImages', within(home, 'page.md')),
	'leave an edit': async (home) => left('limn.edit', there(home)),
	'leave an expansion': async (home) => left('limn.expand', there(home)),
	'leave variations': async (home) => left('limn.vary', there(home)),
	'leave a picture that is made once more': async (home) => left('limn.picture.regenerate', { image: there(home) }),
	'leave a picture of a document that is varied': async (home) => left('limn.picture.vary', { image: there(home) }),
};

async function left(command: string, argument?: unknown): Promise<unknown> {
	return until(commands.executeCommand(command, argument), 'closeQuickOpen');
}

/** What is asked comes up in its time, and may be asked again. */
async function until(running: Thenable<unknown>, answer: 'acceptSelectedQuickOpenItem' | 'closeQuickOpen') {
	const state = { isOver: false };
	const over = Promise.resolve(running).finally(() => (state.isOver = true));
	const end = performance.now() + 10_000;
	while (!state.isOver) {
		if (performance.now() > end) throw new Error(`It does not end with ${answer}.`);
		await commands.executeCommand(`workbench.action.${answer}`);
		await setTimeout(10);
	}
	return over;
}

function there(home: Uri): Uri {
	return within(home, 'there.png');
}

function within(home: Uri, name: string): Uri {
	return Uri.joinPath(home, name);
}
