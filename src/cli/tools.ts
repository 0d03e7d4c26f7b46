import { segmentsOf } from '../agents/toolPath';
import {
	checkToolArguments,
	editToolArguments,
	generateToolArguments,
	parseToolArguments,
} from '../agents/toolArguments';
import { checkCard, toolCards } from '../agents/toolCards';
import { budgetLeft, madeLines, outcomeLines } from '../agents/toolWords';
import { altOf } from '../documents/altText';
import { folderOf } from '../documents/paths';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { formatOfName } from '../domain/imageFormat';
import { type Message, say } from '../domain/message';
import { failureIn, forAgents, refused, type Result, resultIn } from '../domain/result';
import { redactAll } from '../network/redact';
import { checkImages } from './checkImages';
import { findingLine } from './commands/check';
import type { Jobs } from './jobs';
import type { ServedTool, ToolAnswer, ToolCall } from './mcpService';
import type { Order } from './order';
import { ownPicture } from './ownPictures';
import type { Root } from './paths';
import { nameOf, startWords } from './telling';
import { inWords } from './words';

interface Parts {
	readonly root: Root;
	readonly jobs: Jobs;
	/** USD that one call may cost. */
	readonly most: number;
	/** Takes keys out of a text. */
	readonly clean: (text: string) => string;
	readonly onFault: (fault: unknown) => void;
}

/** What an agent ordered; `alt`: absent: the prompt suggests it. */
interface Asked {
	readonly order: Order;
	readonly alt?: string | undefined;
}

const titles = {
	limn_generate_image: 'Generate an image',
	limn_edit_image: 'Edit an image',
	limn_check_images: 'Check the images of documents',
} as const;

type Name = keyof typeof titles;

/** So many findings are listed; all of them are in the structured answer. */
const mostListed = 100;

/** The tools that agents outside of the editor call. */
export class Tools {
	readonly served: readonly ServedTool[] = [
		served('limn_generate_image', toolCards.limn_generate_image),
		served('limn_edit_image', toolCards.limn_edit_image),
		served('limn_check_images', checkCard),
	];

	constructor(readonly parts: Parts) {}

	/** See `Service`. */
	async call(name: string, input: unknown, call: ToolCall): Promise<ToolAnswer> {
		try {
			const { text, structured, isError } = await this.#answer(name, input, call);
			const { clean } = this.parts;
			const cleaned = redactAll(structured, clean);
			return { text: clean(text), ...(isObject(cleaned) && { structured: cleaned }), isError };
		} catch (fault) {
			if (!call.signal.aborted) this.parts.onFault(fault);
			return failing(call.signal.aborted ? unsent('cancelled') : broken);
		}
	}

	async #answer(name: string, input: unknown, call: ToolCall): Promise<ToolAnswer> {
		if (name === 'limn_check_images') return this.#check(input, call);
		const asked = name === 'limn_edit_image' ? await this.#edit(input) : this.#generate(input);
		return isImageError(asked) ? failing(asked) : this.#make(asked, call);
	}

	#generate(input: unknown): Asked | ImageError {
		const parsed = parseToolArguments(generateToolArguments, input);
		if ('error' in parsed) return parsed.error;
		const { path, alt, ...asked } = parsed.value;
		const segments = path === undefined ? undefined : segmentsOf(path);
		if (isImageError(segments)) return segments;
		const fileName = segments?.at(-1) ?? '${slug}';
		const { root } = this.parts;
		const place = segments
			? { folder: '${documentFolder}', beside: folderOf(`${root.path}/${segments.join('/')}`) }
			: { folder: 'images', beside: root.path };
		return { order: this.#order(asked, { ...place, fileName }), alt };
	}

	async #edit(input: unknown): Promise<Asked | ImageError> {
		const parsed = parseToolArguments(editToolArguments, input);
		if ('error' in parsed) return parsed.error;
		const { image: name, mask, ...asked } = parsed.value;
		const { root, jobs } = this.parts;
		const image = await ownPicture(name, root, jobs.parts.ignore);
		if (isImageError(image)) return image;
		const place = { folder: '${documentFolder}', fileName: '${slug}', beside: folderOf(image.path) };
		return { order: { ...this.#order(asked, place), change: { image: name, ...(mask && { mask }) } } };
	}

	#order(
		{
			prompt,
			model = 'auto',
			n,
			size,
		}: Pick<Order, 'prompt' | 'n'> & {
			readonly model?: string | undefined;
			readonly size?: Order['size'] | undefined;
		},
		place: Pick<Order, 'folder' | 'fileName' | 'beside'>,
	): Order {
		const format = formatOfName(place.fileName) ?? 'png';
		return { root: this.parts.root.path, prompt, model, n, ...(size && { size }), options: {}, format, ...place };
	}

	async #make({ order, alt = altOf(order.prompt) }: Asked, { signal, onProgress }: ToolCall): Promise<ToolAnswer> {
		const { jobs, most, root } = this.parts;
		const told = (progress: number, message: string) => onProgress({ progress, total: order.n, message });
		const job = await jobs.make(order, {
			signal,
			most,
			onStart: (plan) => told(0, startWords(plan)),
			onArrival: (arrived) => told(arrived, `${arrived} of ${order.n}`),
		});
		const result = resultIn(forAgents(job), inWords);
		const made = result.images.flatMap((image) => {
			const path = nameOf(image.uri, root);
			return madeLines({ ...image, path, fromFolder: path, alt });
		});
		return answerOf(result, [...made, ...outcomeLines(result), ...(await this.#left())]);
	}

	async #left(): Promise<readonly Message[]> {
		const { accounts } = this.parts.jobs.parts.purse;
		return budgetLeft(await accounts.standing(), await accounts.reserved());
	}

	async #check(input: unknown, { signal }: ToolCall): Promise<ToolAnswer> {
		const parsed = parseToolArguments(checkToolArguments, input);
		if ('error' in parsed) return failing(parsed.error);
		const { root } = this.parts;
		const { findings, documents, unknown } = await checkImages(root, parsed.value.paths ?? [], signal);
		const [name] = unknown;
		if (name !== undefined) return failing(unsent('bad-input', noDocument(name)));
		const lines = findings.slice(0, mostListed).map((finding) => findingLine(finding, root));
		const rest = findings.length - lines.length;
		const end = rest > 0 ? [`… and ${rest} more.`] : [];
		const text = findings.length === 0 ? nothingIn(documents) : [...lines, ...end].join('\n');
		return { text, structured: { findings }, isError: false };
	}
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function served(name: Name, card: Omit<ServedTool, 'name' | 'title' | 'readOnly'>): ServedTool {
	return { name, title: titles[name], readOnly: name === 'limn_check_images', ...card };
}

/** What nobody made is an error; of what came in part the text says what is missing. */
function answerOf(result: Result, lines: readonly Message[]): ToolAnswer {
	return { text: lines.map(inWords).join('\n'), structured: result, isError: result.images.length === 0 };
}

function failing(error: ImageError): ToolAnswer {
	const { code, message } = failureIn(error, inWords);
	return { text: `Failed: ${code}: ${message}`, structured: resultIn(refused(1, [error]), inWords), isError: true };
}

function nothingIn(documents: number): string {
	return documents === 0 ? 'No document with pictures was found.' : 'All pictures are there, and none is stale.';
}

function noDocument(name: string): Message {
	return say('There is no {0} in the workspace. Name files or folders inside.', name);
}

const broken: ImageError = {
	code: 'bad-reply',
	message: say('Something failed in Limn itself. The log has more; please report it.'),
	charged: 'unknown',
};
