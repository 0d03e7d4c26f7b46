import * as z from 'zod';
import { gatewayControls } from '../../catalogue/imagesDialects';
import type { Control } from '../../catalogue/model';
import type { Sighting } from '../../catalogue/sightings';
import type { HttpRequest, Reply } from '../provider';

/** Which models a server of this dialect has (OpenAI reference, *Endpoints*). Costs nothing. */
export const listRequest: HttpRequest = { kind: 'http', method: 'GET', path: '/models', billed: false };

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);

/** Only `id` is documented everywhere; the rest is what some servers add. */
const entry = z.object({
	id: z.string().min(1),
	shutdown_date: z.string().nullable().optional().catch(undefined),
	name: text,
	modality: text,
	capabilities: texts,
	modalities: z.object({ output: texts }).catch({ output: [] }),
});

const list = z.object({ data: z.array(z.unknown()) });

/** The image models of a list. `all`: a server of one's own, which has nothing else. */
export function sightingsOf({ json }: Reply, provider: string, all: boolean): Sighting[] {
	const entries = (list.safeParse(json).data?.data ?? []).flatMap((item) => entry.safeParse(item).data ?? []);
	return entries.filter((each) => all || makesPictures(each)).map((each) => sightingOf(each, provider));
}

function sightingOf({ id, shutdown_date: retires, name: title }: z.infer<typeof entry>, provider: string): Sighting {
	return { provider, name: id, ...(retires !== undefined && { retires }), ...(title !== undefined && { title }) };
}

function makesPictures({ id, modality = '', capabilities, modalities }: z.infer<typeof entry>): boolean {
	return [modality, ...capabilities, ...modalities.output, id].some((hint) => /image|dall-e/i.test(hint));
}

/**
 * What Lumenfall says of a model's parameters. Only its product page mentions this (seed, DALL·E 2), the answer's shape nobody.
 * Of `vendor/model` the model is asked for.
 */
export function schemaRequest(model: string): HttpRequest {
	const name = encodeURIComponent(model.slice(model.lastIndexOf('/') + 1));
	return { kind: 'http', method: 'GET', path: `/models/${name}?schema=true`, billed: false };
}

const property = z.object({
	type: text,
	enum: texts,
	minimum: z.number().optional().catch(undefined),
	maximum: z.number().optional().catch(undefined),
});
const described = z.object({ properties: z.record(z.string(), property) });

/** Where a schema has been seen, or is likely to be. */
const places = ['schema', 'parameters', 'input_schema', 'text-to-image'] as const;

/** What Limn sends by itself is no control of the model's; what the gateway takes for every model is in the catalogue. */
const notOfTheModel: ReadonlySet<string> = new Set([
	'prompt',
	'model',
	'n',
	'size',
	'image',
	'mask',
	'stream',
	...gatewayControls.map(({ name }) => name),
]);

/** The controls that a model's schema names; `undefined` where there is no schema that can be read. */
export function controlsOfSchema({ json }: Reply): readonly Control[] | undefined {
	const found = schemaIn(json);
	if (!found) return undefined;
	return Object.entries(found.properties)
		.filter(([name]) => !notOfTheModel.has(name))
		.map(([name, facts]) => controlOf(name, facts));
}

function schemaIn(json: unknown): z.infer<typeof described> | undefined {
	const direct = described.safeParse(json).data;
	if (direct) return direct;
	const around = z.record(z.string(), z.unknown()).safeParse(json).data ?? {};
	for (const place of places) {
		const inner = around[place] === undefined ? undefined : schemaIn(around[place]);
		if (inner) return inner;
	}
	return undefined;
}

function controlOf(name: string, { type, enum: values, minimum, maximum }: z.infer<typeof property>): Control {
	if (values.length > 0) return { kind: 'choice', name, values };
	if (name === 'seed') return { kind: 'seed', name };
	if (type === 'boolean') return { kind: 'flag', name };
	if (type === 'integer' || type === 'number') {
		return { kind: 'number', name, min: minimum ?? -Infinity, max: maximum ?? Infinity, whole: type === 'integer' };
	}
	return { kind: 'text', name };
}
