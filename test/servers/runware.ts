import * as z from 'zod';
import { bearer, page, Refusal, type Reply } from './answer';
import { type Dialect, type Emulator, type EmulatorOptions, startEmulator } from './emulator';
import { encodePicture } from './pictureFiles';
import { errorItem, exactJson, type Item, missingValue, ofTask, refuse, together, wrong } from './runwareErrors';
import { draw, type Library } from './runwareImages';
import { type Leniency, type Order, readOrder } from './runwareOrder';
import { failure, results } from './runwareResults';
import { exactBody, isItem, readValues } from './runwareRules';
import { account, type Balance, caption, searchModels, storage } from './runwareServices';
import { type Outcome, RunwareTasks, type Said, type Staging } from './runwareTasks';
import type { Received } from './request';
import type { Turn } from './turn';

export interface RunwareOptions extends EmulatorOptions, Leniency, Staging {
	/** How many results of each task fail, the last ones; the others come as they should. */
	readonly failing?: number;
	/** Of those that fail; `timeoutProvider` unless told. */
	readonly failureCode?: string;
	/** How many results each task has beyond those that were asked for. */
	readonly extraResults?: number;
	/** As an object unless told. */
	readonly balance?: Balance;
	/** What is said of a picture that is to be described. */
	readonly caption?: string;
}

/** What the emulator takes, as it takes every key without `wrong` or `bad` in it: Runware's have no common beginning. */
export const runwareKey = 'runware-emulator-key';

/** Runware's REST API (Runware reference). What is asked for at other servers (`webhookURL`, `uploadEndpoint`) stays in `requests`. */
export async function startRunware(options: RunwareOptions = {}): Promise<Emulator> {
	return startEmulator(new Runware(options).dialect(), options);
}

/** Whether a request asks only what became of a task. */
export function isRunwarePoll({ json }: Received): boolean {
	return (
		Array.isArray(json) && json.length > 0 && json.every((task) => isItem(task) && task['taskType'] === 'getResponse')
	);
}

class Runware {
	private readonly tasks: RunwareTasks;
	private readonly library: Library = new Map();
	/** In USD, of what was paid in. */
	private spent = 0;

	constructor(private readonly options: RunwareOptions) {
		this.tasks = new RunwareTasks(options);
	}

	dialect(): Dialect {
		return {
			base: '/v1',
			routes: [{ method: 'POST', path: /^\/v1$/, handle: async (turn) => this.answer(turn) }],
			refuse,
			missing: () => page(404, '404 Not Found'),
			expired: page(404, '404 Not Found'),
			promptOf,
			befalls: (request) => request.method === 'POST' && !isRunwarePoll(request),
		};
	}

	/** Each task for itself: some may be refused, and the others done. */
	private async answer(turn: Turn): Promise<Reply> {
		const said: Said[] = [];
		const refusals: Refusal[] = [];
		for (const task of tasksOf(turn.request)) {
			try {
				said.push(await this.perform(turn, task));
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				refusals.push(ofTask(error, task));
			}
		}
		const [refusal, ...others] = refusals;
		if (refusal && said.length === 0) throw together([refusal, ...others]);
		const errors = [...said.flatMap(({ errors }) => errors), ...refusals.map(errorItem)];
		return exactJson(200, { data: said.flatMap(({ data }) => data), ...(errors.length > 0 ? { errors } : {}) });
	}

	private async perform(turn: Turn, task: Item): Promise<Said> {
		const { balance = 'object', legacy = false } = this.options;
		switch (task['taskType']) {
			case undefined:
				throw missingValue('taskType');
			case 'imageInference':
				return this.infer(turn, task);
			case 'getResponse':
				return this.tasks.poll(uuidOf(task));
			case 'accountManagement':
				return only(account(task, balance, this.spent));
			case 'modelSearch':
				return only(searchModels(task, legacy));
			case 'caption':
			case 'imageCaption':
				return this.describe(turn, task);
			case 'imageUpload':
			case 'mediaStorage':
				return only(await storage(task, this.library, turn));
			default:
				throw wrong('unsupportedTaskType', 'This task type is not supported.', { parameter: 'taskType' });
		}
	}

	private async infer(turn: Turn, task: Item): Promise<Said> {
		const order = readOrder(task, this.options);
		const { taskUUID, isAsync, count, usd } = order;
		// The shape of this answer is documented nowhere.
		if (turn.request.headers['x-runware-dry-run'] === '1') {
			await draw(order, 0, this.library, turn);
			return only({ taskType: 'imageInference', taskUUID, cost: money(usd * count) });
		}
		this.tasks.accept('imageInference', taskUUID, isAsync);
		try {
			const outcomes = await this.work(turn, order);
			this.tasks.finish(taskUUID, outcomes);
			return isAsync ? only({ taskType: 'imageInference', taskUUID }) : whole(outcomes);
		} catch (error) {
			this.tasks.release(taskUUID);
			throw error;
		}
	}

	/** Done at once; its name is used up all the same. */
	private async describe(turn: Turn, task: Item): Promise<Said> {
		const taskUUID = uuidOf({ taskUUID: task['taskUUID'] });
		this.tasks.accept(String(task['taskType']), taskUUID, false);
		try {
			const item = await caption(task, this.library, turn, this.options.caption);
			this.spent = money(this.spent + Number(item['cost'] ?? 0));
			this.tasks.finish(taskUUID, [{ failed: false, item }]);
			return only(item);
		} catch (error) {
			this.tasks.release(taskUUID);
			throw error;
		}
	}

	/** Results that fail are neither made nor billed. */
	private async work(turn: Turn, order: Order): Promise<Outcome[]> {
		const { failing = 0, failureCode = 'timeoutProvider', extraResults = 0 } = this.options;
		const failed = Math.min(failing, order.count);
		const count = order.count - failed + extraResults;
		const pictures = await draw(order, count, this.library, turn);
		const failures = Array.from({ length: failed }, () => failure(order.taskUUID, failureCode));
		if (count === 0) return failures;
		const files = await turn.work(async () =>
			Promise.all(pictures.map(async (pixels) => encodePicture(pixels, order.format))),
		);
		this.spent = money(this.spent + order.usd * count);
		return [...results(order, files, this.library, turn), ...failures];
	}
}

function money(usd: number): number {
	return Math.round(usd * 1e6) / 1e6;
}

function only(item: Item): Said {
	return { data: [item], errors: [] };
}

function whole(outcomes: readonly Outcome[]): Said {
	const those = (wanted: boolean) => outcomes.filter(({ failed }) => failed === wanted).map(({ item }) => item);
	return { data: those(false), errors: those(true) };
}

function uuidOf(task: Item): string {
	const rules = { taskType: { kind: 'any' }, taskUUID: { kind: 'uuid' } } as const;
	return String(readValues(task, rules, ['taskUUID'])['taskUUID']);
}

const bodySchema = z.array(z.record(z.string(), z.unknown())).min(1);

/** The tasks of who has a key: in the header, or in a first task of its own. */
function tasksOf(request: Received): readonly Item[] {
	const { data: tasks = [] } = bodySchema.safeParse(exactBody(request.json, request.text));
	const [first] = tasks;
	const isAuthentication = first?.['taskType'] === 'authentication';
	const { apiKey } = isAuthentication ? first : {};
	checkKey(bearer(request) || (typeof apiKey === 'string' ? apiKey : ''));
	if (!first) throw wrong('invalidRequest', 'The body must be an array of task objects.', { type: 'array' });
	return isAuthentication ? tasks.slice(1) : tasks;
}

function checkKey(key: string): void {
	if (key !== '' && !/wrong|bad/i.test(key)) return;
	const [code, message] =
		key === ''
			? ['missingApiKey', 'No API key. Get one at https://my.runware.ai/signup']
			: ['invalidApiKey', 'Invalid API key. Get one at https://my.runware.ai/signup'];
	const { facts } = wrong(code, message, { parameter: 'apiKey', type: 'string' }, 401);
	throw new Refusal({ ...facts, details: { ...facts.details, taskType: 'authentication' } });
}

/** Of the first task that has one. */
function promptOf({ json }: Received): string {
	const tasks: readonly unknown[] = Array.isArray(json) ? json : [];
	const prompts = tasks.filter(isItem).map((task) => task['positivePrompt']);
	return prompts.find((prompt) => typeof prompt === 'string') ?? '';
}
