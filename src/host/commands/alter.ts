import { l10n, type Uri, workspace } from 'vscode';
import { isImageError, unsent } from '../../domain/imageError';
import { destinationFor } from '../../workspace/destination';
import { writingEditor } from '../../workspace/openDocument';
import { editArguments, expandArguments, type GenerateArguments, parseArguments, varyArguments } from '../arguments';
import { begin, type Change } from '../change';
import { besidePicture } from '../besidePicture';
import { type AskForChange, askForEdit, askForExpansion, askForStrength } from '../changePickers';
import { pickImage } from '../imagePicker';
import type { Orders } from '../orders';
import type { PromptMemory } from '../promptMemory';
import type { Result } from '../result';
import { cursorIn, insertFor, isByHand, orderFor, refuse } from './calls';

/** *Edit Image…*, *Expand Image…* and *Create Variations…*, from every door: palette, menus, keybindings, other extensions. */
export class AlterCommands {
	constructor(
		readonly orders: Orders,
		readonly memory: PromptMemory,
	) {}

	// Nothing: the palette. A URI: the picture of a menu. Anything else: an argument object.

	async edit(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument)) return this.#byHand(argument, l10n.t('Edit Image'), askForEdit);
		const parsed = parseArguments(editArguments, argument);
		if ('error' in parsed) return refuse(parsed.error, argument);
		const { image, mask, markup, references, ...value } = parsed.value;
		return this.#called({ operation: 'edit', image, mask, markup, references }, value, argument);
	}

	async expand(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument)) return this.#byHand(argument, l10n.t('Expand Image'), askForExpansion);
		const parsed = parseArguments(expandArguments, argument);
		if ('error' in parsed) return refuse(parsed.error, argument);
		const { image, top = 0, right = 0, bottom = 0, left = 0, ratio, ...value } = parsed.value;
		const by = ratio ?? { top, right, bottom, left };
		return this.#called({ operation: 'expand', image, by }, value, argument);
	}

	async vary(argument: unknown): Promise<Result | undefined> {
		if (isByHand(argument)) return this.#byHand(argument, l10n.t('Create Variations'), askForStrength);
		const parsed = parseArguments(varyArguments, argument);
		if ('error' in parsed) return refuse(parsed.error, argument);
		const { image, strength, ...value } = parsed.value;
		return this.#called({ operation: 'vary', image, strength }, value, argument);
	}

	async #byHand(clicked: Uri | undefined, title: string, ask: AskForChange): Promise<Result | undefined> {
		if (!workspace.isTrusted) return refuse(unsent('untrusted'));
		const image = clicked ?? (await pickImage(title));
		if (!image) return undefined;
		const begun = await begin({ operation: 'edit', image }, this.orders.parts.maker.parts.painter);
		if (isImageError(begun)) return refuse(begun);
		const change = await ask({ image, size: begun.alteration.source });
		if (!change) return undefined;
		const { document, folder } = besidePicture(image);
		return this.orders.ask({
			wish: {
				prompt: '',
				model: this.memory.get().model,
				n: 1,
				options: {},
				change,
				folder,
				destination: destinationFor(document),
				document,
			},
			silent: false,
		});
	}

	async #called(change: Change, value: GenerateArguments, argument: unknown): Promise<Result> {
		const insert = await insertFor(value.insert, cursorIn(writingEditor()), 'inline');
		if (isImageError(insert)) return refuse(insert, argument);
		const home = besidePicture(change.image);
		const folder = value.folder ?? home.folder;
		const document = home.document ?? insert?.place.uri;
		return orderFor({ ...value, folder }, { insert, document, change }, this.orders);
	}
}
