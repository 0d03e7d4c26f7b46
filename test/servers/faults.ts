import type { Fault } from './fault';
import { answerFaults } from './faultAnswers';
import { downloadFaults } from './faultDownloads';
import { pictureFaults } from './faultPictures';
import { refusalFaults } from './faultRefusals';
import type { Received } from './request';

/** Every fault. By hand, `!` and its name stand in the prompt. */
export const faults = {
	...refusalFaults,
	...answerFaults,
	...pictureFaults,
	...downloadFaults,
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

export interface FaultOptions {
	/** How many requests it befalls; once unless told. */
	readonly times?: number;
	/** Which requests it befalls; posts (for faults of downloads: the pictures' addresses) unless told. */
	readonly when?: (request: Received) => boolean;
}

interface Planned {
	readonly fault: Fault;
	readonly when: (request: Received) => boolean;
	left: number;
}

/** What is to go wrong next. */
export class FaultPlan {
	private readonly planned: Planned[] = [];
	/** What failed the last time, so that it succeeds the next time. */
	private readonly failed = new Set<string>();

	fail(name: FaultName | Fault, { times = 1, when }: FaultOptions): void {
		const fault: Fault = typeof name === 'string' ? faults[name] : name;
		this.planned.push({ fault, left: times, when: when ?? (fault.download ? isDownload : isPost) });
	}

	/** What was planned comes first, in the order of planning; then the words of the prompt. */
	next(request: Received, prompt: string): Fault | undefined {
		const planned = this.planned.find(({ left, when }) => left > 0 && when(request));
		if (planned) {
			planned.left -= 1;
			return planned.fault;
		}
		return this.inWords(prompt);
	}

	/** Any other word with an exclamation mark is a part of the prompt. */
	private inWords(prompt: string): Fault | undefined {
		for (const [, word = ''] of prompt.matchAll(/(?:^|\s)!([a-z0-9-]+)/g)) {
			const fault = isFault(word) ? faults[word] : undefined;
			if (fault && !this.succeedsNow(fault, word, prompt)) return fault;
		}
		return undefined;
	}

	private succeedsNow(fault: Fault, word: string, prompt: string): boolean {
		// A picture's address fails for itself, whenever it is asked.
		if (fault.once !== true || fault.download === true) return false;
		const key = `${word} ${prompt}`;
		if (this.failed.delete(key)) return true;
		this.failed.add(key);
		return false;
	}
}

function isFault(word: string): word is FaultName {
	return Object.hasOwn(faults, word);
}

function isPost(request: Received): boolean {
	return request.method === 'POST';
}

function isDownload(request: Received): boolean {
	return request.method === 'GET' && !request.path.includes('/models');
}
