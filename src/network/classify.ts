import type { LossReason, NoReply } from '../providers/provider';

type Loss = Pick<NoReply, 'lost' | 'unseen'>;

/**
 * What an exchange that ended with an error means. Where an error has several causes, one that says "the server may have
 * seen it" decides: only what certainly was not seen may be sent again without asking who pays.
 */
export function classify(error: unknown): NoReply {
	const errors = causesOf(error);
	const losses = errors.flatMap((cause) => lossOf(cause) ?? []);
	const loss = losses.find(({ unseen }) => !unseen) ?? losses[0] ?? { lost: 'reset', unseen: false };
	return { ...loss, detail: describe(errors) };
}

/** Whether an error, or one of its causes, has this code. */
export function hasCode(error: unknown, code: string): boolean {
	return causesOf(error).some((cause) => codeOf(cause) === code);
}

/** Deep enough for every wrapper that is known; ends cycles. */
const deepest = 8;

/** The error and all that it names as its causes, itself first. */
function causesOf(error: unknown, depth = 0): unknown[] {
	if (depth === deepest || typeof error !== 'object' || error === null) return depth === 0 ? [error] : [];
	const cause = 'cause' in error ? [error.cause] : [];
	return [error, ...[...childrenOf(error), ...cause].flatMap((next) => causesOf(next, depth + 1))];
}

/** The errors that this one sums up. */
function childrenOf(error: unknown): unknown[] {
	if (typeof error !== 'object' || error === null || !('errors' in error)) return [];
	return Array.isArray(error.errors) ? error.errors.slice(0, deepest) : [];
}

/** `undefined`: this error alone says nothing. */
function lossOf(error: unknown): Loss | undefined {
	// What sums up several tries has the code of the first, and not its `syscall`: the tries say more.
	if (childrenOf(error).length > 0) return undefined;
	const code = codeOf(error);
	if (unreached.test(code)) return isConnecting(error) ? unseen('refused') : seen('reset');
	return rules.find(([pattern]) => pattern.test(code))?.[1] ?? lossOfMessage(messageOf(error));
}

/** The network says so while one connects; but on a connection that there was, it may say the same after the request. */
const unreached = /^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ETIMEDOUT)$/;

const unseen = (lost: LossReason): Loss => ({ lost, unseen: true });
const seen = (lost: LossReason): Loss => ({ lost, unseen: false });

/** Codes of Node (`errno`, TLS, zlib, llhttp) and of undici. */
const rules: readonly (readonly [code: RegExp, loss: Loss])[] = [
	[/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/, unseen('unresolved')],
	[/^UND_ERR_CONNECT_TIMEOUT$/, unseen('refused')],
	[/^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_)/, unseen('certificate')],
	[/^(INVALID_CA|HOSTNAME_MISMATCH|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/, unseen('certificate')],
	// No TLS at all, or none in common: the handshake comes before the request.
	[/^ERR_SSL_(WRONG_VERSION_NUMBER|\w+_ALERT_HANDSHAKE_FAILURE|\w+_ALERT_PROTOCOL_VERSION)$/, unseen('certificate')],
	[/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, seen('reset')],
	[/^UND_ERR_HEADERS_TIMEOUT$/, seen('timed-out')],
	[/^UND_ERR_BODY_TIMEOUT$/, seen('stalled')],
	[/^(HPE_|Z_)/, seen('garbled')],
	[/^UND_ERR_HEADERS_OVERFLOW$/, seen('garbled')],
];

/** What has no code: undici's tunnel, `fetch` after a 407, the editor's proxy agent, Chromium's network stack, undici's parser. */
const messages: readonly (readonly [message: RegExp, loss: Loss])[] = [
	[/^proxy authentication required|^Proxy response \(\d+\)/i, unseen('proxy')],
	[/failed to establish a socket connection to proxies/i, unseen('proxy')],
	[/net::ERR_(PROXY|TUNNEL|NO_SUPPORTED_PROXIES|MANDATORY_PROXY)/, unseen('proxy')],
	[/net::ERR_NAME_/, unseen('unresolved')],
	// The other two of the kind, ADDRESS_UNREACHABLE and INTERNET_DISCONNECTED, come in the middle of an exchange too.
	[/net::ERR_(CONNECTION_REFUSED|CONNECTION_TIMED_OUT)/, unseen('refused')],
	[/net::ERR_CERT_/, unseen('certificate')],
	[/^Response does not match the HTTP/, seen('garbled')],
];

function lossOfMessage(message: string): Loss | undefined {
	return messages.find(([pattern]) => pattern.test(message))?.[1];
}

function isConnecting(error: unknown): boolean {
	const syscall = typeof error === 'object' && error !== null && 'syscall' in error ? error.syscall : undefined;
	// Nothing but connecting is ever refused.
	return syscall === 'connect' || (syscall === undefined && codeOf(error) === 'ECONNREFUSED');
}

function codeOf(error: unknown): string {
	return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
		? error.code
		: '';
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : '';
}

/** `fetch failed; ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9` */
function describe(errors: readonly unknown[]): string {
	const parts = errors.map((error) => [codeOf(error), messageOf(error)].filter((part) => part !== '').join(': '));
	const text = Array.from(new Set(parts.filter((part) => part !== ''))).join('; ');
	return text === '' ? typeof errors[0] : text;
}
