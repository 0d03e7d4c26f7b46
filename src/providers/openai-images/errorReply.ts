import * as z from 'zod';
import type { Reply } from '../provider';
import { oneLine, wordsOf } from '../rulings';

/** What an error answer says of itself. Every field but the message may be missing. */
export interface ErrorReply {
	/** In the server's words; empty where it found none. One line, at most 200 characters. */
	readonly message: string;
	/** `error.code`, else `error.type`: lower case. */
	readonly code: string;
	/** The one that the server does not like. */
	readonly parameter: string;
	/** Of a refusal: `sexual`, `violence`, … */
	readonly categories: readonly string[];
	/** Whether the prompt was refused or what came of it. */
	readonly stage: 'input' | 'output' | 'unknown';
}

const text = z.string().catch('');

const moderation = z
	.object({
		moderation_stage: z.enum(['input', 'output', 'unknown']).catch('unknown'),
		categories: z.array(z.string()).catch([]),
	})
	.catch({ moderation_stage: 'unknown', categories: [] });

const inner = z.object({
	message: text,
	code: text,
	type: text,
	param: text,
	moderation_details: moderation,
});

const problem = z.object({ msg: z.string(), loc: z.array(z.union([z.string(), z.number()])).catch([]) });

/** The shapes in which servers of this dialect say what went wrong (OpenAI reference, *Errors* and *Tolerances*). */
const shapes = z.union([
	z.object({ error: inner }).transform(({ error }) => ({ ...error, code: error.code || error.type })),
	z.object({ error: z.string(), message: text }).transform(({ error, message }) => ({ message: message || error })),
	z.object({ error_code: z.string(), message: text }).transform(({ error_code: code, message }) => ({ code, message })),
	z.object({ detail: z.string() }).transform(({ detail }) => ({ message: detail })),
	z
		.object({ detail: z.array(problem) })
		.transform(({ detail }) => ({ message: detail.map(({ loc, msg }) => `${loc.at(-1) ?? ''}: ${msg}`).join('; ') })),
	z.object({ message: z.string(), code: text, type: text }).transform(({ message, code }) => ({ message, code })),
]);

/** `undefined`: the answer holds no error that anybody could read. */
export function errorOf({ json, text = '' }: Pick<Reply, 'json' | 'text'>): ErrorReply | undefined {
	const words = wordsOf(text);
	const found: Partial<z.infer<typeof inner>> | undefined =
		shapes.safeParse(json).data ?? (words === '' ? undefined : { message: words });
	if (!found) return undefined;
	const { message = '', code = '', param = '', moderation_details: details } = found;
	return {
		message: oneLine(message),
		code: code.toLowerCase(),
		parameter: param,
		categories: details?.categories ?? [],
		stage: details?.moderation_stage ?? 'unknown',
	};
}
