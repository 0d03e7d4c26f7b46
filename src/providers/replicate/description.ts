import * as z from 'zod';
import type { Reply } from '../provider';

/** One input of a model, as far as its schema says something of it. */
export interface Input {
	/** `string`, `integer`, `array`, …; empty: nobody says. */
	readonly type: string;
	/** Those and no others; empty: any. */
	readonly values: readonly (string | number)[];
	readonly min?: number;
	readonly max?: number;
	/** Numbers are multiples of it. */
	readonly step?: number;
	/** Of a list: it has no more. */
	readonly most?: number;
	/** Holds a key or a password. */
	readonly secret: boolean;
	/** What its author says of it. Absent: nothing. */
	readonly about?: string;
}

/** By their names, in the schema's order. */
export type Inputs = ReadonlyMap<string, Input>;

/** What Replicate says of a model, or of one version of it. */
export interface Description {
	/** Present where the model runs by its version alone. */
	readonly version?: string;
	/** Its version, where nobody says whether its name alone does. */
	readonly spare?: string;
	/** Absent: it has no schema that can be read. */
	readonly inputs?: Inputs;
}

const version = z.object({ id: z.string().min(1), openapi_schema: z.unknown().optional() });
const model = z.object({
	owner: z.string(),
	name: z.string(),
	// Whether a model runs by its name alone: from memory (unverified), so that nothing depends on its being there.
	is_official: z.boolean().optional().catch(undefined),
	latest_version: version.optional().catch(undefined),
});
/** A prediction has an `id` as well, but what it is doing besides. */
const single = version.extend({ status: z.undefined().optional() });

/**
 * Reads the answer of `GET /models/{owner}/{name}` or of its `/versions/{version}` (OpenAI-compatible reference, *Replicate*).
 * `undefined`: it is another answer.
 */
export function descriptionOf({ json }: Reply): Description | undefined {
	const found = model.safeParse(json).data;
	if (found) {
		const { is_official: isOfficial, latest_version: latest } = found;
		const version = isOfficial === false ? latest?.id : undefined;
		const spare = isOfficial === undefined ? latest?.id : undefined;
		return {
			...(version !== undefined && { version }),
			...(spare !== undefined && { spare }),
			...described(latest?.openapi_schema),
		};
	}
	const one = single.safeParse(json).data;
	return one && { version: one.id, ...described(one.openapi_schema) };
}

/**
 * References lead to other schemas, which seldom lead further. Who has more of them, or more inputs or values, wants something else:
 * to keep the editor busy, perhaps, since anybody may publish a model.
 */
const limits = { depth: 3, references: 3, inputs: 300, values: 500, letters: 500 };

const named = z.record(z.string(), z.unknown());
const schema = z.object({ components: z.object({ schemas: named }) });
const object = z.object({ properties: named });

function described(openapi: unknown): Pick<Description, 'inputs'> {
	const schemas = schema.safeParse(openapi).data?.components.schemas;
	const properties = schemas && object.safeParse(schemas['Input']).data?.properties;
	if (!properties) return {};
	const reader = new SchemaReader(schemas);
	const entries = Object.entries(properties).slice(0, limits.inputs);
	return { inputs: new Map(entries.map(([name, property]) => [name, reader.inputOf(property, 0)])) };
}

const number = z.number().optional().catch(undefined);
const list = z
	.array(z.unknown())
	.catch([])
	.transform((items) => items.slice(0, limits.values));
const value = z.union([z.string(), z.number()]);
/** OpenAPI 3.1 has lists of types: `["string", "null"]`. */
const types = z.array(z.string()).transform((all) => all.find((type) => type !== 'null') ?? '');
const property = z
	.object({
		type: z.union([z.string(), types]).catch(''),
		format: z.string().catch(''),
		description: z.string().catch(''),
		enum: list.transform((items) => items.flatMap((item) => value.safeParse(item).data ?? [])),
		minimum: number,
		maximum: number,
		multipleOf: number,
		maxItems: number,
		$ref: z.string().catch(''),
		allOf: list,
		anyOf: list,
		oneOf: list,
	})
	.catch({ type: '', format: '', description: '', enum: [], $ref: '', allOf: [], anyOf: [], oneOf: [] });

/** Reads inputs and what they refer to: enums stand beside them, as schemas of their own. */
class SchemaReader {
	/** By depth and name: many inputs may refer to the same. */
	readonly #known = new Map<string, Input>();

	constructor(private readonly schemas: Readonly<Record<string, unknown>>) {}

	inputOf(json: unknown, depth: number): Input {
		const { allOf, anyOf, oneOf, $ref, ...own } = property.parse(json);
		if (depth >= limits.depth) return merged(own, []);
		const target = /^#\/components\/schemas\/(.+)$/.exec($ref)?.[1];
		const referred = target === undefined ? undefined : this.#schemaNamed(target, depth + 1);
		const others = [...allOf, ...anyOf, ...oneOf].slice(0, limits.references - (referred ? 1 : 0));
		return merged(own, [...(referred ? [referred] : []), ...others.map((other) => this.inputOf(other, depth + 1))]);
	}

	#schemaNamed(name: string, depth: number): Input | undefined {
		if (!Object.hasOwn(this.schemas, name)) return undefined;
		const key = `${depth} ${name}`;
		const found = this.#known.get(key) ?? this.inputOf(this.schemas[name], depth);
		this.#known.set(key, found);
		return found;
	}
}

function merged(
	{
		type,
		format,
		description,
		...own
	}: Pick<
		z.infer<typeof property>,
		'type' | 'format' | 'description' | 'enum' | 'minimum' | 'maximum' | 'multipleOf' | 'maxItems'
	>,
	others: readonly Input[],
): Input {
	const min = own.minimum ?? others.find((other) => other.min !== undefined)?.min;
	const max = own.maximum ?? others.find((other) => other.max !== undefined)?.max;
	const step = own.multipleOf ?? others.find((other) => other.step !== undefined)?.step;
	const most = own.maxItems ?? others.find((other) => other.most !== undefined)?.most;
	const types = [type, ...others.map((other) => other.type)];
	return {
		type: types.find((each) => each !== '' && each !== 'null') ?? '',
		values: own.enum.length > 0 ? own.enum : (others.find(({ values }) => values.length > 0)?.values ?? []),
		...(min !== undefined && { min }),
		...(max !== undefined && { max }),
		...(step !== undefined && step > 0 && { step }),
		...(most !== undefined && { most }),
		secret: format === 'password' || others.some(({ secret }) => secret),
		...(description !== '' && { about: description.slice(0, limits.letters) }),
	};
}
