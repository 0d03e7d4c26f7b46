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
import { picturePart } from '../describeImageByEditor';
import { addressOf } from '../endpoints';
import { quoted } from '../features/markdownText';
import type { ImageMaker } from '../imageMaker';
import type { Orders } from '../orders';
import type { SharedPurse } from '../purse';
import { failed, type Result } from '../result';
import { describe, translate } from '../translate';
import type { Wish } from '../wish';
import { budgetLeft, madeLines, outcomeLines, type Plan, planLines, questionOf } from './toolWords';

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

/** In bytes: a larger picture is not handed to the agent, which has its path. */
const largestPart = 1024 * 1024;

/** A tool that agents call: the editor confirms it with the person, budgets hold whatever was always allowed. */
export class ImageTool implements LanguageModelTool<unknown> {
	constructor(readonly parts: Parts) {}

	/** Always with something to confirm: what is refused now might be possible by the time of the call. */
	async prepareInvocation({
		input,
	}: LanguageModelToolInvocationPrepareOptions<unknown>): Promise<PreparedToolInvocation> {
		const asked = await this.#read(input);
		const plan = isImageError(asked) ? asked : await this.#planOf(asked.wish);
		if (isImageError(plan)) {
			const title = l10n.t('Make pictures? It will be refused.');
			return preparation(title, [describe(plan)]);
		}
		const lines = [...planLines(plan), ...(await this.#left())];
		return preparation(translate(questionOf(plan)), lines.map(translate));
	}

	async invoke(
		{ input }: LanguageModelToolInvocationOptions<unknown>,
		token: CancellationToken,
	): Promise<LanguageModelToolResult> {
		const asked = await this.#read(input);
		if (isImageError(asked)) return textResult(outcomeLines(failed(asked, 1)));
		const { wish, alt = altOf(wish.prompt) } = asked;
		const result = await this.parts.orders.run({ wish, silent: true, consent: 'editor', token });
		const made = result.images.flatMap((image) => madeLines({ ...placeOf(image), ...image, alt }));
		const text = textResult([...made, ...outcomeLines(result), ...(await this.#left())]);
		text.content.push(...(await picturesOf(result)));
		return text;
	}

	async #read(input: unknown): Promise<ToolWish | ImageError> {
		return workspace.isTrusted ? this.parts.read(input) : unsent('untrusted');
	}

	async #planOf(wish: Wish): Promise<Plan | ImageError> {
		const quote = await this.parts.maker.quote(wish);
		if (!('model' in quote)) return quote[0] ?? unsent('bad-input');
		const { model, usd, folder, warnings } = quote;
		const { prompt, size, n, change, fileName } = wish;
		const host = hostOf(model);
		if (isImageError(host)) return host;
		return {
			prompt,
			model,
			n,
			...(size && { size: formatSizeWish(size) }),
			...(usd !== undefined && { usd }),
			...(host !== undefined && { host }),
			files: change ? [workspace.asRelativePath(change.image)] : [],
			place: fileName === undefined ? folder : `${folder}/${fileName}`,
			warnings,
		};
	}

	async #left(): Promise<readonly Message[]> {
		const { purse } = this.parts;
		return budgetLeft(await purse.standing(), await purse.reserved());
	}
}

/** Everything as text: nothing of it is a link, a picture or a command. */
function preparation(title: string, lines: readonly string[]): PreparedToolInvocation {
	const message = new MarkdownString(lines.map((line) => quoted(line)).join('\n\n'));
	return { invocationMessage: l10n.t('Making pictures with Limn'), confirmationMessages: { title, message } };
}

/** `undefined`: it is built in. */
function hostOf(model: string): string | undefined | ImageError {
	const provider = findProvider(model.split('/')[0] ?? '');
	if (provider?.baseUrl === undefined) return undefined;
	const base = addressOf(provider);
	return isImageError(base) ? base : base.host;
}

function placeOf({ uri }: SavedImage): { readonly path: string; readonly fromFolder: string } {
	const file = Uri.parse(uri);
	const folder = workspace.getWorkspaceFolder(file);
	const path = workspace.asRelativePath(file);
	return { path, fromFolder: folder ? relativePath(folder.uri.path, file.path) : path };
}

function textResult(lines: readonly Message[]): LanguageModelToolResult {
	return new LanguageModelToolResult([new LanguageModelTextPart(lines.map(translate).join('\n'))]);
}

/** For agents that look at pictures. */
async function picturesOf({ images }: Result): Promise<unknown[]> {
	const parts = await Promise.all(images.map(async (image) => partOf(image).catch(() => undefined)));
	return parts.filter((part) => part !== undefined);
}

/** Rejects where the file has gone meanwhile. */
async function partOf({ uri, mimeType }: SavedImage): Promise<unknown> {
	const file = Uri.parse(uri);
	const format = requestableFormats.find((each) => mimeTypeOf(each) === mimeType);
	const { size } = await workspace.fs.stat(file);
	if (format === undefined || size > largestPart) return undefined;
	return picturePart({ bytes: await workspace.fs.readFile(file), format });
}
