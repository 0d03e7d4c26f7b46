import type { ImagesDialect } from '../../catalogue/model';
import type { Options, OptionValue } from '../../domain/imageRequest';
import { formatSizeWish } from '../../domain/size';
import type { Call, HttpRequest, InputImage, Part, RequestBody } from '../provider';
import { seedOf } from '../seed';
import { withExtraArguments } from './extraArguments';

/** Of the parameters of a request, those that are no files. */
type Fields = Readonly<Record<string, OptionValue>>;

/** The request for a call's pictures (OpenAI reference, *Endpoints* and *Parameters*). */
export function requestFor(call: Call, dialect: ImagesDialect): HttpRequest {
	return { kind: 'http', method: 'POST', ...bodyFor(call, dialect), billed: true };
}

/** Asks what a call would cost, and neither makes nor bills it (Lumenfall reference, *Cost estimate*). */
export function quoteFor(call: Call, dialect: ImagesDialect): HttpRequest {
	const { path, body } = bodyFor(call, { ...dialect, streams: false });
	return { kind: 'http', method: 'POST', path: `${path}?dryRun=true`, body, billed: false };
}

/** Whether the call's pictures come as a stream. That several of one request come as several events is only supposed (reference), so one alone is streamed. */
function isStreamed({ n }: Pick<Call, 'n'>, { streams }: ImagesDialect): boolean {
	return streams && n === 1;
}

/** The same without streaming, for gateways that know nothing of it. `undefined`: it asked for no stream. */
export function withoutStream(request: HttpRequest): HttpRequest | undefined {
	const { body } = request;
	if (body?.kind === 'json' && 'stream' in body.value) {
		const { stream: _, partial_images: __, ...value } = body.value;
		return { ...request, body: { kind: 'json', value } };
	}
	if (body?.kind === 'form' && body.parts.some(({ name }) => name === 'stream')) {
		const parts = body.parts.filter(({ name }) => name !== 'stream' && name !== 'partial_images');
		return { ...request, body: { kind: 'form', parts } };
	}
	return undefined;
}

/** The same without one name of the mask. `undefined`: the mask has not that name, or no other; it is never left out itself. */
export function withoutMaskField(request: HttpRequest, name: string, dialect: ImagesDialect): HttpRequest | undefined {
	const { body } = request;
	if (body?.kind !== 'form') return undefined;
	const sent = maskFieldsOf(dialect).filter((field) => body.parts.some((part) => part.name === field));
	if (!sent.includes(name) || sent.length === 1) return undefined;
	return { ...request, body: { kind: 'form', parts: body.parts.filter((part) => part.name !== name) } };
}

/** The names under which a mask is sent. */
export function maskFieldsOf({ maskFields = ['mask'] }: ImagesDialect): readonly string[] {
	return maskFields;
}

function bodyFor(call: Call, dialect: ImagesDialect): { path: string; body: RequestBody } {
	const { task } = call;
	switch (task.operation) {
		case 'generate':
			return { path: '/images/generations', body: { kind: 'json', value: fieldsOf(call, dialect) } };
		case 'edit': {
			const files = [...imagesOf(task.images), ...masksOf(task.mask, dialect), ...markupOf(task.markup)];
			return { path: '/images/edits', body: formOf(fieldsOf(call, dialect), files) };
		}
		case 'vary': {
			const { prompt: _, ...fields } = fieldsOf(call, dialect);
			return { path: '/images/variations', body: formOf(fields, imagesOf([task.image])) };
		}
		case 'expand':
			throw new Error('The OpenAI Images dialect has no request that expands: the plan makes it an edit.');
	}
}

function fieldsOf(call: Call, dialect: ImagesDialect): Fields {
	const { offer, n, size, format } = call;
	const options = seeded(call);
	const { prompt, parameters } =
		dialect.extras === 'prompt-tag'
			? withExtraArguments(call.prompt, options)
			: { prompt: call.prompt, parameters: options };
	return {
		model: offer.name,
		prompt,
		n,
		...(size && { size: formatSizeWish(size) }),
		...(dialect.formats.includes(format) && { output_format: format }),
		...(dialect.responseFormat && { response_format: 'b64_json' }),
		...withoutPreviews(parameters),
		...(isStreamed(call, dialect) && streaming(call)),
	};
}

/**
 * An unfinished picture costs about a hundred tokens: it is asked for where somebody looks on, or by name. A picture of low quality
 * is made of little more, and comes soon.
 */
function streaming({ watched, options }: Call): Fields {
	const previews = options['partial_images'] ?? (watched && options['quality'] !== 'low' ? 1 : 0);
	return { stream: true, ...(previews !== 0 && { partial_images: previews }) };
}

/** The API takes `partial_images` beside `stream` only. */
function withoutPreviews(options: Options): Options {
	const { partial_images: _, ...others } = options;
	return others;
}

/** With the call's own seed, as a number where a number holds it. */
function seeded(call: Call): Options {
	const seed = seedOf(call);
	if (seed === undefined) return call.options;
	return { ...call.options, seed: Number.isSafeInteger(Number(seed)) ? Number(seed) : seed };
}

function formOf(fields: Fields, files: readonly Part[]): RequestBody {
	const texts = Object.entries(fields).map(([name, value]) => ({ name, text: String(value) }));
	return { kind: 'form', parts: [...texts, ...files] };
}

/** One is `image`, several are `image[]`, as in OpenAI's own client. */
function imagesOf(images: readonly InputImage[]): Part[] {
	const name = images.length === 1 ? 'image' : 'image[]';
	return images.map((file, index) => fileOf(name, index === 0 ? 'image' : `image-${index + 1}`, file));
}

/** As it is, whoever reads it: clear is painted anew for some, white for others, and the task's mask is both at once. */
function masksOf(mask: InputImage | undefined, dialect: ImagesDialect): Part[] {
	return mask ? maskFieldsOf(dialect).map((name) => fileOf(name, 'mask', mask)) : [];
}

function markupOf(markup: InputImage | undefined): Part[] {
	return markup ? [fileOf('markup', 'markup', markup)] : [];
}

/** Some gateways look at the name alone, some at the type alone: both are always there. */
function fileOf(name: string, title: string, file: InputImage): Part {
	return { name, fileName: `${title}.${file.format === 'jpeg' ? 'jpg' : file.format}`, file };
}
