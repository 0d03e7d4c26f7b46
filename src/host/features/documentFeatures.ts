import {
	Disposable,
	type DocumentDropEditProvider,
	languages,
	type LogOutputChannel,
	type SecretStorage,
} from 'vscode';
import type { Project } from '../../workspace/project';
import type { Commands } from '../commandIds';
import type { AlterCommands } from '../commands/alter';
import { BuildCommands } from '../commands/build';
import { checkImages } from '../commands/check';
import { PictureActions } from '../commands/pictureActions';
import { documentsWithPictures } from '../documentsWithPictures';
import type { History } from '../history';
import type { ImageMaker } from '../imageMaker';
import type { ModelLists } from '../modelLists';
import type { Orders } from '../orders';
import { PictureBuilder } from '../recipes/pictureBuilder';
import type { WishDraft } from '../wish';
import { RecipeLenses } from './codeLens';
import { completionTriggers, RecipeCompletion } from './completion';
import { PictureDiagnostics } from './diagnostics';
import { DocumentSurveys } from './documentSurveys';
import { PictureDrop } from './drop';
import { PictureHover } from './hover';
import type { KnownPictures } from './knownPictures';
import { pictureOf } from './pictureCommands';
import { PictureFixes } from './quickFixes';
import { regenerate } from './regenerate';

interface Parts {
	readonly project: Project;
	readonly openPlaces: () => Promise<ReadonlySet<string>>;
	readonly maker: ImageMaker;
	readonly lists: ModelLists;
	readonly orders: Orders;
	readonly alteration: AlterCommands;
	readonly history: History;
	readonly pictures: KnownPictures;
	/** Puts an order on the canvas, and says why. */
	readonly check: (wish: WishDraft, why: string) => Promise<void>;
	readonly secrets: SecretStorage;
	readonly log: LogOutputChannel;
}

type DocumentCommand = 'limn.buildImages' | 'limn.checkImages' | Extract<keyof Commands, `limn.picture.${string}`>;

/** What Limn does for documents and their pictures. */
export interface DocumentFeatures extends Disposable {
	readonly commands: Pick<Commands, DocumentCommand>;
	readonly drop: DocumentDropEditProvider;
}

/** Builds what documents show of their pictures, and what can be done with them there; registers all but the drop. */
export function createDocumentFeatures(parts: Parts): DocumentFeatures {
	const { project, openPlaces, maker, lists, orders, alteration, history, pictures, check, secrets, log } = parts;
	const surveys = new DocumentSurveys(project);
	const builder = new PictureBuilder({ maker, openPlaces, log });
	const lenses = new RecipeLenses({ surveys, builder, secrets });
	const builds = new BuildCommands({ project, builder, agreements: maker.parts.agreements, log });
	const actions = new PictureActions({ surveys, build: builds, orders });
	const completion = new RecipeCompletion({ lists, maker });
	const documents = documentsWithPictures;
	const disposable = Disposable.from(
		surveys,
		builder.onDidChange(() => surveys.refresh()),
		lenses,
		new PictureDiagnostics(surveys),
		languages.registerCodeLensProvider(documents, lenses),
		languages.registerCodeActionsProvider(documents, new PictureFixes(surveys), {
			providedCodeActionKinds: PictureFixes.kinds,
		}),
		languages.registerCompletionItemProvider(documents, completion, ...completionTriggers),
		languages.registerHoverProvider(documents, new PictureHover({ surveys, pictures, log })),
	);
	return {
		drop: new PictureDrop({ pictures, log }),
		commands: {
			'limn.buildImages': async (argument) => builds.build(argument),
			'limn.checkImages': async (argument) => checkImages(argument, { project, log }),
			'limn.picture.generate': async (argument) => actions.generate(argument),
			'limn.picture.keep': async (argument) => actions.keep(argument),
			'limn.picture.generateMissing': async (argument) => actions.generateMissing(argument),
			'limn.picture.edit': async (argument) => alteration.edit(pictureOf(argument)),
			'limn.picture.vary': async (argument) => alteration.vary(pictureOf(argument)),
			'limn.picture.regenerate': async (argument) => {
				const image = pictureOf(argument);
				return image && regenerate(image, { orders, pictures, history, check });
			},
		},
		dispose: () => void disposable.dispose(),
	};
}
