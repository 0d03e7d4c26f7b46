import {
	Disposable,
	type DocumentDropEditProvider,
	type ExtensionContext,
	lm,
	type LogOutputChannel,
	Uri,
	type WebviewPanel,
	type WebviewView,
	window,
} from 'vscode';
import * as z from 'zod';
import { models } from './catalogue/models';
import { arrivingIn } from './disk/arriving';
import { offers } from './catalogue/offers';
import { systemClock } from './generation/clock';
import type { PainterThread } from './generation/painterThread';
import { AlterCommands } from './host/commands/alter';
import { describeImage } from './host/commands/describe';
import { GenerateCommands } from './host/commands/generate';
import { insert } from './host/commands/insert';
import { checkConnections } from './host/commands/connection';
import { chooseModel } from './host/commands/model';
import { clearApiKey, setApiKey } from './host/commands/keys';
import { recoverAtStart, recoverJobs } from './host/commands/recover';
import { showRecipe, stripMetadata } from './host/commands/recipe';
import { showSpending } from './host/commands/spending';
import { checkOnCanvas, editInStudio, openStudio } from './host/commands/studio';
import type { CommandId, Commands } from './host/commandIds';
import { Agreements } from './host/agreements';
import { ImageDescriber } from './host/describeImage';
import { createDocumentFeatures } from './host/features/documentFeatures';
import { KnownPictures } from './host/features/knownPictures';
import { Gallery } from './host/gallery/gallery';
import { History } from './host/history';
import { ImageMaker } from './host/imageMaker';
import { Keyring } from './host/keyring';
import { sweepPreviews } from './host/livePreview';
import { PlainLog } from './host/log';
import { ModelLists } from './host/modelLists';
import { ModelStatus } from './host/modelStatus';
import { openOwnFiles } from './host/ownFiles';
import { Orders } from './host/orders';
import { PromptMemory } from './host/promptMemory';
import { UnfinishedJobs } from './host/recovery';
import { noteRecovered } from './host/recipes/noteRecovered';
import type { SharedPurse } from './host/purse';
import { RunningJobs } from './host/runningJobs';
import { settingFor, usesProxy } from './host/settings';
import { Sheets } from './host/sheet';
import { digest } from './generation/slices';
import { SpendingStatus } from './host/spendingStatus';
import { PictureDeeds } from './host/studio/pictureDeeds';
import { Studio, type StudioParts } from './host/studio/studio';
import { StudioPanels } from './host/studio/studioPanels';
import { createTools, type Tools } from './host/tools/tools';
import { type EditorModels, VisionModels } from './host/visionModel';
import type { WishDraft } from './host/wish';
import { createNetwork, type Network } from './network/network';
import { LastPlace } from './workspace/lastPlace';
import { Project } from './workspace/project';

/** What a window has of Limn. */
export interface Limn {
	readonly run: (id: CommandId, argument: unknown, selected: unknown) => Promise<unknown>;
	readonly drop: DocumentDropEditProvider;
	readonly tools: Tools;
	/** Fills the studio's tab again after a reload of the window. */
	readonly restoreStudio: (panel: WebviewPanel) => Promise<void>;
	readonly resolveGallery: (view: WebviewView) => Promise<void>;
	/** Takes up what windows have left that are gone. */
	readonly recover: () => Promise<void>;
}

/** Builds everything that Limn is made of, by hand and once, when it is first used. */
export function createLimn(context: ExtensionContext, painter: PainterThread): Limn {
	const core = coreOf(context, painter);
	const { log, jobs, network, keyring, agreements, lists, memory, history, project, maker, unfinished } = core;
	const { purse, ledger } = core.own;
	const vision = new VisionModels({ keyring, network, editor: editorModels(context) });
	const describer = new ImageDescriber({ models: vision, agreements, painter, log });
	const sheets = new Sheets();
	const orders = new Orders({ maker, lists, memory, log });
	const generation = new GenerateCommands(orders, memory);
	const alteration = new AlterCommands(orders, memory);
	const { secrets } = context;
	const pictures = new KnownPictures({ history });
	const { studio, panels, check } = studioOf(context, { maker, memory, history, pictures, purse, painter, log });
	const openPlaces = async () => unfinished.openPlaces();
	const parts = { project, openPlaces, maker, lists, orders, alteration, history, pictures, check };
	const documents = createDocumentFeatures({ ...parts, secrets, log });
	context.subscriptions.push(documents, sheets);

	const commands: Commands = {
		'limn.generate': async (argument) => generation.generate(argument),
		'limn.generateFromSelection': async (argument) => generation.generateFromSelection(argument),
		'limn.edit': async (argument) => alteration.edit(argument),
		'limn.expand': async (argument) => alteration.expand(argument),
		'limn.vary': async (argument) => alteration.vary(argument),
		'limn.insert': async (argument, selected) => insert(argument, selected, pictures),
		'limn.openStudio': async (argument) => openStudio(argument, { studio, panels }),
		'limn.editInStudio': async (argument) => editInStudio(argument, { studio, panels }),
		'limn.describeImage': async (argument) => describeImage(argument, describer),
		'limn.showRecipe': async (argument) => showRecipe(argument, { history, sheets }),
		'limn.stripMetadata': async (argument) => stripMetadata(argument, { log, painter }),
		'limn.setApiKey': async (argument) => setApiKey(argument, keyring),
		'limn.clearApiKey': async (argument) => clearApiKey(argument, keyring),
		'limn.checkConnection': async (argument) => checkConnections(argument, { keyring, network }),
		'limn.chooseModel': async (argument) => chooseModel(argument, { maker, memory }),
		'limn.recoverJobs': async () => recoverJobs(unfinished),
		'limn.showSpending': async () => showSpending({ purse, sheets, ledger }),
		'limn.showJobs': async () => jobs.pickAndCancel(),
		'limn.showLog': async () => log.show(),
		...documents.commands,
	};
	const { showSpent, showAll } = statusBar(context, { maker, memory, secrets, purse });
	return {
		drop: documents.drop,
		tools: createTools({ orders, purse }),
		restoreStudio: async (panel) => {
			showSpent();
			await panels.restore(panel);
		},
		resolveGallery: async (view) => panels.resolve(view),
		recover: async () => {
			showSpent();
			await recoverAtStart(unfinished);
		},
		run: async (id, argument, selected) => {
			showAll();
			return commands[id](argument, selected);
		},
	};
}

/** What makes pictures, and what it needs. */
function coreOf(context: ExtensionContext, painter: PainterThread) {
	const log = new PlainLog(window.createOutputChannel('Limn', { log: true }));
	const jobs = new RunningJobs();
	const network = networkFor(context, log);
	// In this order: the jobs are cancelled before the painter and the log end.
	context.subscriptions.push(jobs, painter, new Disposable(async () => network.dispose()), log);

	const keyring = new Keyring(context.secrets, process.env);
	const agreements = new Agreements({ memory: context.workspaceState, keyring });
	const { globalState: state } = context;
	const lists = new ModelLists({ catalogue: { models, offers }, keyring, agreements, network, state });
	const memory = new PromptMemory(context.workspaceState);
	const storage = context.globalStorageUri;
	void sweepPreviews(storage).catch((fault: unknown) => log.warn(String(fault)));
	const history = new History(context.storageUri ?? storage, log);
	const own = openOwnFiles(storage, log);
	const clock = systemClock;
	const project = new Project({ digest, siteRootsFor: (document) => settingFor('insert.siteRoots', document) });
	const means = { lists, keyring, agreements, painter, network, clock, jobs, history, log, storage };
	const maker = new ImageMaker({ ...means, ...own });
	context.subscriptions.push(own);
	const unfinished = new UnfinishedJobs({
		records: own.records,
		maker,
		noted: async (wish, pictures) => noteRecovered(wish, pictures, project),
		log,
	});
	return { log, jobs, network, keyring, agreements, lists, memory, history, own, project, maker, unfinished };
}

/** What is in the status bar, from the first time that it is wanted: who only reads a document with pictures is shown nothing. */
function statusBar(
	{ subscriptions }: ExtensionContext,
	{ maker, memory, secrets, purse }: ConstructorParameters<typeof ModelStatus>[0] & { readonly purse: SharedPurse },
) {
	let model: ModelStatus | undefined;
	let spent: SpendingStatus | undefined;
	const showSpent = () => {
		if (!spent) subscriptions.push((spent = new SpendingStatus({ purse, now: systemClock.now })));
	};
	return {
		showSpent,
		showAll: () => {
			if (!model) subscriptions.push((model = new ModelStatus({ maker, memory, secrets })));
			showSpent();
		},
	};
}

interface StudioNeeds extends Pick<StudioParts, 'maker' | 'memory' | 'history' | 'purse' | 'log'> {
	readonly pictures: KnownPictures;
	readonly painter: PainterThread;
}

/** The studio, and what it is shown in. */
function studioOf(context: ExtensionContext, { pictures, painter, ...needs }: StudioNeeds) {
	const { history, log } = needs;
	const { globalStorageUri: storage, workspaceState, secrets, extensionUri: extension } = context;
	const gallery = new Gallery({ history, painter, storage, memory: workspaceState, log });
	const lastPlace = new LastPlace();
	const studio = new Studio({ ...needs, pictures, gallery, lastPlace, secrets, storage });
	const deeds = new PictureDeeds({ gallery, pictures, lastPlace, studio });
	const panels = new StudioPanels({ studio, deeds, extension });
	context.subscriptions.push(panels, studio, gallery, lastPlace);
	const check = async (wish: WishDraft, why: string) => checkOnCanvas(wish, why, { studio, panels });
	return { studio, panels, check };
}

/** The ways out, as the settings and the editor's proxy are at each request. */
function networkFor({ extension, globalStorageUri: storage }: ExtensionContext, log: LogOutputChannel): Network {
	return createNetwork({
		settings: () => {
			const transport = settingFor('network.transport');
			const seconds = settingFor('network.timeoutSeconds');
			return { transport, timeoutMs: seconds * 1000 };
		},
		usesProxy: () => usesProxy(process.env),
		loadDirect: async () => import('./network/direct.js'),
		log: (line) => log.info(line),
		version: z.object({ version: z.string() }).parse(extension.packageJSON).version,
		newFile: arrivingIn(Uri.joinPath(storage, 'arriving').fsPath),
	});
}

/** The editor's language models, as it lets Limn see them. */
function editorModels({ languageModelAccessInformation: access }: ExtensionContext): EditorModels {
	return { all: () => lm.selectChatModels(), mayUse: (chat) => access.canSendRequest(chat) };
}
