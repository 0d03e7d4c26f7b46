import { Disposable, type ExtensionContext, window } from 'vscode';
import * as z from 'zod';
import { models } from './catalogue/models';
import { offers } from './catalogue/offers';
import { systemClock } from './generation/clock';
import { PainterThread } from './generation/painterThread';
import { AlterCommands } from './host/commands/alter';
import { GenerateCommands } from './host/commands/generate';
import { insert } from './host/commands/insert';
import { checkConnections } from './host/commands/connection';
import { chooseModel } from './host/commands/model';
import { clearApiKey, setApiKey } from './host/commands/keys';
import { showRecipe, stripMetadata } from './host/commands/recipe';
import type { Commands } from './host/commandIds';
import { History } from './host/history';
import { ImageMaker } from './host/imageMaker';
import { Keyring } from './host/keyring';
import { sweepPreviews } from './host/livePreview';
import { ModelLists } from './host/modelLists';
import { ModelStatus } from './host/modelStatus';
import { Orders } from './host/orders';
import { PromptMemory } from './host/promptMemory';
import { RunningJobs } from './host/runningJobs';
import { settingsFor, usesProxy } from './host/settings';
import { Sheets } from './host/sheet';
import { createNetwork } from './network/network';

/** Builds everything that Limn is made of, by hand and once, when the first command is called. */
export function createLimn(context: ExtensionContext): Commands {
	const log = window.createOutputChannel('Limn', { log: true });
	const painter = new PainterThread(context.asAbsolutePath('dist/generation/painter.js'));
	const jobs = new RunningJobs();
	const network = createNetwork({
		settings: () => {
			const { 'network.transport': transport, 'network.timeoutSeconds': seconds } = settingsFor();
			return { transport, timeoutMs: seconds * 1000 };
		},
		usesProxy: () => usesProxy(process.env),
		loadDirect: async () => import('./network/direct.js'),
		log: (line) => log.info(line),
		version: z.object({ version: z.string() }).parse(context.extension.packageJSON).version,
	});
	// In this order: the jobs are cancelled before the painter and the log end.
	context.subscriptions.push(jobs, painter, new Disposable(async () => network.dispose()), log);

	const keyring = new Keyring(context.secrets, process.env);
	const lists = new ModelLists({ catalogue: { models, offers }, keyring, network, state: context.globalState });
	const memory = new PromptMemory(context.workspaceState);
	const storage = context.globalStorageUri;
	void sweepPreviews(storage).catch((fault: unknown) => log.warn(String(fault)));
	const history = new History(context.storageUri ?? storage, log);
	const maker = new ImageMaker({ lists, keyring, painter, network, clock: systemClock, jobs, history, log, storage });
	const sheets = new Sheets();
	context.subscriptions.push(new ModelStatus({ maker, memory, secrets: context.secrets }), sheets);
	const orders = new Orders({ maker, lists, memory, log });
	const generation = new GenerateCommands(orders, memory);
	const alteration = new AlterCommands(orders, memory);

	return {
		'limn.generate': async (argument) => generation.generate(argument),
		'limn.generateFromSelection': async (argument) => generation.generateFromSelection(argument),
		'limn.edit': async (argument) => alteration.edit(argument),
		'limn.expand': async (argument) => alteration.expand(argument),
		'limn.vary': async (argument) => alteration.vary(argument),
		'limn.insert': async (argument, selected) => insert(argument, selected),
		'limn.showRecipe': async (argument) => showRecipe(argument, { history, sheets }),
		'limn.stripMetadata': async (argument) => stripMetadata(argument, { log, painter }),
		'limn.setApiKey': async (argument) => setApiKey(argument, keyring),
		'limn.clearApiKey': async (argument) => clearApiKey(argument, keyring),
		'limn.checkConnection': async (argument) => checkConnections(argument, { keyring, network }),
		'limn.chooseModel': async (argument) => chooseModel(argument, { maker, memory }),
		'limn.showJobs': async () => jobs.pickAndCancel(),
		'limn.showLog': async () => log.show(true),
	};
}
