import {
	type CancellationToken,
	l10n,
	type LanguageModelTool,
	type LanguageModelToolInvocationOptions,
	type LanguageModelToolInvocationPrepareOptions,
	LanguageModelTextPart,
	LanguageModelToolResult,
	MarkdownString,
	type PreparedToolInvocation,
	Uri,
	workspace,
} from 'vscode';
import { findProvider } from '../../catalogue/providers';
import { altOf } from '../../documents/altText';
import { relativePath } from '../../documents/paths';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { requestableFormats } from '../../domain/imageFormat';
import type { Message } from '../../domain/message';
import type { SavedImage } from '../../domain/picture';
import { formatSizeWish } from '../../domain/size';
import { mimeTypeOf } from '../../image/sniff';
import { hostOf } from '../consent';
import { addressOf } from '../endpoints';
import { quoted } from '../features/markdownText';
import { refusalOfFiles } from '../ignoredFiles';
import type { ImageMaker } from '../imageMaker';
import { picturePart } from '../newerEditor';
import type { Orders } from '../orders';
import { asText } from '../../domain/plainText';
import type { SharedPurse } from '../purse';
import { failed, type Result } from '../result';
import { describe, translate } from '../translate';
import type { Wish } from '../wish';
import {
	budgetLeft,
	madeLines,
	outcomeLines,
	type Plan,
	planLines,
	questionOf,
	refusedLines,
} from '../../agents/toolWords';

/** What an agent asks for. */
export interface ToolWish {
	readonly wish: Wish;
	/** Absent: the prompt suggests it. */
	readonly alt?: string | undefined;
}

interface Parts {
	readonly maker: Pick<ImageMaker, 'quote'>;
	readonly orders: Pick<Orders, 'run'>;
	readonly purse: Pick<SharedPurse, 'standing' | 'reserved'>;
	/** Judges the arguments. Touches no file but the one that they name. */
	readonly read: (input: unknown) => Promise<ToolWish | ImageError>;
}

/** Pictures that are handed to the agent, which has the paths of all, and the bytes of each at most. */
const mostParts = { pictures: 4, bytes: 1024 * 1024 };

/** Refusals that are remembered, the oldest goes first. */
const mostRefusals = 1000;

/** A tool that agents call: the editor confirms it with the person, budgets hold whatever was always allowed. */
export class ImageTool implements LanguageModelTool<unknown> {
	/** By the input: what the person was last told would be refused. Nobody has agreed to it, so it is. */
	readonly #refusals = new Map<string, ImageError>();

	constructor(readonly parts: Parts) {}

	/** Always with something to confirm: what is refused now might be possible by the time of the call. */
	async prepareInvocation({
		input,
	}: LanguageModelToolInvocationPrepareOptions<unknown>): Promise<PreparedToolInvocation> {
		const asked = await this.#read(input);
		const plan = isImageError(asked) ? asked : await this.#planOf(asked.wish);
		this.#keep(input, plan);
		if (!isImageError(plan)) return preparation(translate(questionOf(plan)), planLines(plan).map(translate));
		const title = l10n.t('Make pictures? It will be refused.');
		const lines = isImageError(asked) ? [] : refusedLines({ ...asked.wish, files: filesOf(asked.wish) });
		return preparation(title, [describe(plan), ...lines.map(translate)]);
	}

	async invoke(
		{ input }: LanguageModelToolInvocationOptions<unknown>,
		token: CancellationToken,
	): Promise<LanguageModelToolResult> {
		const asked = this.#refusals.get(keyOf(input)) ?? (await this.#read(input));
		if (isImageError(asked)) return textResult(outcomeLines(failed(asked, 1)));
		const { wish, alt = altOf(wish.prompt) } = asked;
		const result = await this.parts.orders.run({ wish, silent: true, consent: 'editor', token });
		const made = result.images.flatMap((image) => madeLines({ ...placeOf(image), ...image, alt }));
		const text = textResult([...made, ...outcomeLines(result), ...(await this.#left())]);
		text.content.push(...(await picturesOf(result)));
		return text;
	}

	#keep(input: unknown, plan: Plan | ImageError): void {
		const key = keyOf(input);
		this.#refusals.delete(key);
		if (isImageError(plan)) this.#refusals.set(key, plan);
		const [oldest] = this.#refusals.keys();
		if (oldest !== undefined && this.#refusals.size > mostRefusals) this.#refusals.delete(oldest);
	}

	async #read(input: unknown): Promise<ToolWish | ImageError> {
		return workspace.isTrusted ? this.parts.read(input) : unsent('untrusted');
	}

	async #planOf(wish: Wish): Promise<Plan | ImageError> {
		const { prompt, size, n, change, fileName } = wish;
		const refusal = change && (await refusalOfFiles([change.image]));
		if (refusal) return refusal;
		const quote = await this.parts.maker.quote(wish);
		if (!('model' in quote)) return quote[0] ?? unsent('bad-input');
		const { model, usd, folder, warnings } = quote;
		const host = hostFor(model);
		if (isImageError(host)) return host;
		return {
			prompt,
			model,
			n,
			...(size && { size: formatSizeWish(size) }),
			...(usd !== undefined && { usd }),
			...(host !== undefined && { host }),
			files: filesOf(wish),
			isMasked: change?.operation === 'edit' && change.mask !== undefined,
			place: fileName === undefined ? folder : `${folder}/${fileName}`,
			warnings: [...warnings, ...(await this.#left())],
		};
	}

	async #left(): Promise<readonly Message[]> {
		const { purse } = this.parts;
		return budgetLeft(await purse.standing(), await purse.reserved());
	}
}

function keyOf(input: unknown): string {
	return JSON.stringify([input]);
}

function filesOf({ change }: Wish): readonly string[] {
	return change ? [workspace.asRelativePath(change.image)] : [];
}

/** Everything as text: nothing of it is a link, a picture or a command. */
function preparation(title: string, lines: readonly string[]): PreparedToolInvocation {
	const message = new MarkdownString(lines.map((line) => quoted(line)).join('\n\n'));
	return { invocationMessage: l10n.t('Making pictures with Limn'), confirmationMessages: { title, message } };
}

/** `undefined`: it is built in. */
function hostFor(model: string): string | undefined | ImageError {
	const provider = findProvider(model.split('/')[0] ?? '');
	if (provider?.baseUrl === undefined) return undefined;
	const base = addressOf(provider);
	return isImageError(base) ? base : hostOf(base);
}

function placeOf({ uri }: SavedImage): { readonly path: string; readonly fromFolder: string } {
	const file = Uri.parse(uri);
	const folder = workspace.getWorkspaceFolder(file);
	const relative = workspace.asRelativePath(file);
	// What does not show is encoded, so that the path stays that of the file.
	const path = asText(relative) === relative ? relative : file.toString();
	return { path, fromFolder: folder ? relativePath(folder.uri.path, file.path) : relative };
}

function textResult(lines: readonly Message[]): LanguageModelToolResult {
	return new LanguageModelToolResult([new LanguageModelTextPart(lines.map(translate).join('\n'))]);
}

/** For agents that look at pictures, one after the other. */
async function picturesOf({ images }: Result): Promise<unknown[]> {
	const parts: unknown[] = [];
	for (const image of images) {
		if (parts.length === mostParts.pictures) break;
		const part = await partOf(image).catch(() => undefined);
		if (part !== undefined) parts.push(part);
	}
	return parts;
}

/** An agent's model is somebody to send a picture to as well. Rejects where the file has gone meanwhile. */
async function partOf({ uri, mimeType }: SavedImage): Promise<unknown> {
	const file = Uri.parse(uri);
	const format = requestableFormats.find((each) => mimeTypeOf(each) === mimeType);
	const { size } = await workspace.fs.stat(file);
	if (format === undefined || size > mostParts.bytes || (await refusalOfFiles([file]))) return undefined;
	return picturePart({ bytes: await workspace.fs.readFile(file), format });
}
