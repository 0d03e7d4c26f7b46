import type { Received } from './request';

/** What an emulator says: a status, headers and a body, and what becomes of the connection afterwards. */
export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** A stream is sent in chunks of its own; text and bytes are sent with their length. */
	readonly body: string | Uint8Array | Chunks;
	/** Otherwise the answer ends as it should. `torn`: not even the connection does, as `reset` lets it. */
	readonly ending?: 'reset' | 'torn' | 'silence';
}

/** `reset`: the socket is destroyed before a word is said. `silence`: nothing is said for as long as the client waits. */
export type Answer = Reply | 'reset' | 'silence';

type Chunks = AsyncIterable<string | Uint8Array>;

/** The facts of a refusal in OpenAI's words; each dialect says them in its own. */
export interface RefusalFacts {
	readonly status: number;
	readonly message: string;
	readonly type: string;
	readonly code: string | null;
	readonly param?: string | null;
	/** Further fields of the error, such as `moderation_details`. */
	readonly details?: Readonly<Record<string, unknown>>;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown where a request cannot be fulfilled: nothing was done, nothing is charged. */
export class Refusal extends Error {
	constructor(readonly facts: RefusalFacts) {
		super(facts.message);
	}
}

/** A refusal of what was asked for, as most of them are. */
export function invalid(message: string, code: string | null, param?: string | null, status = 400): Refusal {
	return new Refusal({ status, message, type: 'invalid_request_error', code, param: param ?? null });
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
	return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** What stands between a client and an API says its errors as pages. */
export function page(status: number, title: string): Reply {
	const body = `<html>\n<head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center></body>\n</html>\n`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** The key that a request was sent with; empty: none. */
export function bearer(request: Received): string {
	return /^Bearer (.*)$/i.exec(request.headers['authorization'] ?? '')?.[1]?.trim() ?? '';
}
