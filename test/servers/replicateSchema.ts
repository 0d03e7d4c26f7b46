import * as z from 'zod';
import type { ReplicateInput, ReplicateModel } from './replicateModels';

/** One of `invalid_fields`. */
export interface InvalidField {
	readonly type: string;
	readonly field: string;
	readonly description: string;
}

export type Values = Readonly<Record<string, unknown>>;

/** A model's schema as `GET /models/…` gives it: enums stand beside the inputs, which refer to them. */
export function openapiSchema({ inputs, required, output }: ReplicateModel): object {
	const entries = Object.entries(inputs);
	const enums = entries.flatMap(([name, { type, enum: values }]) =>
		values ? [[name, { type, enum: values, title: name, description: 'An enumeration.' }] as const] : [],
	);
	const uri = { type: 'string', format: 'uri' };
	const schemas = {
		...Object.fromEntries(enums),
		Input: {
			type: 'object',
			title: 'Input',
			required,
			properties: Object.fromEntries(entries.map(([name, input], order) => [name, property(name, input, order)])),
		},
		Output: { title: 'Output', ...(output === 'array' ? { type: 'array', items: uri } : uri) },
	};
	return { openapi: '3.0.2', info: { title: 'Cog', version: '0.1.0' }, components: { schemas } };
}

function property(name: string, input: ReplicateInput, order: number): object {
	const { enum: values, type, ...rest } = input;
	const place = { 'x-order': order };
	if (values) return { ...rest, ...place, allOf: [{ $ref: `#/components/schemas/${name}` }] };
	return { ...rest, ...place, type, title: name };
}

/** What is wrong with the inputs of a prediction. */
export function wrongInputs({ inputs, required }: ReplicateModel, values: Values): InvalidField[] {
	const missing = required
		.filter((name) => values[name] === undefined)
		.map((name) => ({ type: 'required', field: 'input', description: `${name} is required` }));
	const wrong = Object.entries(values).flatMap(([name, value]) => {
		const input = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
		return input ? wrongValue(`input.${name}`, input, value) : [surplus('input', name)];
	});
	return [...missing, ...wrong];
}

function surplus(field: string, name: string): InvalidField {
	return { type: 'additional_property_not_allowed', field, description: `Additional property ${name} is not allowed` };
}

function wrongValue(field: string, input: ReplicateInput, value: unknown): InvalidField[] {
	const given = typeOf(value);
	const isOfType = given === input.type || (input.type === 'number' && given === 'integer');
	if (!isOfType) {
		return [{ type: 'invalid_type', field, description: `Invalid type. Expected: ${input.type}, given: ${given}` }];
	}
	if (Array.isArray(value)) {
		const { items } = input;
		return items ? value.flatMap((part, index) => wrongValue(`${field}.${index}`, items, part)) : [];
	}
	return outOfRange(field, input, value);
}

function outOfRange(field: string, { enum: allowed, format, minimum, maximum }: ReplicateInput, value: unknown) {
	const says = (type: string, description: string): InvalidField[] => [{ type, field, description }];
	if (allowed && !allowed.some((one) => one === value)) {
		const list = allowed.map((one) => JSON.stringify(one)).join(', ');
		return says('enum', `${field} must be one of the following: ${list}`);
	}
	if (format === 'uri' && !URL.canParse(String(value))) return says('format', "Does not match format 'uri'");
	const number = Number(value);
	if (minimum !== undefined && number < minimum) {
		return says('number_gte', `Must be greater than or equal to ${minimum}`);
	}
	if (maximum !== undefined && number > maximum) return says('number_lte', `Must be less than or equal to ${maximum}`);
	return [];
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}

/** The inputs, and for those that were not given their defaults. */
export function withDefaults({ inputs }: ReplicateModel, values: Values): Values {
	const defaults = Object.entries(inputs).flatMap(([name, { default: value }]) =>
		value === undefined ? [] : [[name, value] as const],
	);
	return { ...Object.fromEntries(defaults), ...values };
}

/** The inputs as a prediction shows them afterwards. */
export function withoutSecrets({ inputs }: ReplicateModel, values: Values): Values {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, inputs[name]?.format === 'password' ? '[REDACTED]' : value]),
	);
}

const common = {
	input: z.record(z.string(), z.unknown()),
	webhook: z.url({ protocol: /^https$/ }).optional(),
	webhook_events_filter: z.array(z.enum(['start', 'output', 'logs', 'completed'])).optional(),
	stream: z.boolean().optional(),
};
const officialSchema = z.strictObject(common);
const versionedSchema = z.strictObject({ ...common, version: z.string() });

interface Creation {
	readonly input: Values;
	readonly version?: string;
}

/** The body of a request for a prediction, or what is wrong with it: misspelt fields are refused too. */
export function readCreation(body: unknown, isVersioned: boolean): Creation | readonly InvalidField[] {
	const parsed = (isVersioned ? versionedSchema : officialSchema).safeParse(body);
	return parsed.success ? parsed.data : parsed.error.issues.flatMap((issue) => translated(issue));
}

function translated(issue: z.core.$ZodIssue): InvalidField[] {
	if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => surplus('', name));
	const field = issue.path.join('.');
	const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
	if (isMissing) return [{ type: 'required', field: '', description: `${field} is required` }];
	return [{ type: issue.code, field, description: issue.message }];
}
