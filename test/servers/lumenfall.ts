import * as z from 'zod';
import type { Pixels } from '../../src/image/pixels';
import { bearer, invalid, json, page, Refusal, type Reply } from './answer';
import { type Dialect, type Emulator, type EmulatorOptions, listed, startEmulator } from './emulator';
import { convertedSize, type LumenfallModel, lumenfallModels, routed } from './lumenfallModels';
import { base64 } from './openaiAnswers';
import { decodePicture, encodePicture, mimeOf } from './pictureFiles';
import { clearArea, colourOf, drawEdit, drawPicture, type EditHabits, isDrawable } from './pictures';
import { type Form, type Received, uploads } from './request';
import type { Turn } from './turn';

/** Lumenfall's two APIs (Lumenfall reference). Keys begin with `lmnfl_`. */
export async function startLumenfall(options: EmulatorOptions = {}): Promise<Emulator> {
	return startEmulator(new Lumenfall().dialect(), options);
}

/** Fields that are none of these go through to the provider. A form says numbers as text. */
const schema = z.object({
	model: z.string(),
	prompt: z.string().min(1).max(1000),
	n: z.coerce.number().int().min(1).max(10).default(1),
	size: z
		.string()
		.regex(/^([1-9]\d*[x:][1-9]\d*|auto)$/)
		.default('1024x1024'),
	aspect_ratio: z
		.string()
		.regex(/^[1-9]\d*:[1-9]\d*$/)
		.optional(),
	resolution: z.enum(['1K', '2K', '4K']).optional(),
	response_format: z.enum(['url', 'b64_json']).default('url'),
	output_format: z.enum(['png', 'jpeg', 'gif', 'webp', 'avif']).default('png'),
	output_compression: z.coerce.number().int().min(0).max(100).optional(),
});

type Asked = z.infer<typeof schema>;
type Route = NonNullable<ReturnType<typeof routed>>;

class Lumenfall {
	/** In USD, of what was paid in. */
	private spent = 0;

	dialect(): Dialect {
		const images = keyed(async (turn, part) => this.images(turn, part === 'edits'));
		return {
			base: '/openai/v1',
			routes: [
				{ method: 'POST', path: /^\/openai\/v1\/images\/(generations|edits)$/, handle: images },
				{ method: 'GET', path: /^\/openai\/v1\/models$/, handle: keyed(() => listed(lumenfallModels.map(described))) },
				{ method: 'GET', path: /^\/openai\/v1\/models\/(.+)$/, handle: keyed(oneModel) },
				{ method: 'GET', path: /^\/v1\/balance$/, handle: keyed(() => this.balance()) },
			],
			refuse,
			missing,
			stamp: (id) => ({ 'x-lumenfall-request-id': id }),
		};
	}

	private balance(): Reply {
		const amount = Math.round((25 - this.spent) * 1e6) / 1e6;
		return json(200, { object: 'balance', billing_type: 'prepaid', available: { amount, currency: 'USD' } });
	}

	private async images(turn: Turn, isEdit: boolean): Promise<Reply> {
		const { request } = turn;
		if (isEdit ? !request.form : request.json === undefined) {
			throw invalid(`Expected ${isEdit ? 'multipart/form-data' : 'application/json'}`, 'INVALID_REQUEST');
		}
		const asked = read(request);
		const route = routeOf(asked.model);
		if (isEdit && !route.model.canEdit) throw invalid(`${route.model.slug} cannot edit images`, 'INVALID_REQUEST');
		const pictures = await draw(asked, route.model, isEdit ? (request.form ?? {}) : undefined, turn.habits);
		if (request.query['dryRun'] === 'true') return estimate(asked, route);
		const files = await turn.work(async () =>
			Promise.all(pictures.map(async (pixels) => encodePicture(pixels, asked.output_format))),
		);
		this.spent += costOf(asked, route);
		return answer(turn, asked, route, pictures, files);
	}
}

type Handle = (turn: Turn, part: string) => Promise<Reply> | Reply;

/** For who has a key. */
function keyed(handle: Handle): Handle {
	return (turn, part) => {
		checkKey(turn.request);
		return handle(turn, part);
	};
}

function checkKey(request: Received): void {
	if (/^lmnfl_\w+\.\w+$/.test(bearer(request))) return;
	throw new Refusal({
		status: 401,
		message: 'Invalid API key',
		type: 'authentication_error',
		code: 'AUTHENTICATION_FAILED',
	});
}

/** The first complaint of the schema, as it says it. */
function read(request: Received): Asked {
	const parsed = schema.safeParse(request.fields);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, 'INVALID_REQUEST');
}

function routeOf(name: string): Route {
	const route = routed(name);
	if (!route) {
		const first = name.split('/').at(-1)?.split('-')[0] ?? '';
		const near = lumenfallModels.find(({ slug }) => slug.startsWith(first))?.slug ?? 'gpt-image-2';
		throw invalid(`Model '${name}' not found. Did you mean '${near}'?`, 'MODEL_NOT_FOUND', null, 404);
	}
	if (route.model.isDisabled) throw invalid(`Model '${name}' is disabled`, 'MODEL_DISABLED', null, 404);
	return route;
}

async function draw(
	asked: Asked,
	model: LumenfallModel,
	form: Form | undefined,
	habits: EditHabits,
): Promise<Pixels[]> {
	const size = convertedSize(model, asked.size, asked.aspect_ratio, asked.resolution);
	if (!isDrawable(size)) throw invalid('size: Too big', 'INVALID_REQUEST');
	if (asked.output_format === 'avif' && Math.max(size.width, size.height) > 1600) {
		throw invalid('AVIF is limited to 1600 pixels', 'INVALID_REQUEST');
	}
	const colour = (index: number) => colourOf(asked.prompt, index);
	const indices = Array.from({ length: asked.n }, (_, index) => index);
	if (!form) return indices.map((index) => drawPicture(size, colour(index)));
	const { source, area } = await readSources(form, model);
	return indices.map((index) => drawEdit({ source, size, colour: colour(index), area, habits }));
}

/** A mask goes through to the provider: only OpenAI's models heed it, with OpenAI's meaning. */
async function readSources(form: Form, model: LumenfallModel) {
	const images = uploads(form, 'image');
	if (images.length > 1 && !model.takesSeveralImages) {
		throw invalid(`${model.slug} does not support multiple input images`, 'INVALID_REQUEST');
	}
	const decoded = await Promise.all(images.map(async ({ bytes }) => decodePicture(bytes)));
	const [source] = decoded;
	if (!source || decoded.includes(undefined)) {
		throw invalid('image: Invalid input: expected a PNG, JPEG, WebP or GIF file', 'INVALID_REQUEST');
	}
	const mask = uploads(form, 'mask')[0];
	if (!mask || model.providers[0] !== 'openai') return { source: source.pixels, area: undefined };
	const decodedMask = await decodePicture(mask.bytes);
	const { width, height } = source.pixels;
	if (!decodedMask?.hasAlpha || decodedMask.pixels.width !== width || decodedMask.pixels.height !== height) {
		throw invalid('Invalid mask image format', 'UPSTREAM_ERROR');
	}
	return { source: source.pixels, area: clearArea(decodedMask.pixels) };
}

function costOf({ n }: Asked, { model }: Route): number {
	return Math.round(model.usdPerPicture * n * 1e6) / 1e6;
}

/** Nothing is made and nothing billed (Lumenfall reference, cost estimate). */
function estimate(asked: Asked, { model, provider }: Route): Reply {
	const total = Math.round(model.usdPerPicture * asked.n * 1e6);
	const component = { type: 'output', metric: 'image', quantity: asked.n, billable_quantity: asked.n };
	return json(200, {
		estimated: true,
		model: model.slug,
		provider,
		total_cost_micros: total,
		currency: 'USD',
		components: [{ ...component, unit_price: model.usdPerPicture, total_cost: total }],
	});
}

function answer(
	turn: Turn,
	asked: Asked,
	route: Route,
	pictures: readonly Pixels[],
	files: readonly Uint8Array[],
): Reply {
	const { model, provider } = route;
	const { output_format: format } = asked;
	const addressOf = (file: Uint8Array, index: number) =>
		`${turn.origin}${turn.publish(`/media/${turn.id}-${index}.${format}`, file, mimeOf(format))}`;
	const data = files.map((file, index) => ({
		...(asked.response_format === 'url' ? { url: addressOf(file, index) } : { b64_json: base64(file) }),
		revised_prompt: asked.prompt,
	}));
	const [first] = pictures;
	const executed = `${provider}/${model.slug}`;
	const body = {
		id: turn.id,
		created: Math.floor(Date.now() / 1000),
		size: `${first?.width ?? 0}x${first?.height ?? 0}`,
		output_format: format,
		data,
		metadata: {
			model: model.slug,
			executed_model: executed,
			provider,
			provider_name: provider,
			cost: costOf(asked, route),
			cost_currency: 'USD',
			attempts: [{ provider, status: 'success' }],
		},
	};
	return json(200, body, { 'x-lumenfall-provider': provider, 'x-lumenfall-model': executed });
}

function described({ slug, name, providers, canEdit, usdPerPicture, isDisabled }: LumenfallModel) {
	return {
		id: slug,
		object: 'model',
		created: 1_760_000_000,
		owned_by: providers[0],
		name,
		model_status: isDisabled ? 'disabled' : 'active',
		starting_price: usdPerPicture,
		capabilities: ['text-to-image', ...(canEdit ? ['image-edit'] : [])],
	};
}

/** The shape of a schema is documented nowhere: a client may read it, and must not need it. */
function oneModel({ request }: Turn, name: string): Reply {
	const { model } = routeOf(name);
	const text = { type: 'string' };
	const parameters = { type: 'object', properties: { prompt: text, size: text, ...model.parameters } };
	return json(200, { ...described(model), ...(request.query['schema'] === 'true' ? { schema: parameters } : {}) });
}

/** The most common error of users is the native API's address: it knows no images, and says so with a page. */
function missing(request: Received): Reply {
	if (!request.path.startsWith('/openai/v1/')) return page(404, '404 Not Found');
	return refuse(invalid('Not found', 'INVALID_REQUEST', null, 404));
}

const codes: Readonly<Record<string, readonly [status: number, code: string]>> = {
	moderation_blocked: [400, 'CONTENT_POLICY_VIOLATION'],
	invalid_api_key: [401, 'AUTHENTICATION_FAILED'],
	insufficient_balance: [402, 'INSUFFICIENT_BALANCE'],
	insufficient_quota: [402, 'INSUFFICIENT_BALANCE'],
	billing_hard_limit_reached: [402, 'INSUFFICIENT_BALANCE'],
	rate_limit_exceeded: [429, 'RATE_LIMITED'],
	all_providers_exhausted: [502, 'ALL_PROVIDERS_EXHAUSTED'],
	server_overloaded: [503, 'INTERNAL_ERROR'],
	invalid_value: [400, 'INVALID_REQUEST'],
};

/** No `param`, and codes in capitals (Lumenfall reference, errors). What is OpenAI's own arrives as the provider's. */
function refuse({ facts }: Refusal): Reply {
	const { message, type } = facts;
	const own = /^[A-Z_]+$/.test(facts.code ?? '') ? [facts.status, facts.code] : undefined;
	const [status, code] = own ?? codes[facts.code ?? ''] ?? [facts.status, 'UPSTREAM_ERROR'];
	return json(Number(status), { error: { message, type, code } }, facts.headers);
}
