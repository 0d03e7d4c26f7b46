import * as z from 'zod';
import type { Reply } from '../provider';
import { oneLine, wordsOf } from '../rulings';

/** What Runware says of something that went wrong (Runware reference, *Envelope*). Every field may be empty. */
export interface RunwareError {
	/** As written: camelCase. */
	readonly code: string;
	/** In the server's words: one line, at most 200 characters. */
	readonly message: string;
	/** Those that the server does not like; several where they do not go together. */
	readonly parameters: readonly string[];
	/** Of the task. */
	readonly taskUUID: string;
	/** Of the task; `getResponse` where the asking for it went wrong. */
	readonly taskType: string;
}

/** Of an error without words. */
export const silent: RunwareError = { code: '', message: '', parameters: [], taskUUID: '', taskType: '' };

const text = z.string().catch('');

/** Fields that are missing, or something else than documented, are left out. */
const error = z
	.object({
		code: text,
		message: text,
		// Before 2025 an error was `{ error: true, errorId, errorMessage }`.
		errorMessage: text,
		parameter: z
			.union([z.array(z.string()), z.string().transform((name) => [name])])
			.catch([])
			.default([]),
		taskUUID: text,
		taskType: text,
	})
	.transform(({ code, message, errorMessage, parameter, ...task }): RunwareError => {
		return { code: oneLine(code), message: oneLine(message || errorMessage), parameters: parameter, ...task };
	});

const several = z.object({ errors: z.array(z.unknown()) });
/** Of a gateway before the API: `{ error: { code, message }, taskUUID }`. */
const single = z.object({ error: z.union([z.object({}).loose(), z.string().min(1)]), taskUUID: text });
const old = z.object({ error: z.literal(true) }).loose();

/** The errors of an answer, whatever its status; empty where it holds none that anybody could read. */
export function errorsOf({ json, text: body = '' }: Pick<Reply, 'json' | 'text'>): RunwareError[] {
	const words = wordsOf(body);
	const listed = several.safeParse(json).data?.errors.flatMap((item) => error.safeParse(item).data ?? []) ?? [];
	if (listed.length > 0) return listed;
	const alone = singleOf(json);
	if (alone) return [alone];
	return words === '' ? [] : [{ ...silent, message: words }];
}

function singleOf(json: unknown): RunwareError | undefined {
	const ancient = old.safeParse(json).data;
	if (ancient) return error.parse(ancient);
	const { data } = single.safeParse(json);
	if (!data) return undefined;
	const inner = typeof data.error === 'string' ? { message: data.error } : data.error;
	return error.parse({ taskUUID: data.taskUUID, ...inner });
}

/** The error inside of an item of `data`; of one that only says that it failed, whatever it says besides. */
export function errorOfItem(item: Readonly<Record<string, unknown>>): RunwareError {
	return singleOf(item) ?? error.parse(item);
}

/** A task of this name was taken on before (Runware reference, *Five things*, 5): there is nothing to do but to ask for it. */
export function isConflict(error: RunwareError | undefined): boolean {
	return error?.code === 'conflictTaskUUID';
}

/** Nobody knows, or no longer knows, a task of this name. One that `taskFailedOrNotFound` may have failed: that is another thing. */
export function isUnknownTask({ code }: RunwareError): boolean {
	return /^(task(uuid|id|response|result)?)?notFound$/i.test(code);
}

/** Whether it speaks of the work; else, for all that is known, of the request that asks for it. */
export function isOfTask({ taskType, taskUUID }: RunwareError): boolean {
	return taskUUID !== '' && taskType !== 'getResponse';
}
