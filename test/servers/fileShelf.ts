import { createHash } from 'node:crypto';
import { page, type Reply } from './answer';
import type { Fault } from './fault';
import type { Received } from './request';

interface Shelved {
	readonly bytes: Uint8Array;
	readonly type: string;
	readonly until: number;
	fault: Fault | undefined;
}

const hour = 3_600_000;

/** Pictures at addresses of the emulator. They live for an hour, as OpenAI's and Lumenfall's do, unless told. */
export class FileShelf {
	private readonly files = new Map<string, Shelved>();

	constructor(
		private readonly now: () => number,
		/** What is said at an address whose hour is over. */
		private readonly expired: Reply = page(403, 'Signature not valid in the specified time frame'),
	) {}

	put(path: string, bytes: Uint8Array, type: string, fault: Fault | undefined, lifeMs = hour): void {
		this.files.set(path, { bytes, type, until: this.now() + lifeMs, fault });
	}

	/** The file at that path, for who takes it as an input; `undefined`: there is none, or none any more. */
	bytesAt(path: string): Uint8Array | undefined {
		const file = this.files.get(path);
		return file && this.now() < file.until ? file.bytes : undefined;
	}

	/** Whether a file was ever put there. */
	has(path: string): boolean {
		return this.files.has(path);
	}

	/** What befalls the download from that path. */
	faultAt(path: string): Fault | undefined {
		const file = this.files.get(path);
		const fault = file?.fault;
		if (file && fault?.once === true) file.fault = undefined;
		return fault;
	}

	serve({ method, path, headers }: Received): Reply | undefined {
		const file = this.files.get(path);
		if (!file || method !== 'GET') return undefined;
		if (this.now() >= file.until) return this.expired;
		return partly(file, headers['range'], headers['if-range']);
	}
}

/** The whole file, or its rest from a byte on, as interrupted downloads ask for it. */
function partly({ bytes, type }: Shelved, range: string | undefined, ifRange: string | undefined): Reply {
	const etag = `"${createHash('sha1').update(bytes).digest('hex')}"`;
	const headers = { 'content-type': type, 'accept-ranges': 'bytes', etag };
	const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
	if (from === 0 || from >= bytes.length || (ifRange !== undefined && ifRange !== etag)) {
		return { status: 200, headers, body: bytes };
	}
	const part = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
	return { status: 206, headers: { ...headers, ...part }, body: bytes.subarray(from) };
}
