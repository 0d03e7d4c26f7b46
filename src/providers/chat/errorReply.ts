import * as z from 'zod';
import type { Reply } from '../provider';
import { oneLine, wordsOf } from '../rulings';

/** What an answer says of its failure. */
export interface ErrorReply {
	/** In the server's words, one line; empty where it found none. */
	readonly message: string;
	/** `error.code`, else `error.type`: lower case. */
	readonly code: string;
	/** Of HTTP; some gateways answer 200 and have the number in the body. */
	readonly status: number;
}

const text = z.string().catch('');
const number = z.number().int().min(400).max(599).optional().catch(undefined);
/** A code may be a word, or a number of HTTP. */
const inner = z
	.object({ message: text, type: text, code: z.unknown().optional() })
	.transform(({ message, type, code }) => ({
		message,
		code: typeof code === 'string' && code !== '' ? code : type,
		status: number.parse(code),
	}));

/** Vincony's own clients show a bare string; the others are those of gateways of this kind (OpenAI-compatible reference, *Vincony*). */
const shapes = z.union([
	z.object({ error: z.string().min(1), message: text }).transform(({ error, message }) => ({
		message: message === '' ? error : message,
		code: message === '' ? '' : error,
		status: undefined,
	})),
	z.object({ error: inner }).transform(({ error }) => error),
	z.object({ detail: z.string() }).transform(({ detail }) => ({ message: detail, code: '', status: undefined })),
	z
		.object({ detail: z.array(z.object({ msg: z.string() })).min(1) })
		.transform(({ detail }) => ({ message: detail.map(({ msg }) => msg).join('; '), code: '', status: undefined })),
	inner.refine(({ message }) => message !== ''),
]);

/** `undefined`: the answer says of no failure. */
export function errorOf({ json, text = '', status }: Pick<Reply, 'json' | 'text' | 'status'>): ErrorReply | undefined {
	const found = shapes.safeParse(json).data;
	if (found) {
		return { message: oneLine(found.message), code: found.code.toLowerCase(), status: found.status ?? status };
	}
	const words = wordsOf(text);
	return words === '' ? undefined : { message: words, code: '', status };
}
