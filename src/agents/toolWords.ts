import { formatUsd } from '../catalogue/price';
import { languageOf } from '../documents/languages/languages';
import { writeReference } from '../documents/languages/writeReference';
import { type Message, say } from '../domain/message';
import type { Standing } from '../spending/accounts';
import { microsOf, usdOf } from '../spending/money';
import { withoutHiding } from '../domain/plainText';
import type { Result } from '../domain/result';

/** What a call of a tool would do. */
export interface Plan {
	readonly prompt: string;
	/** `provider/model`. */
	readonly model: string;
	/** Absent: the model chooses. */
	readonly size?: string;
	readonly n: number;
	/** For all its pictures. Absent: nobody knows. */
	readonly usd?: number;
	/** Who is sent what follows. Absent: nothing is sent. */
	readonly host?: string;
	/** Files that go out, as a person names them. */
	readonly files: readonly string[];
	/** Only named rectangles are changed. */
	readonly isMasked: boolean;
	/** Where the pictures are saved, as a person names it. */
	readonly place: string;
	/** What the person should know of how they would be made. */
	readonly warnings: readonly Message[];
}

/** The question that the editor asks before a tool is called. */
export function questionOf({ n, usd }: Pick<Plan, 'n' | 'usd'>): Message {
	if (usd === undefined) {
		return n === 1 ? say('Make 1 picture of unknown price?') : say('Make {0} pictures of unknown price?', n);
	}
	if (usd === 0)
		return n === 1 ? say('Make 1 picture? It costs nothing.') : say('Make {0} pictures? They cost nothing.', n);
	const price = formatUsd(usd);
	return n === 1 ? say('Make 1 picture for about {0}?', price) : say('Make {0} pictures for about {1}?', n, price);
}

/** What the person is told with it, a line each. The prompt comes last: a long one hides nothing. */
export function planLines({ prompt, model, size, host, files, isMasked, place, warnings }: Plan): readonly Message[] {
	return [
		say('Model: {0}', model),
		...(size === undefined ? [] : [say('Size: {0}', size)]),
		sentTo(host, files),
		...(isMasked ? [say('Only the rectangles that it names are repainted.')] : []),
		say('Saved in {0}.', place),
		...warnings,
		promptLine(prompt),
	];
}

/** What the person is told of a call that will be refused, a line each. */
export function refusedLines({
	prompt,
	model,
	files,
}: Pick<Plan, 'prompt' | 'files'> & { readonly model?: string | undefined }): readonly Message[] {
	return [
		...(model === undefined ? [] : [say('Model: {0}', model)]),
		...files.map((file) => say('Picture: {0}', file)),
		promptLine(prompt),
	];
}

function promptLine(prompt: string): Message {
	return say('Prompt: {0}', withoutHiding(prompt));
}

function sentTo(host: string | undefined, files: readonly string[]): Message {
	if (host === undefined) return say('Nothing is sent: this computer draws it.');
	return files.length === 0
		? say('Sent to {0}: the prompt.', host)
		: say('Sent to {0}: the prompt and {1}.', host, files.join(', '));
}

/** What budgets leave, a line each. `reserved`: USD that are set aside for jobs that run. */
export function budgetLeft(
	{ limits, spent }: Pick<Standing, 'limits' | 'spent'>,
	reserved: number,
): readonly Message[] {
	const { daily, monthly } = limits;
	if (daily === undefined && monthly === undefined) return [say('No budget is set: limn.budget.daily sets one.')];
	const left = (limit: number, used: number) =>
		formatUsd(usdOf(Math.max(0, microsOf(limit) - microsOf(used) - microsOf(reserved))));
	return [
		...(daily === undefined ? [] : [say('Left of today’s budget: {0}.', left(daily, spent.today))]),
		...(monthly === undefined ? [] : [say('Left of this month’s budget: {0}.', left(monthly, spent.month))]),
	];
}

/** A picture that was saved. */
export interface Made {
	/** As the workspace names it. */
	readonly path: string;
	/** From its workspace folder, not encoded. */
	readonly fromFolder: string;
	readonly width: number;
	readonly height: number;
	readonly alt: string;
}

/** What an agent is told of a picture: where it is, and how a Markdown document in the workspace folder refers to it. */
export function madeLines({ path, fromFolder, width, height, alt }: Made): readonly Message[] {
	const reference = writeReference(languageOf('markdown', ''), { path: fromFolder, width, height, alt });
	return [
		say('Saved {0}, {1} × {2} pixels.', path, width, height),
		say('Reference, from the workspace folder: {0}', reference),
	];
}

/** What an agent is told besides: cost, what is to be known, and what failed. */
export function outcomeLines({ failures, warnings, cost }: Result): readonly Message[] {
	const said = failures.map(({ code, message }) => `${code}: ${message}`);
	return [
		...(cost ? [costLine(cost)] : []),
		...warnings.map((warning) => say('Note: {0}', warning)),
		...Array.from(new Set(said), (each) => failedLine(each, said.filter((one) => one === each).length)),
	];
}

function failedLine(what: string, times: number): Message {
	return times === 1 ? say('Failed: {0}', what) : say('Failed: {0} × {1}', times, what);
}

function costLine({ usd, estimated }: NonNullable<Result['cost']>): Message {
	return estimated ? say('Cost: about {0}.', formatUsd(usd)) : say('Cost: {0}.', formatUsd(usd));
}
