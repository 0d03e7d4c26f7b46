import { readFileSync, writeFileSync } from 'node:fs';

/** How much memory this process takes at most from now on, over what it takes now. */
export class Gauge {
	readonly #before: number;
	#most: number;
	readonly #timer: NodeJS.Timeout;

	constructor() {
		globalThis.gc?.();
		this.#before = process.memoryUsage.rss();
		this.#most = this.#before;
		forgetPeak();
		this.#timer = setInterval(() => this.#look(), 5);
	}

	/** In bytes. */
	end(): number {
		clearInterval(this.#timer);
		this.#look();
		return Math.max(0, Math.max(this.#most, peak() ?? 0) - this.#before);
	}

	#look(): void {
		this.#most = Math.max(this.#most, process.memoryUsage.rss());
	}
}

/** Linux counts the peak itself, between two looks too; elsewhere the looks have to do. */
function forgetPeak(): void {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
		hasPeak = true;
	} catch {
		hasPeak = false;
	}
}

let hasPeak = false;

function peak(): number | undefined {
	if (!hasPeak) return undefined;
	const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
