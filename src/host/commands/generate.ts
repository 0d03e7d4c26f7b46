import { FileType, type TextEditor, Uri, workspace } from 'vscode';
import { promptOfSelection } from '../../documents/prose';
import { isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { parseSizeWish } from '../../domain/size';
import { destinationFor, destinationIn } from '../../workspace/destination';
import { openDocument, writingEditor } from '../../workspace/openDocument';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { generateArguments, parseArguments, selectionArguments } from '../arguments';
import { refusalOfFiles } from '../ignoredFiles';
import type { Insert } from '../illustrate';
import type { OrderDraft, Orders } from '../orders';
import type { PromptMemory } from '../promptMemory';
import type { Result } from '../result';
import { cursorIn, insertFor, isByHand, orderFor, refuse } from './calls';

/** *Generate Image…* and *Generate Image from Selection*, from every door: palette, menus, keybindings, other extensions. */
export class GenerateCommands {
	constructor(
		readonly orders: Pick<Orders, 'ask' | 'complete'>,
		readonly memory: Pick<PromptMemory, 'get'>,
	) {}

	/** Nothing: the palette. A URI: the explorer's folder. Anything else: an argument object. */
	async generate(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument) && !workspace.isTrusted) return refuse(unsent('untrusted'));
		if (argument === undefined) return this.orders.ask(await this.#draftToChange(writingEditor()));
		if (argument instanceof Uri) return this.#generateInto(argument);
		const parsed = parseArguments(generateArguments, argument);
		if ('error' in parsed) return refuse(parsed.error, argument);
		const { value } = parsed;
		const editor = writingEditor();
		const insert = await insertFor(value.insert, cursorIn(editor), 'inline');
		if (isImageError(insert)) return refuse(insert, argument);
		return orderFor(value, { insert, document: insert?.place.uri ?? editor?.document.uri }, this.orders);
	}

	/** Nothing or a URI: the palette or the editor's menu, for the selection there is. Anything else: an argument object. */
	async generateFromSelection(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument) && !workspace.isTrusted) return refuse(unsent('untrusted'));
		const editor = writingEditor();
		if (isByHand(argument)) {
			const hasText = editor && promptOfSelection(editor.document.getText(editor.selection)) !== '';
			if (!hasText) return refuse(nothingSelected);
			const refusal = await refusalOfFiles([editor.document.uri]);
			return refusal ? refuse(refusal) : this.orders.complete(this.#draftFor(editor));
		}
		const parsed = parseArguments(selectionArguments, argument);
		if ('error' in parsed) return refuse(parsed.error, argument);
		const { uri, range, ...value } = parsed.value;
		const document = uri ? await openDocument(uri) : editor?.document;
		if (!document) return refuse(noDocument, argument);
		const refusal = await refusalOfFiles([document.uri]);
		if (refusal) return refuse(refusal, argument);
		const selected = range ?? (document === editor?.document ? editor?.selection : undefined);
		const prompt = selected ? promptOfSelection(document.getText(selected)) : '';
		if (!selected || prompt === '') return refuse(nothingSelected, argument);
		const insert = await insertFor(value.insert, { document, at: selected.end }, 'below');
		if (isImageError(insert)) return refuse(insert, argument);
		return orderFor({ ...value, prompt }, { insert, document: document.uri }, this.orders);
	}

	async #generateInto(folder: Uri): Promise<Result | undefined> {
		const isFolder = await workspace.fs.stat(folder).then(
			({ type }) => (type & FileType.Directory) !== 0,
			() => false,
		);
		const destination = isFolder ? destinationIn(folder) : undefined;
		if (!destination) return refuse(unsent('bad-input', say('{0} is no folder of the workspace.', folder.fsPath)));
		return this.orders.ask({ wish: { ...this.#wishFor(''), destination }, silent: false });
	}

	/** To be changed in the prompt box. Of a document that is never sent the selection is no proposal. */
	async #draftToChange(editor: TextEditor | undefined): Promise<OrderDraft> {
		const draft = this.#draftFor(editor);
		const refusal = editor && (await refusalOfFiles([editor.document.uri]));
		return refusal ? { ...draft, wish: { ...draft.wish, prompt: '' } } : draft;
	}

	#draftFor(editor: TextEditor | undefined): OrderDraft {
		if (!editor) return { wish: { ...this.#wishFor(''), destination: destinationFor(undefined) }, silent: false };
		const { document, selection } = editor;
		const wish = this.#wishFor(promptOfSelection(document.getText(selection)));
		const place = new TrackedPlace(document, selection.end);
		return {
			wish: { ...wish, document: document.uri, destination: destinationFor(document.uri) },
			insert: { place, manner: mannerAt(editor), which: 'ask' },
			silent: false,
		};
	}

	/** With what the person chose last time. */
	#wishFor(prompt: string) {
		const { model, size } = this.memory.get();
		return { prompt, model, size: parseSizeWish(size ?? ''), n: 1, options: {} };
	}
}

/** Into the line where the cursor stands in it; below what is selected, and below a line at whose end the cursor stands. */
function mannerAt({ document, selection }: TextEditor): Insert['manner'] {
	const { isEmptyOrWhitespace, range } = document.lineAt(selection.end.line);
	if (!selection.isEmpty) return 'below';
	return !isEmptyOrWhitespace && selection.end.isEqual(range.end) ? 'below' : 'inline';
}

const noDocument = unsent('bad-input', say('There is no such document. Open one first.'));

const nothingSelected = unsent('bad-input', say('Nothing is selected. Select the text to illustrate first.'));
