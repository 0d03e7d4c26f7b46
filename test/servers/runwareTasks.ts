import { type Item, wrong } from './runwareErrors';

/** How the results of an asynchronous task come in. */
export interface Staging {
	/** How many polls it takes until everything is there (2 unless told; 1: at once; Infinity: never). */
	readonly polls?: number;
	/** How many polls before those know nothing of the task: `data: []`. */
	readonly emptyPolls?: number;
	/** What a result is called that is not there yet. Older documents say `pending`. */
	readonly unfinished?: 'processing' | 'pending';
	/** Where a poll tells of a result that failed: in `errors`, or as an item of `data` with an `error` in it. */
	readonly failureForm?: 'errors' | 'item';
}

/** Of one result. */
export interface Outcome {
	readonly failed: boolean;
	readonly item: Item;
}

export interface Said {
	readonly data: readonly Item[];
	readonly errors: readonly Item[];
}

interface Kept {
	readonly isAsync: boolean;
	/** None while the work is under way. */
	outcomes: readonly Outcome[];
	polled: number;
}

/** The tasks that were accepted. Each keeps its UUID for good: that is what makes a repeated request harmless. */
export class RunwareTasks {
	private readonly kept = new Map<string, Kept>();

	constructor(private readonly staging: Staging) {}

	/** Takes the UUID before any work is done, so that of two requests at the same time one is refused. */
	accept(taskType: string, taskUUID: string, isAsync: boolean): void {
		const known = this.kept.get(taskUUID);
		if (known) {
			const context = { taskType, taskUUID, deliveryMethod: known.isAsync ? 'async' : 'sync' };
			const sentence = `A task with the UUID ${taskUUID} was already submitted.`;
			throw wrong('conflictTaskUUID', sentence, { parameter: 'taskUUID', context });
		}
		this.kept.set(taskUUID, { isAsync, outcomes: [], polled: 0 });
	}

	/** What was refused has not used up its UUID. */
	release(taskUUID: string): void {
		this.kept.delete(taskUUID);
	}

	finish(taskUUID: string, outcomes: readonly Outcome[]): void {
		const task = this.kept.get(taskUUID);
		if (task) task.outcomes = outcomes;
	}

	/** The whole state of a task, its results in their order. Of an unknown one nothing is said. */
	poll(taskUUID: string): Said {
		const task = this.kept.get(taskUUID);
		if (!task) return { data: [], errors: [] };
		task.polled += 1;
		return this.stateOf(taskUUID, task);
	}

	private stateOf(taskUUID: string, { isAsync, outcomes, polled }: Kept): Said {
		const { polls = 2, emptyPolls = 0, unfinished = 'processing' } = this.staging;
		const poll = polled - emptyPolls;
		if (isAsync && poll < 1) return { data: [], errors: [] };
		const share = isAsync ? Math.min(1, poll / polls) : 1;
		const done = outcomes.slice(0, Math.floor(outcomes.length * share));
		const progress = Math.floor(share * 100);
		const waiting = outcomes
			.slice(done.length)
			.map(() => ({ taskType: 'imageInference', taskUUID, status: unfinished, progress }));
		const data = done.flatMap((outcome) => this.dataOf(outcome));
		return { data: [...data, ...waiting], errors: done.flatMap((outcome) => this.errorsOf(outcome)) };
	}

	private dataOf({ failed, item }: Outcome): Item[] {
		if (!failed) return [{ ...item, status: 'success' }];
		if (this.staging.failureForm !== 'item') return [];
		const { taskType, taskUUID, code, message } = item;
		return [{ taskType, taskUUID, status: 'error', error: { code, message } }];
	}

	private errorsOf({ failed, item }: Outcome): Item[] {
		return failed && this.staging.failureForm !== 'item' ? [{ ...item, status: 'error' }] : [];
	}
}
