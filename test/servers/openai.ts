import type { Size } from '../../src/domain/size';
import { bearer, invalid, json, type Refusal, type Reply } from './answer';
import { type Dialect, type Emulator, type EmulatorOptions, listed, startEmulator } from './emulator';
import { fulfil } from './openaiAnswers';
import { isFreeSize, type OpenAIModel, openaiModels } from './openaiModels';
import { type Endpoint, readParameters } from './openaiParameters';
import { fileFields, readUploads } from './openaiUploads';
import { colourOf, drawEdit, drawPicture } from './pictures';
import type { Received } from './request';
import type { Turn } from './turn';

export interface OpenAIOptions extends EmulatorOptions {
	/** Serves every model, as before their retirement, and variations. */
	readonly legacy?: boolean;
	/** The day by which models are retired: the reference's own unless told. */
	readonly today?: string;
}

/** OpenAI's Images API. Keys begin with `sk-emulator`. */
export async function startOpenAI(options: OpenAIOptions = {}): Promise<Emulator> {
	return startEmulator(openaiDialect(options), options);
}

function openaiDialect({ legacy = false, today = '2026-11-21' }: OpenAIOptions): Dialect {
	const served = openaiModels.filter(({ shutdown = '9999' }) => legacy || today < shutdown);
	const images = (endpoint: Endpoint) => ({
		method: 'POST' as const,
		path: new RegExp(`^/v1/images/${endpoint}$`),
		handle: async (turn: Turn) => answerImages(turn, endpoint, served),
	});
	return {
		base: '/v1',
		routes: [
			images('generations'),
			images('edits'),
			...(legacy ? [images('variations')] : []),
			{
				method: 'GET',
				path: /^\/v1\/models$/,
				handle: ({ request }) => withKey(request, () => listed(listOf(served))),
			},
			{
				method: 'GET',
				path: /^\/v1\/models\/(.+)$/,
				handle: ({ request }, id) => withKey(request, () => oneModel(listOf(served), id)),
			},
		],
		refuse,
		missing: (request) => refuse(invalid(`Invalid URL (${request.method} ${request.path})`, null, null, 404)),
		stamp: (id) => ({
			'x-request-id': id,
			'openai-version': '2020-10-01',
			'openai-organization': 'org-emulator',
			'openai-processing-ms': '12',
		}),
	};
}

/** All four keys are there; what is not known is null (OpenAI reference, errors). */
function refuse({ facts }: Refusal): Reply {
	const { status, message, type, code, param = null, details = {}, headers = {} } = facts;
	return json(status, { error: { message, type, param, code, ...details } }, headers);
}

function withKey<Result>(request: Received, then: () => Result): Result {
	const key = bearer(request);
	if (key === '') throw invalid("You didn't provide an API key.", null, null, 401);
	if (!key.startsWith('sk-emulator')) {
		throw invalid(`Incorrect API key provided: ${key.slice(0, 3)}***.`, 'invalid_api_key', null, 401);
	}
	return then();
}

/** A chat model stands among them, as it does at OpenAI. */
function listOf(models: readonly OpenAIModel[]) {
	const chat = { id: 'gpt-5', object: 'model', created: 1_754_425_777, owned_by: 'system', shutdown_date: null };
	const images = models.map(({ id, created, shutdown }) => ({
		id,
		object: 'model',
		created,
		owned_by: 'system',
		shutdown_date: shutdown ?? null,
	}));
	return [chat, ...images];
}

function oneModel(models: ReturnType<typeof listOf>, id: string): Reply {
	const model = models.find((model) => model.id === id);
	if (!model) throw unknownModel(id);
	return json(200, model);
}

function unknownModel(id: string): Refusal {
	const sentence = `The model '${id}' does not exist or you do not have access to it.`;
	return invalid(sentence, 'model_not_found', 'model', 404);
}

async function answerImages(turn: Turn, endpoint: Endpoint, served: readonly OpenAIModel[]): Promise<Reply> {
	const { request } = turn;
	return withKey(request, async () => {
		checkBody(request, endpoint);
		const model = modelOf(request, endpoint, served);
		const isText = ([name]: [string, unknown]) => !fileFields.includes(name) || endpoint === 'generations';
		const parameters = readParameters(
			Object.fromEntries(Object.entries(request.fields).filter(isText)),
			model,
			endpoint,
		);
		if (endpoint === 'generations') {
			const size = sizeOf(parameters.size, { width: 1024, height: 1024 });
			const isTransparent = parameters.background === 'transparent';
			const draw = (index: number) => drawPicture(size, colourOf(parameters.prompt, index), isTransparent);
			const pictures = Array.from({ length: parameters.n }, (_, index) => draw(index));
			return fulfil(turn, { model, parameters, size, inputs: 0, events: 'image_generation', pictures });
		}
		return answerEdit(turn, endpoint, model, parameters);
	});
}

async function answerEdit(
	turn: Turn,
	endpoint: Endpoint,
	model: OpenAIModel,
	parameters: ReturnType<typeof readParameters>,
): Promise<Reply> {
	const isVariation = endpoint === 'variations';
	const { source, area, count } = await readUploads(turn.request, model, isVariation);
	if (parameters.output_format === 'gif' && area) {
		throw invalid('A mask is not supported for GIF output format.', 'invalid_value', 'mask');
	}
	const size = sizeOf(parameters.size, ownSize(model, source.pixels));
	const pictures = Array.from({ length: parameters.n }, (_, index) =>
		drawEdit({ source: source.pixels, size, colour: colourOf(parameters.prompt, index), area, habits: turn.habits }),
	);
	return fulfil(turn, { model, parameters, size, inputs: count, events: 'image_edit', pictures });
}

function checkBody({ headers, json, form }: Received, endpoint: Endpoint): void {
	const type = headers['content-type'] ?? '';
	const takesForm = endpoint !== 'generations';
	if (takesForm && form) return;
	if (endpoint !== 'variations' && /^application\/json\b/i.test(type)) {
		if (typeof json === 'object' && json !== null && !Array.isArray(json)) return;
		throw invalid('We could not parse the JSON body of your request.', null);
	}
	const supported = takesForm ? "'multipart/form-data'" : "'application/json'";
	const sentence = `Unsupported content type: '${type}'. This API method only accepts ${supported} requests.`;
	throw invalid(sentence, 'unsupported_content_type');
}

/** Only before its retirement was dall-e-2 what came without a name. */
function modelOf({ fields }: Received, endpoint: Endpoint, served: readonly OpenAIModel[]): OpenAIModel {
	const former = served.find(({ family }) => family === 'dall-e-2')?.id;
	const id = fields['model'] ?? former;
	if (typeof id !== 'string')
		throw invalid("Missing required parameter: 'model'.", 'missing_required_parameter', 'model');
	const model = served.find((model) => model.id === id);
	if (!model) throw unknownModel(id);
	const canDo = endpoint === 'variations' ? model.family === 'dall-e-2' : endpoint === 'generations' || model.canEdit;
	if (!canDo) throw invalid(`Invalid value: '${id}'. Value must be 'dall-e-2'.`, 'invalid_value', 'model');
	return model;
}

function sizeOf(asked: string, own: Size): Size {
	const [, width, height] = /^(\d+)x(\d+)$/.exec(asked) ?? [];
	return width === undefined ? own : { width: Number(width), height: Number(height) };
}

/** What `auto` means for an edit: the source's own size, or the nearest preset. */
function ownSize(model: OpenAIModel, { width, height }: Size): Size {
	if (model.sizes === 'free' && isFreeSize(width, height)) return { width, height };
	if (model.family !== 'gpt' || width === height) return { width: 1024, height: 1024 };
	return width > height ? { width: 1536, height: 1024 } : { width: 1024, height: 1536 };
}
