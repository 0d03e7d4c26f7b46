import { type ExtensionContext, window } from 'vscode';
import { models, offers } from './catalogue/models';
import { PainterThread } from './generation/painterThread';
import { createSend } from './generation/send';
import { GenerateCommands } from './host/commands/generate';
import { insert } from './host/commands/insert';
import { clearApiKey, setApiKey } from './host/commands/keys';
import type { Commands } from './host/commandIds';
import { ImageMaker } from './host/imageMaker';
import { Keyring } from './host/keyring';
import { Orders } from './host/orders';
import { PromptMemory } from './host/promptMemory';
import { RunningJobs } from './host/runningJobs';

/** Builds everything that Limn is made of, by hand and once, when the first command is called. */
export function createLimn(context: ExtensionContext): Commands {
	const log = window.createOutputChannel('Limn', { log: true });
	const painter = new PainterThread(context.asAbsolutePath('dist/generation/painter.js'));
	const jobs = new RunningJobs();
	// In this order: the jobs are cancelled before the painter and the log end.
	context.subscriptions.push(jobs, painter, log);

	const catalogue = { models, offers };
	const keyring = new Keyring(context.secrets, process.env);
	const memory = new PromptMemory(context.workspaceState);
	const storage = context.globalStorageUri;
	const maker = new ImageMaker({ catalogue, keyring, send: createSend(painter), jobs, log, storage });
	const generation = new GenerateCommands(new Orders({ maker, catalogue, memory, log }), memory);

	return {
		'limn.generate': async (argument) => generation.generate(argument),
		'limn.generateFromSelection': async (argument) => generation.generateFromSelection(argument),
		'limn.insert': async (argument, selected) => insert(argument, selected),
		'limn.setApiKey': async (argument) => setApiKey(argument, keyring),
		'limn.clearApiKey': async (argument) => clearApiKey(argument, keyring),
		'limn.showJobs': async () => jobs.pickAndCancel(),
		'limn.showLog': async () => log.show(true),
	};
}
