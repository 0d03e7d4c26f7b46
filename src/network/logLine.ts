import type { NoReply, Reply } from '../providers/provider';

/** What the log says of an exchange: never a prompt, a body or a key. */
export interface Entry {
	/** Provider and method, or what else was done. */
	readonly what: string;
	/** Path or host. */
	readonly where: string;
	/** A status, or the reason why there is none. */
	readonly outcome: string;
	/** Decoded, of the body. */
	readonly bytes: number;
	readonly ms: number;
	/** The provider's own name for the request. */
	readonly id?: string | undefined;
}

/** `openai POST /images/generations → 200, 1.2 MB in 8123 ms, req_5f2` */
export function lineOf({ what, where, outcome, bytes, ms, id }: Entry): string {
	const end = id === undefined ? '' : `, ${id}`;
	return `${what} ${where} → ${outcome}, ${sizeOf(bytes)} in ${Math.round(ms)} ms${end}`;
}

const longest = 300;

/** One line of bounded length, whatever others have put into it. */
export function fold(line: string): string {
	const folded = line.replace(/[\s\p{C}]+/gu, ' ').trim();
	return folded.length <= longest ? folded : `${folded.slice(0, longest - 1)}…`;
}

/** A request's path, with the names but not the values of its query. */
export function pathOf({ pathname, searchParams }: URL): string {
	const names = Array.from(searchParams.keys(), (name) => `${encodeURIComponent(name)}=…`);
	return names.length === 0 ? pathname : `${pathname}?${names.join('&')}`;
}

export function outcomeOf({ lost, detail }: NoReply): string {
	return `${lost} (${detail})`;
}

/** By which the provider's support finds a request again: of a header, else of the answer itself. Its text is theirs, so it is bounded. */
export function requestIdOf({ headers, json }: Pick<Reply, 'headers' | 'json'>): string | undefined {
	const named = headers['x-request-id'] ?? headers['x-lumenfall-request-id'] ?? idOf(json);
	return named !== undefined && /^[\w.:-]{1,80}$/.test(named) ? named : undefined;
}

function idOf(json: unknown): string | undefined {
	if (typeof json !== 'object' || json === null || !('id' in json)) return undefined;
	return typeof json.id === 'string' ? json.id : undefined;
}

function sizeOf(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
