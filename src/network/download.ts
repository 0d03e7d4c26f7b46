import type { FailureCode } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import { isPictureBytes, type PictureBytes } from '../domain/picture';
import { headerOf, isHuge } from '../image/sniff';
import type { NoReply } from '../providers/provider';
import { judge, type Judgement, unsafeAddress } from './addressGuard';
import type { Carry, Incoming } from './carrier';
import { hasCode } from './classify';
import type { Clock } from './clock';
import type { Endpoint } from './encode';
import { jsonLimits } from './jsonBody';
import { lineOf, outcomeOf } from './logLine';
import { readBody } from './readBody';
import { redactor } from './redact';
import { type NewFile, Shelf } from './shelf';
import { Watch } from './watch';

export interface DownloadFailure {
	readonly code: Extract<FailureCode, 'unsafe-url' | 'too-large' | 'unreachable' | 'bad-reply' | 'timed-out'>;
	readonly message: Message;
}

/** Fetches a picture that a reply names. The address is the work of somebody else, and taken for hostile. Rejects with the signal's reason when aborted. */
export type Download = (
	url: string,
	endpoint: Pick<Endpoint, 'base' | 'key'>,
	signal: AbortSignal,
) => Promise<PictureBytes | DownloadFailure>;

export interface DownloadPorts {
	/** `own`: to the base URL's origin; `public`: to anybody else, and then every address is to be checked. */
	readonly carrierFor: (visit: Visit) => Promise<Carry>;
	readonly clock: Clock;
	/** Of one request, in ms: each try has its own, and so has each redirect on the way. */
	readonly deadlineMs: () => number;
	/** Without a byte, headers included, in ms. */
	readonly stallMs: number;
	readonly log: (line: string) => void;
	readonly userAgent: string;
	/** Of a picture that arrives. Absent: in the system's temporary folder. */
	readonly newFile?: NewFile | undefined;
}

type Visit = Exclude<Judgement, { unsafe: string }>;

/** What became of a try; where it might go better, `again`. */
type Outcome = PictureBytes | (DownloadFailure & { readonly again?: true }) | { readonly to: string };

/** ms before the second and the third try. A GET may be repeated. */
const pauses = [500, 2000];

const maxRedirects = 3;

export function createDownload(ports: DownloadPorts): Download {
	return async (url, { base, key }, signal) => {
		const visitor = new Visitor(ports, redactor(key === undefined ? [] : [key]), signal);
		for (const pauseMs of [...pauses, undefined]) {
			signal.throwIfAborted();
			const outcome = await follow(url, base, visitor);
			if (isPictureBytes(outcome)) return outcome;
			const { code, message, again } = outcome;
			if (pauseMs === undefined || !again) return { code, message };
			await pause(pauseMs, ports.clock, signal);
		}
		return failures.nowhere;
	};
}

/** Goes where the address leads, and judges again at each step. */
async function follow(url: string, base: URL, visitor: Visitor): Promise<Exclude<Outcome, { to: string }>> {
	let from = base;
	// Whoever has left the base URL's origin does not come back: a stranger shall not say what is asked of it.
	let own: URL | undefined = base;
	let text = url;
	for (let step = 0; step <= maxRedirects; step++) {
		const visit = judge(text, from, own);
		if ('unsafe' in visit) return visitor.refuse(visit.unsafe);
		const outcome = await visitor.visit(visit);
		if (isPictureBytes(outcome) || !('to' in outcome)) return outcome;
		if (visit.kind === 'public') own = undefined;
		from = visit.url;
		text = outcome.to;
	}
	return failures.nowhere;
}

async function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
	const over = new AbortController();
	await new Promise<void>((resolve, reject) => {
		const stop = clock.setTimer(ms, resolve);
		const cancel = () => {
			stop();
			// oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's reason, whatever it is
			reject(signal.reason);
		};
		signal.addEventListener('abort', cancel, { signal: over.signal });
	}).finally(() => over.abort());
}

/** Asks one address once. */
class Visitor {
	constructor(
		readonly ports: DownloadPorts,
		readonly redact: (text: string) => string,
		readonly signal: AbortSignal,
	) {}

	async visit(visit: Visit): Promise<Outcome> {
		const { url } = visit;
		const { clock, deadlineMs, stallMs, userAgent, carrierFor } = this.ports;
		const carry = await carrierFor(visit);
		const began = clock.now();
		const watch = new Watch(this.signal, clock, { deadlineMs: deadlineMs(), stallMs, maxBytes: jsonLimits.picture });
		let said = 'cancelled';
		try {
			const headers = { accept: pictures, 'accept-encoding': 'identity', 'user-agent': userAgent };
			const incoming = await watch.soon(carry(url, { method: 'GET', headers, signal: watch.signal }));
			said = `${incoming.status}`;
			return await read(incoming, watch, new Shelf(this.ports.newFile));
		} catch (error) {
			if (hasCode(error, unsafeAddress)) return this.refuse((said = 'an address that is not public'));
			const loss = watch.explain(error);
			said = outcomeOf(loss);
			return failureOf(loss);
		} finally {
			watch.close();
			const entry = {
				what: 'download GET',
				where: url.host,
				outcome: said,
				bytes: watch.bytes,
				ms: clock.now() - began,
			};
			this.#log(lineOf(entry));
		}
	}

	refuse(why: string): DownloadFailure {
		this.#log(`download refused: ${why}`);
		return failures.unsafe;
	}

	#log(line: string): void {
		this.ports.log(this.redact(line));
	}
}

const pictures = 'image/png, image/jpeg, image/webp, image/gif, image/avif';

async function read({ status, headers, body }: Incoming, watch: Watch, shelf: Shelf): Promise<Outcome> {
	if (status >= 300 && status < 400)
		return headers['location'] === undefined ? failures.nowhere : { to: headers['location'] };
	if (status >= 400) return failureOfStatus(status);
	watch.expect(Number(headers['content-length'] ?? 0));
	const read = body ? await readBody(watch.read(body), shelf) : {};
	if (read === 'too-large') return failures.tooLarge;
	const outcome = read === 'garbled' || !read.picture ? failures.noPicture : await checked(read.picture);
	if (!isPictureBytes(outcome)) shelf.release();
	return outcome;
}

async function checked(bytes: PictureBytes): Promise<Outcome> {
	const header = await headerOf(bytes);
	if (!header) return failures.noPicture;
	return isHuge(header) ? failures.tooLarge : bytes;
}

const failures = {
	unsafe: { code: 'unsafe-url', message: say('The picture lies at an address that Limn does not open.') },
	tooLarge: { code: 'too-large', message: say('The picture is too large. Ask for a smaller one.') },
	noPicture: { code: 'bad-reply', message: say('What came back was no picture. Try again.') },
	nowhere: { code: 'bad-reply', message: say('The link to the picture leads nowhere. Try again.') },
	expired: { code: 'unreachable', message: say('The link to the picture has expired. Make the picture again.') },
	slow: { code: 'timed-out', message: say('The picture took too long to come. Try again later.') },
	silent: {
		code: 'unreachable',
		message: say('The server that has the picture did not answer. Check the connection and try again.'),
	},
} as const satisfies Record<string, DownloadFailure>;

/** What signed addresses answer when their time is over. */
const expired = new Set([401, 403, 404, 410]);

function failureOfStatus(status: number): Outcome {
	if (expired.has(status)) return failures.expired;
	const message = say('The server that has the picture answered with an error ({0}). Try again later.', status);
	const mayPass = status >= 500 || status === 408 || status === 429;
	return { code: 'unreachable', message, ...(mayPass && { again: true }) };
}

function failureOf({ lost }: NoReply): Outcome {
	switch (lost) {
		case 'too-large':
			return failures.tooLarge;
		case 'garbled':
			return failures.noPicture;
		case 'timed-out':
			return failures.slow;
		case 'certificate':
		case 'proxy':
			return failures.silent;
		case 'unresolved':
		case 'refused':
		case 'reset':
		case 'stalled':
			return { ...failures.silent, again: true };
	}
}
