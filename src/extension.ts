import { commands, type ExtensionContext, languages, lm, Uri, window, workspace } from 'vscode';
import { PainterThread } from './generation/painterThread';
import { commandIds, hiddenCommandIds, makingCommandIds } from './host/commandIds';
import { documentsWithPictures, pictureDrop } from './host/documentsWithPictures';
import { atFirstPicture } from './host/firstPicture';
import { galleryViewId, panelType } from './host/studio/viewIds';
import { toolNames } from './agents/toolNames';
import type { Limn } from './limn';

/**
 * All that a window pays for Limn until it is used: a few registrations.
 * Everything else is a bundle of its own, loaded at the first command or at the first document with a picture.
 */
export function activate(context: ExtensionContext): void {
	const painter = new PainterThread(context.asAbsolutePath('dist/generation/painter.js'));
	let limn: Promise<Limn> | undefined;
	const load = async () => {
		limn ??= import('./limn.js').then(({ createLimn }) => createLimn(context, painter));
		// What failed once may go well the next time.
		limn.catch(() => (limn = undefined));
		return limn;
	};
	for (const id of [...commandIds, ...hiddenCommandIds]) {
		context.subscriptions.push(
			commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
				// The thread takes as long to start as Limn to load.
				if (makingCommandIds.has(id)) painter.start();
				return (await load()).run(id, argument, selected);
			}),
		);
	}
	for (const name of toolNames) {
		context.subscriptions.push(
			lm.registerTool(name, {
				prepareInvocation: async (options) => (await load()).tools[name].prepareInvocation(options),
				invoke: async (options, token) => (await load()).tools[name].invoke(options, token),
			}),
		);
	}
	context.subscriptions.push(
		window.registerWebviewPanelSerializer(panelType, {
			deserializeWebviewPanel: async (panel) => (await load()).restoreStudio(panel),
		}),
		window.registerWebviewViewProvider(galleryViewId, {
			resolveWebviewView: async (view) => (await load()).resolveGallery(view),
		}),
		// What failed is tried again at the first command, which then says so.
		atFirstPicture(() => void load().catch(() => undefined)),
		languages.registerDocumentDropEditProvider(
			documentsWithPictures,
			{ provideDocumentDropEdits: async (...dropped) => (await load()).drop.provideDocumentDropEdits(...dropped) },
			pictureDrop,
		),
	);
	void hasUnfinishedJobs(context.globalStorageUri)
		.then(async (has) => has && (await load()).recover())
		// What failed is tried again at the next start, and by the command, which then says so.
		.catch(() => undefined);
}

/** The one look at start-up: whether windows have left records of jobs. */
async function hasUnfinishedJobs(storage: Uri): Promise<boolean> {
	return workspace.fs.readDirectory(Uri.joinPath(storage, 'journal')).then(
		(files) => files.some(([name]) => name.endsWith('.record')),
		() => false,
	);
}
