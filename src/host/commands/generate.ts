import {
	l10n,
	type LogOutputChannel,
	type Position,
	type TextDocument,
	type TextEditor,
	Uri,
	window,
	workspace,
} from 'vscode';
import type { Catalogue } from '../../catalogue/catalogue';
import { promptOfSelection } from '../../documents/prose';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { parseSizeWish } from '../../domain/size';
import { type Destination, destinationFor, destinationIn } from '../../workspace/destination';
import type { Insertion } from '../../workspace/insert';
import { openDocument, writingEditor } from '../../workspace/openDocument';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { countOf, type GenerateArguments, generateArguments, parseArguments, selectionArguments } from '../arguments';
import { type Retries, showFailure } from '../failureActions';
import { illustrate, type Insert, type Order, type Outcome } from '../illustrate';
import type { ImageMaker } from '../imageMaker';
import { askForPrompt, type PromptDraft } from '../promptBox';
import type { PromptMemory } from '../promptMemory';
import { report } from '../report';
import { failed, type Result, resultOf } from '../result';

interface Parts {
	readonly maker: ImageMaker;
	readonly catalogue: Catalogue;
	readonly memory: PromptMemory;
	readonly log: LogOutputChannel;
}

/** Where a run by hand begins. */
interface HandStart {
	readonly draft: PromptDraft;
	readonly document?: Uri | undefined;
	/** Absent: the person is asked. */
	readonly destination?: Destination | undefined;
	readonly insert?: Omit<Insert, 'replaces'> | undefined;
}

/** *Generate Image…* and *Generate Image from Selection*, from every door: palette, menus, keybindings, other extensions. */
export class GenerateCommands {
	constructor(readonly parts: Parts) {}

	/** Nothing: the palette. A URI: the explorer's folder. Anything else: an argument object. */
	async generate(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument) && !workspace.isTrusted) return this.#refuse();
		if (argument === undefined) return this.#ask(this.#startInEditor(writingEditor()));
		if (argument instanceof Uri) return this.#ask({ draft: this.#draft(''), destination: destinationIn(argument) });
		const parsed = parseArguments(generateArguments, argument);
		if ('error' in parsed) return failed(parsed.error, countOf(argument));
		const { value } = parsed;
		const editor = writingEditor();
		const insert = await this.#insertFor(
			value.insert,
			editor && { document: editor.document, at: editor.selection.active },
		);
		if (isImageError(insert)) return failed(insert, value.n);
		return this.#runArguments(value, insert, insert?.place.uri ?? editor?.document.uri);
	}

	/** Nothing or a URI: the palette or the editor's menu, for the selection there is. Anything else: an argument object. */
	async generateFromSelection(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument) && !workspace.isTrusted) return this.#refuse();
		if (isByHand(argument)) return this.#illustrateSelection(writingEditor());
		const parsed = parseArguments(selectionArguments, argument);
		if ('error' in parsed) return failed(parsed.error, countOf(argument));
		const { uri, range, ...value } = parsed.value;
		const editor = writingEditor();
		const document = uri ? await openDocument(uri) : editor?.document;
		const selected = range ?? (document === editor?.document ? editor?.selection : undefined);
		if (!document) return failed(unsent('bad-input', say('There is no such document. Open one first.')), value.n);
		const prompt = selected ? promptOfSelection(document.getText(selected)) : '';
		if (!selected || prompt === '') return failed(nothingSelected, value.n);
		const insert = await this.#insertFor(value.insert, { document, at: selected.end }, 'below');
		if (isImageError(insert)) return failed(insert, value.n);
		return this.#runArguments({ ...value, prompt }, insert, document.uri);
	}

	/** Before any question: nobody writes a prompt for nothing. */
	#refuse(): Result {
		const error = unsent('untrusted');
		void showFailure(error, { openLog: () => this.parts.log.show(true) });
		return failed(error, 1);
	}

	#draft(prompt: string): PromptDraft {
		const { model, size } = this.parts.memory.get();
		return { prompt, model, size, n: 1 };
	}

	#startInEditor(editor: TextEditor | undefined): HandStart {
		if (!editor) return { draft: this.#draft(''), destination: destinationFor(undefined) };
		const { document, selection } = editor;
		return {
			draft: this.#draft(promptOfSelection(document.getText(selection))),
			document: document.uri,
			destination: destinationFor(document.uri),
			insert: {
				place: new TrackedPlace(document, selection.end),
				manner: mannerAt(editor),
				which: 'ask',
			},
		};
	}

	async #illustrateSelection(editor: TextEditor | undefined): Promise<Result | undefined> {
		const start = this.#startInEditor(editor);
		if (editor && start.draft.prompt !== '') return this.#make(start);
		void window.showInformationMessage(l10n.t('Select the text to illustrate first.'));
		return undefined;
	}

	async #ask(start: HandStart, replaces?: Insertion): Promise<Result | undefined> {
		const { maker, catalogue, memory } = this.parts;
		const defaultModel = await maker.modelFor(undefined, start.document);
		const draft = await askForPrompt(start.draft, { catalogue, memory, defaultModel });
		if (!draft) {
			start.insert?.place.dispose();
			return undefined;
		}
		await memory.remember(draft.prompt.trim(), draft.model, draft.size);
		return this.#make({ ...start, draft }, replaces);
	}

	/** Everything is known but perhaps the folder. */
	async #make(start: HandStart, replaces?: Insertion): Promise<Result | undefined> {
		const destination = start.destination ?? (await askForFolder());
		if (!destination) return undefined;
		const { prompt, model, size, n } = start.draft;
		const wish = {
			prompt,
			model,
			size: parseSizeWish(size ?? ''),
			n,
			options: {},
			destination,
			document: start.document,
		};
		const insert = start.insert && { ...start.insert, replaces };
		return this.#run({ wish, insert, silent: false }, { ...start, destination });
	}

	async #runArguments(
		value: GenerateArguments,
		insert: Insert | undefined,
		document: Uri | undefined,
	): Promise<Result> {
		const { insert: wanted, silent, token, ...wish } = value;
		const destination = destinationFor(document) ?? (silent ? undefined : await askForFolder());
		if (!destination) return failed(noFolder, value.n);
		const draft = { prompt: wish.prompt, model: wish.model, size: undefined, n: wish.n };
		const start = { draft, document, destination, insert };
		const result = await this.#run({ wish: { ...wish, destination, document }, insert, silent, token }, start);
		const warning = l10n.t('No document is open, so nothing was inserted.');
		return wanted !== false && !insert ? { ...result, warnings: [...result.warnings, warning] } : result;
	}

	async #run(order: Order, start: HandStart): Promise<Result> {
		const outcome = await illustrate(order, this.parts.maker);
		const shown = order.silent ? Promise.resolve() : report(outcome, this.#nextSteps(order, start, outcome));
		// Not awaited: a command never waits for a notification to be closed.
		shown
			.catch((fault: unknown) => this.parts.log.error(String(fault)))
			.finally(() => {
				order.insert?.place.dispose();
				outcome.insertion?.dispose();
			});
		return resultOf(outcome.result);
	}

	#nextSteps(order: Order, start: HandStart, { insertion }: Outcome): Retries {
		return {
			tryAgain: async () => this.#run({ ...order, insert: again(order.insert) }, start),
			changePrompt: async () => this.#ask({ ...start, insert: again(start.insert) }, insertion),
			openLog: () => this.parts.log.show(true),
		};
	}

	/** What `insert` of an argument object means. `present`: the place that plain `true` stands for. */
	async #insertFor(
		wanted: GenerateArguments['insert'],
		present: { readonly document: TextDocument; readonly at: Position } | undefined,
		manner: Insert['manner'] = 'inline',
	): Promise<Insert | ImageError | undefined> {
		if (wanted === false || (wanted === true && !present)) return undefined;
		if (wanted === true && present)
			return { place: new TrackedPlace(present.document, present.at), manner, which: 'all' };
		if (wanted === true) return undefined;
		const document = await openDocument(wanted.uri);
		if (!document)
			return unsent('bad-input', say('{0} cannot be opened. Name a text document.', wanted.uri.toString(true)));
		return { place: new TrackedPlace(document, wanted.position), manner: 'inline', which: 'all' };
	}
}

const nothingSelected = unsent('bad-input', say('Nothing is selected. Select the text to illustrate first.'));

const noFolder = unsent('not-writable', say('No folder is open. Open one, or open a saved document, then try again.'));

async function askForFolder(): Promise<Destination | undefined> {
	const [folder] =
		(await window.showOpenDialog({
			canSelectFiles: false,
			canSelectFolders: true,
			title: l10n.t('Where Should the Picture Be Saved?'),
			openLabel: l10n.t('Save Here'),
		})) ?? [];
	return folder && destinationIn(folder);
}

/** From the palette (nothing) or from a menu (what it was opened on). */
function isByHand(argument: unknown): argument is Uri | undefined {
	return argument === undefined || argument instanceof Uri;
}

/** Into the line where the cursor stands in it; below what is selected, and below a line at whose end the cursor stands. */
function mannerAt({ document, selection }: TextEditor): Insert['manner'] {
	const { isEmptyOrWhitespace, range } = document.lineAt(selection.end.line);
	if (!selection.isEmpty) return 'below';
	return !isEmptyOrWhitespace && selection.end.isEqual(range.end) ? 'below' : 'inline';
}

/** The same insertion for a further run: a run's own place ends with its notifications. */
function again<T extends Pick<Insert, 'place'>>(insert: T | undefined): T | undefined {
	return insert && { ...insert, place: insert.place.again() };
}
