import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { bearer, json, page, Refusal, type Reply } from './answer';
import { type Dialect, type Emulator, type EmulatorOptions, type Route, startEmulator } from './emulator';
import { type ReplicateModel, replicateModels, replicateVersion } from './replicateModels';
import { Prediction, type ReplicateOutcome, replicateOutcomes } from './replicatePredictions';
import { type InvalidField, openapiSchema, readCreation, type Values, wrongInputs } from './replicateSchema';
import type { Received, Upload } from './request';
import type { Turn } from './turn';

/** A key that the emulator takes, as it takes all that begin so. */
export const replicateKey = 'r8_emulator';

export interface ReplicateOptions extends EmulatorOptions {
	/** How often a prediction is asked for until it is over (2): 0: it is when it is created, Infinity: never. */
	readonly polls?: number;
	/** How predictions end whose prompt does not say it; `!nsfw` in a prompt does. */
	readonly outcome?: ReplicateOutcome;
	/** Whether retired models are served. */
	readonly legacy?: boolean;
}

/** Replicate's API, as far as pictures need it (OpenAI-compatible reference, Replicate). Webhooks are never called. */
export async function startReplicate(options: ReplicateOptions = {}): Promise<Emulator> {
	return startEmulator(new Replicate(options).dialect(), options);
}

type Handle = (turn: Turn, part: string) => Promise<Reply> | Reply;

class Replicate {
	private readonly predictions = new Map<string, Prediction>();
	private readonly files = new Map<string, Upload>();
	private readonly now: () => number;

	constructor(private readonly options: ReplicateOptions) {
		this.now = options.now ?? Date.now;
	}

	dialect(): Dialect {
		return {
			base: '/v1',
			routes: [
				get(/^\/v1\/account$/, () => json(200, account)),
				get(/^\/v1\/models\/([^/]+\/[^/]+)$/, (_, name) => json(200, described(this.modelNamed(name)))),
				get(/^\/v1\/models\/([^/]+\/[^/]+\/versions\/[^/]+)$/, (_, path) => this.oneVersion(path)),
				post(/^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/, async (turn, name) => this.createOfficial(turn, name)),
				post(/^\/v1\/predictions$/, async (turn) => this.createVersioned(turn)),
				get(/^\/v1\/predictions\/([^/]+)$/, async (_, id) => this.poll(id)),
				post(/^\/v1\/predictions\/([^/]+)\/cancel$/, (_, id) => this.cancel(id)),
				post(/^\/v1\/files$/, (turn) => this.upload(turn)),
				get(/^\/v1\/files\/([^/]+)$/, ({ origin }, id) => json(200, this.fileJson(origin, id))),
			],
			refuse,
			missing: () => refuse(notFound()),
			expired: page(404, '404 Not Found'),
			promptOf: ({ fields }) => promptSchema.parse(fields).input.prompt,
		};
	}

	private modelNamed(name: string): ReplicateModel {
		const model = replicateModels.find((one) => one.name === name);
		if (!model || (model.isRetired && !this.options.legacy)) throw notFound();
		return model;
	}

	private oneVersion(path: string): Reply {
		const [name = '', id = ''] = path.split('/versions/');
		const model = this.modelNamed(name);
		if (replicateVersion(model) !== id) throw notFound();
		return json(200, version(model));
	}

	private async createOfficial(turn: Turn, name: string): Promise<Reply> {
		const model = this.modelNamed(name);
		if (!model.isOfficial) throw notFound();
		const creation = readCreation(bodyOf(turn.request), false);
		if (!('input' in creation)) throw invalidFields(creation);
		return this.create(turn, model, creation.input);
	}

	private async createVersioned(turn: Turn): Promise<Reply> {
		const creation = readCreation(bodyOf(turn.request), true);
		if (!('input' in creation)) throw invalidFields(creation);
		return this.create(turn, this.modelOf(creation.version ?? ''), creation.input);
	}

	/** A version by itself, with its model, or the model alone where it is an official one. */
	private modelOf(wanted: string): ReplicateModel {
		const served = replicateModels.filter((model) => !model.isRetired || this.options.legacy);
		const model = served.find((model) => {
			const id = replicateVersion(model);
			return wanted === id || wanted === `${model.name}:${id}` || (model.isOfficial && wanted === model.name);
		});
		if (model) return model;
		const detail = "The specified version does not exist (or perhaps you don't have permission to use it?)";
		throw problem(422, 'Invalid version or not permitted', detail);
	}

	private async create(turn: Turn, model: ReplicateModel, input: Values): Promise<Reply> {
		const wrong = wrongInputs(model, input);
		if (wrong.length > 0) throw invalidFields(wrong);
		const outcome = turn.tellsRefusal('moderation_blocked') ? 'flagged' : this.outcomeOf(turn.request);
		turn.refuseIfFaulty();
		const { polls = 2 } = this.options;
		const read = (uri: string) => this.fileAt(turn, uri);
		const prediction = new Prediction({ turn, model, input, read, outcome, polls, now: this.now });
		this.predictions.set(prediction.id, prediction);
		// Nobody will ask for it any more, and it runs all the same.
		if (turn.losesAnswer) await prediction.work();
		if (polls === 0) await prediction.finish();
		const seconds = waitOf(turn.request);
		const isLate = seconds !== undefined && !(await prediction.wait(seconds));
		return json(isLate ? 202 : 201, prediction);
	}

	private outcomeOf(request: Received): ReplicateOutcome {
		const { prompt } = promptSchema.parse(request.fields).input;
		const told = replicateOutcomes.find((outcome) => prompt.split(/\s+/).includes(`!${outcome}`));
		return told ?? this.options.outcome ?? 'succeeded';
	}

	private async poll(id: string): Promise<Reply> {
		const prediction = this.predictionNamed(id);
		await prediction.poll();
		return json(200, prediction);
	}

	private cancel(id: string): Reply {
		const prediction = this.predictionNamed(id);
		prediction.cancel();
		return json(200, prediction);
	}

	private predictionNamed(id: string): Prediction {
		const prediction = this.predictions.get(id);
		if (!prediction?.isKnown) throw notFound();
		return prediction;
	}

	private upload({ request, origin }: Turn): Reply {
		const content = request.form?.['content']?.[0];
		if (content === undefined || typeof content === 'string') throw problem(400, 'Bad request', 'Missing content');
		const id = randomUUID();
		this.files.set(id, content);
		return json(201, this.fileJson(origin, id));
	}

	private fileJson(origin: string, id: string): object {
		const file = this.files.get(id);
		if (!file) throw notFound();
		return {
			id,
			name: file.fileName,
			content_type: file.type,
			size: file.bytes.length,
			checksums: { sha256: createHash('sha256').update(file.bytes).digest('hex') },
			metadata: {},
			created_at: new Date(this.now()).toISOString(),
			expires_at: new Date(this.now() + 86_400_000).toISOString(),
			urls: { get: `${origin}/v1/files/${id}` },
		};
	}

	/** Of an upload, of an output that is still there, or of a data URI. The emulator goes nowhere for an input. */
	private fileAt(turn: Turn, uri: string): Uint8Array | undefined {
		const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(uri) ?? [];
		if (base64 !== undefined) return Buffer.from(base64, 'base64');
		const own = `${turn.origin}/v1/files/`;
		return uri.startsWith(own) ? this.files.get(uri.slice(own.length))?.bytes : turn.published(uri);
	}
}

const account = { type: 'user', username: 'emulator', name: 'Emulator', github_url: null, avatar_url: null };

const promptSchema = z.object({ input: z.object({ prompt: z.string().catch('') }).catch({ prompt: '' }) });

function get(path: RegExp, handle: Handle): Route {
	return { method: 'GET', path, handle: keyed(handle) };
}

function post(path: RegExp, handle: Handle): Route {
	return { method: 'POST', path, handle: keyed(handle) };
}

/** For who has a key. */
function keyed(handle: Handle): Handle {
	return (turn, part) => {
		const key = bearer(turn.request);
		if (/^r8_\w+$/.test(key)) return handle(turn, part);
		const detail = `You did not pass ${key === '' ? 'an' : 'a valid'} authentication token`;
		throw problem(401, 'Unauthenticated', detail);
	};
}

function bodyOf({ json: body }: Received): unknown {
	if (body === undefined) throw problem(400, 'Bad request', 'The request body is not valid JSON');
	return body;
}

/** The seconds of `Prefer: wait=5`, at most and unless told a minute; `undefined`: the client does not wait. */
function waitOf({ headers }: Received): number | undefined {
	const match = /\bwait(?:=(\d+))?/.exec(headers['prefer'] ?? '');
	return match ? Math.min(60, Number(match[1] ?? 60)) : undefined;
}

function described(model: ReplicateModel): object {
	const [owner, name] = model.name.split('/');
	return {
		url: `https://replicate.com/${model.name}`,
		owner,
		name,
		description: model.description,
		visibility: 'public',
		is_official: model.isOfficial,
		github_url: null,
		paper_url: null,
		license_url: null,
		run_count: 1000,
		cover_image_url: null,
		default_example: null,
		latest_version: version(model),
	};
}

function version(model: ReplicateModel): object {
	return {
		id: replicateVersion(model),
		created_at: '2026-04-21T12:00:00.000Z',
		cog_version: '0.18.0',
		openapi_schema: openapiSchema(model),
	};
}

function problem(status: number, title: string, detail: string, details: Values = {}): Refusal {
	return new Refusal({ status, message: detail, type: 'problem', code: title, details });
}

function notFound(): Refusal {
	return problem(404, 'Resource not found', 'The requested resource could not be found.');
}

function invalidFields(fields: readonly InvalidField[]): Refusal {
	const lines = fields.map(({ field, description }) => `- ${field === '' ? '' : `${field}: `}${description}\n`);
	return problem(422, 'Input validation failed', lines.join(''), { invalid_fields: fields });
}

const noCredit =
	'You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit.';

const facts: Readonly<Record<string, readonly [status: number, title: string, detail?: string]>> = {
	invalid_api_key: [401, 'Unauthenticated'],
	insufficient_balance: [402, 'Insufficient credit', noCredit],
	insufficient_quota: [402, 'Insufficient credit', noCredit],
	billing_hard_limit_reached: [402, 'Insufficient credit', noCredit],
	invalid_value: [422, 'Input validation failed'],
};

/** Its own refusals are problems already; those of the fault plan have OpenAI's words. */
function refuse(refusal: Refusal): Reply {
	const { status, message, type, code, details, headers } = refusal.facts;
	if (type === 'problem') return json(status, { title: code, detail: message, status, ...details }, headers);
	if (status === 429 && code === 'rate_limit_exceeded') {
		return json(429, { detail: 'Request was throttled. Your rate limit resets in ~30s.' }, headers);
	}
	const [own, title, detail] = facts[code ?? ''] ?? [status, 'Request failed'];
	return json(own, { title, detail: detail ?? message, status: own }, headers);
}
