import { Refusal } from './answer';
import type { Fault } from './fault';
import type { FileShelf } from './fileShelf';
import type { EditHabits } from './pictures';
import { signed } from './png';
import type { Received } from './request';

/** How the models of an emulator work, told when it is started. */
export interface Habits extends EditHabits {
	/** Whether what comes carries Content Credentials (C2PA), as OpenAI's pictures do. For those that come as PNG. */
	readonly signs?: boolean;
}

/** One request on its way through an API. */
export class Turn {
	private worked = false;
	private isTold = false;

	constructor(
		readonly request: Received,
		/** `req_…`. */
		readonly id: string,
		/** The emulator's, under which the files that it publishes are found. */
		readonly origin: string,
		private readonly files: FileShelf,
		private readonly fault: Fault | undefined,
		private readonly charge: () => void,
		/** Of the models that do the work. */
		readonly habits: Habits,
	) {}

	/** Does what a provider would bill, unless the fault of the moment is a refusal. */
	async work(draw: () => Promise<readonly Uint8Array[]>): Promise<readonly Uint8Array[]> {
		this.refuseIfFaulty();
		const drawn = await draw();
		const files = this.habits.signs ? drawn.map(signed) : drawn;
		this.charge();
		this.worked = true;
		return this.fault?.pictures ? this.fault.pictures(files) : files;
	}

	/** A refusal befalls requests without work too, after what they answered. */
	refuseIfFaulty(): void {
		if (this.fault?.refusal && !this.worked && !this.isTold) throw new Refusal(this.fault.refusal);
	}

	/** For APIs that answer with success and tell a refusal of that code within: whether there is one to tell. */
	tellsRefusal(code: string): boolean {
		const tells = this.fault?.refusal?.code === code;
		this.isTold ||= tells;
		return tells;
	}

	/** Whether the client will not see the answer as it was meant: what it started goes on without it. */
	get losesAnswer(): boolean {
		return this.fault?.answer !== undefined && this.fault.download !== true;
	}

	/** A fault of downloads leaves the request alone that makes the picture. */
	befalls(fault: Fault): boolean {
		return fault.download !== true || this.request.method === 'GET';
	}

	/** Puts a file at an address of the emulator, for an hour unless told, and gives its path. */
	publish(path: string, bytes: Uint8Array, type: string, lifeMs?: number): string {
		this.files.put(path, bytes, type, this.fault?.download ? this.fault : undefined, lifeMs);
		return path;
	}

	/** The file at an address of the emulator, while it is there. */
	published(url: string): Uint8Array | undefined {
		return url.startsWith(`${this.origin}/`) ? this.files.bytesAt(url.slice(this.origin.length)) : undefined;
	}
}
