import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { type Answer, bearer, json, Refusal, type Reply } from './answer';
import type { Fault } from './fault';
import { FaultPlan, faults, type FaultName, type FaultOptions } from './faults';
import { FileShelf } from './fileShelf';
import { type Received, receive } from './request';
import { type Habits, Turn } from './turn';
import { deliver } from './deliver';

/** A provider's API on this machine, for tests and for hands. */
export interface Emulator {
	/** `http://127.0.0.1:port`. */
	readonly origin: string;
	/** Another origin on which the same emulator listens: where redirects lead. No client may send its key there. */
	readonly elsewhere: string;
	/** What a client has to be told. */
	readonly baseUrl: string;
	/** The requests, in the order in which they had arrived whole. */
	readonly requests: readonly Received[];
	/** How many works were done that a provider would bill, whether or not the client got to see the answer. */
	readonly charges: number;
	/** Lets the next matching requests fail. */
	fail(fault: FaultName | Fault, options?: FaultOptions): void;
	/** Ends every connection, the hanging ones too. */
	close(): Promise<void>;
}

export interface EmulatorOptions extends Habits {
	/** Any free one unless told. */
	readonly port?: number;
	/** Between the pieces of slow answers, in milliseconds. */
	readonly pauseMs?: number;
	/** The time by which addresses of pictures expire. */
	readonly now?: () => number;
	/** How many requests are remembered; all of them unless told. */
	readonly remember?: number;
	/** One line a request. */
	readonly log?: (line: string) => void;
}

export interface Route {
	readonly method: 'GET' | 'POST';
	/** Of the whole path; its first group is handed over. */
	readonly path: RegExp;
	readonly handle: (turn: Turn, part: string) => Promise<Answer> | Answer;
}

/** An API: what it answers where, and how it says no. */
export interface Dialect {
	/** Below the origin: `/v1`. */
	readonly base: string;
	readonly routes: readonly Route[];
	readonly refuse: (refusal: Refusal) => Reply;
	readonly missing: (request: Received) => Reply;
	/** Headers of every answer to the request with that id. */
	readonly stamp?: (id: string) => Readonly<Record<string, string>>;
	/** What is said at the address of a picture whose hour is over; 403 with a page unless told. */
	readonly expired?: Reply;
	/** Where the prompt is; the field `prompt` unless told. */
	readonly promptOf?: (request: Received) => string;
	/** What planned faults befall that say nothing of it (those of downloads apart); posts unless told. */
	readonly befalls?: (request: Received) => boolean;
}

export async function startEmulator(dialect: Dialect, options: EmulatorOptions = {}): Promise<Emulator> {
	const running = new Running(dialect, options);
	await running.listen();
	return running;
}

class Running implements Emulator {
	readonly requests: Received[] = [];
	origin = '';
	elsewhere = '';
	baseUrl = '';
	private works = 0;
	private readonly plan = new FaultPlan();
	private readonly ending = new AbortController();
	private readonly files: FileShelf;
	private readonly servers: readonly Server[];

	constructor(
		private readonly dialect: Dialect,
		private readonly options: EmulatorOptions,
	) {
		this.files = new FileShelf(options.now ?? Date.now, dialect.expired);
		const listener = (message: IncomingMessage, response: ServerResponse) => void this.converse(message, response);
		this.servers = [createServer(listener), createServer(listener)];
	}

	get charges(): number {
		return this.works;
	}

	async listen(): Promise<void> {
		const [main, other] = this.servers;
		if (!main || !other) return;
		this.origin = await listening(main, this.options.port ?? 0);
		this.elsewhere = await listening(other, 0);
		this.baseUrl = `${this.origin}${this.dialect.base}`;
	}

	fail(name: FaultName | Fault, options: FaultOptions = {}): void {
		const fault: Fault = typeof name === 'string' ? faults[name] : name;
		// Polls are asked for as downloads are, and are none.
		const when = fault.download ? (request: Received) => this.files.has(request.path) : this.dialect.befalls;
		this.plan.fail(fault, when ? { when, ...options } : options);
	}

	async close(): Promise<void> {
		this.ending.abort();
		await Promise.all(
			this.servers.map(async (server) => {
				const closed = new Promise((resolve) => server.close(resolve));
				server.closeAllConnections();
				await closed;
			}),
		);
	}

	/** One exchange. What fails here is a client that went away, and nobody is left to hear of it. */
	private async converse(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const gone = new AbortController();
		response.once('close', () => gone.abort());
		const signal = AbortSignal.any([gone.signal, this.ending.signal]);
		try {
			const request = await receive(message);
			this.note(request);
			await deliver(await this.answer(request, signal), response, signal);
		} catch (error) {
			if (!signal.aborted) this.options.log?.(`! ${String(error)}`);
			response.destroy();
		}
	}

	private note(request: Received): void {
		this.requests.push(request);
		if (this.requests.length > (this.options.remember ?? Infinity)) this.requests.shift();
	}

	private async answer(request: Received, signal: AbortSignal): Promise<Answer> {
		const id = `req_${randomBytes(16).toString('hex')}`;
		const fault =
			this.plan.next(request, (this.dialect.promptOf ?? promptField)(request)) ?? this.files.faultAt(request.path);
		const stamped = stamp(await this.answerWith(request, id, fault, signal), this.dialect.stamp?.(id));
		const status = typeof stamped === 'string' ? stamped : stamped.status;
		this.options.log?.(`${request.method} ${request.path} → ${status}${fault ? ` (${fault.says})` : ''}`);
		return stamped;
	}

	private async answerWith(
		request: Received,
		id: string,
		fault: Fault | undefined,
		signal: AbortSignal,
	): Promise<Answer> {
		const wait = async () => pause(this.options.pauseMs ?? 1500, undefined, { signal });
		const scene = { request, elsewhere: this.elsewhere, pause: wait };
		const turn = new Turn(request, id, this.origin, this.files, fault, () => (this.works += 1), this.options);
		try {
			const answer = await this.route(turn);
			turn.refuseIfFaulty();
			const isSpoken = typeof answer !== 'string' && answer.status < 400;
			if (!fault?.answer || !isSpoken || !turn.befalls(fault)) return answer;
			return fault.answer(answer, scene);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const reply = this.dialect.refuse(withKey(error, bearer(request)));
			return fault?.retell ? fault.retell(reply, scene) : reply;
		}
	}

	private async route(turn: Turn): Promise<Answer> {
		const { method, path } = turn.request;
		const file = this.files.serve(turn.request);
		if (file) return file;
		for (const route of this.dialect.routes) {
			const match = route.method === method ? route.path.exec(path) : null;
			if (match) return route.handle(turn, decodeURIComponent(match[1] ?? ''));
		}
		return this.dialect.missing(turn.request);
	}
}

/** Of this process, the ended ones too. */
const origins = new Set<string>();

/** On the loopback alone, whatever the machine is connected to. A free port is a new one: what was agreed to for an address stays agreed to. */
async function listening(server: Server, port: number): Promise<string> {
	for (;;) {
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', () => {
				server.off('error', reject);
				resolve();
			});
		});
		const address = z.object({ port: z.number() }).parse(server.address());
		const origin = `http://127.0.0.1:${address.port}`;
		if (port !== 0 || !origins.has(origin)) {
			origins.add(origin);
			return origin;
		}
		await new Promise((resolve) => server.close(resolve));
	}
}

function promptField(request: Received): string {
	const { prompt } = request.fields;
	return typeof prompt === 'string' ? prompt : '';
}

function stamp(answer: Answer, headers: Readonly<Record<string, string>> = {}): Answer {
	return typeof answer === 'string' ? answer : { ...answer, headers: { ...headers, ...answer.headers } };
}

/** Some servers echo the key that they refuse. */
function withKey(refusal: Refusal, key: string): Refusal {
	return new Refusal({ ...refusal.facts, message: refusal.facts.message.replace('{key}', key) });
}

/** Answers a list as JSON: what most APIs do with their models. */
export function listed(values: readonly unknown[]): Reply {
	return json(200, { object: 'list', data: values });
}
