import { randomBytes } from 'node:crypto';
import { mimeOf } from './pictureFiles';
import { type ReplicateModel, replicateVersion } from './replicateModels';
import { formatOf, type ReadFile, run, RunFailure } from './replicateRuns';
import { type Values, withoutSecrets } from './replicateSchema';
import type { Turn } from './turn';

/**
 * How a prediction may end. `failed`, `nsfw` and `canceled` (by somebody else) have run; `flagged` (by what looks at
 * inputs) and `aborted` (by a deadline) have not.
 */
export const replicateOutcomes = ['succeeded', 'failed', 'nsfw', 'flagged', 'canceled', 'aborted'] as const;

export type ReplicateOutcome = (typeof replicateOutcomes)[number];

type Status = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

const errors = {
	failed: 'Prediction interrupted; please retry (code: PA)',
	nsfw: 'NSFW content detected. Try running it again, or try a different prompt.',
	flagged: 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
} as const;

/** After it an API prediction's inputs, outputs and logs are gone (OpenAI-compatible reference, Replicate). */
const keptMs = 3_600_000;
/** After it nothing is left. No such limit is documented: a client has to live with one all the same. */
const knownMs = 30 * 24 * keptMs;

interface Order {
	/** Of the request that created it: its faults befall the pictures, whoever asks for them. */
	readonly turn: Turn;
	readonly model: ReplicateModel;
	readonly input: Values;
	readonly read: ReadFile;
	readonly outcome: ReplicateOutcome;
	/** How often it is asked for until it is over; the last but one time it runs. */
	readonly polls: number;
	readonly now: () => number;
}

/** One run of a model. Time does not pass by itself: each poll is a step. */
export class Prediction {
	readonly id = Array.from(randomBytes(26), (byte) => (byte % 36).toString(36)).join('');
	private status: Status = 'starting';
	private polled = 0;
	private working: Promise<readonly Uint8Array[] | string> | undefined;
	private output: string | readonly string[] | null = null;
	private error: string | null = null;
	private readonly createdAt: number;
	private startedAt: number | undefined;
	private completedAt: number | undefined;

	constructor(private readonly order: Order) {
		this.createdAt = order.now();
	}

	get isKnown(): boolean {
		return this.order.now() < this.createdAt + knownMs;
	}

	/** What a client that waits so long gets to see. Whether it is over by then. */
	async wait(seconds: number): Promise<boolean> {
		const { model, polls } = this.order;
		if (model.seconds <= seconds && Number.isFinite(polls)) await this.finish();
		else if (!model.isCold) await this.start();
		return this.isOver;
	}

	async poll(): Promise<void> {
		this.polled += 1;
		if (this.polled >= this.order.polls) await this.finish();
		else await this.start();
	}

	/** What is over stays as it is. */
	cancel(): void {
		if (!this.isOver) this.end('canceled');
	}

	/** Does the work whatever becomes of it. */
	async work(): Promise<readonly Uint8Array[] | string> {
		const { turn, model, input, read, outcome } = this.order;
		if (outcome === 'flagged' || outcome === 'aborted') return [];
		this.working ??= turn
			.work(async () => run(model, input, read, turn.habits))
			.catch((error: unknown) => {
				if (error instanceof RunFailure) return error.message;
				throw error;
			});
		return this.working;
	}

	private get isOver(): boolean {
		return this.status !== 'starting' && this.status !== 'processing';
	}

	private async start(): Promise<void> {
		if (this.status !== 'starting') return;
		if (this.order.outcome === 'aborted') {
			this.end('aborted');
			return;
		}
		this.status = 'processing';
		this.startedAt = this.order.now();
		await this.work();
	}

	async finish(): Promise<void> {
		await this.start();
		const work = await this.work();
		// Somebody may have canceled it in the meantime.
		if (this.isOver) return;
		const { outcome } = this.order;
		if (typeof work === 'string') this.fail(work);
		else if (outcome === 'failed' || outcome === 'nsfw' || outcome === 'flagged') this.fail(errors[outcome]);
		else if (outcome === 'canceled') this.end('canceled');
		else this.succeed(work);
	}

	private fail(error: string): void {
		this.error = error;
		this.end('failed');
	}

	private succeed(files: readonly Uint8Array[]): void {
		const { model, input, turn } = this.order;
		const { format, ending } = formatOf(model, input);
		const outputs = files.map((file, index) => {
			if (model.output === 'data-uri') return `data:${mimeOf(format)};base64,${Buffer.from(file).toString('base64')}`;
			return `${turn.origin}${turn.publish(`/delivery/${this.id}/out-${index}.${ending}`, file, mimeOf(format))}`;
		});
		this.output = model.output === 'array' ? outputs : (outputs[0] ?? null);
		this.end('succeeded');
	}

	private end(status: Status): void {
		this.status = status;
		this.completedAt = this.order.now();
	}

	toJSON(): object {
		const { model, input, now } = this.order;
		const isRemoved = this.completedAt !== undefined && now() >= this.completedAt + keptMs;
		return {
			id: this.id,
			model: model.name,
			version: model.isOfficial ? 'hidden' : replicateVersion(model),
			input: isRemoved ? {} : withoutSecrets(model, input),
			logs: isRemoved ? '' : this.logs,
			output: isRemoved ? null : this.output,
			data_removed: isRemoved,
			error: this.error,
			source: 'api',
			status: this.status,
			...this.times(),
			urls: this.urls(),
		};
	}

	/** In the form from which the official client reads the progress. */
	private get logs(): string {
		if (this.status === 'starting' || this.status === 'aborted') return '';
		const done = this.status === 'succeeded' ? '100%|██████████| 4/4' : ' 50%|█████     | 2/4';
		return `Running prediction\n${done} [00:01<00:01,  2.00it/s]\n`;
	}

	private times(): object {
		const { seconds } = this.order.model;
		return {
			created_at: timeOf(this.createdAt),
			...(this.startedAt === undefined ? {} : { started_at: timeOf(this.startedAt) }),
			...(this.completedAt === undefined ? {} : { completed_at: timeOf(this.completedAt) }),
			...(this.startedAt === undefined || this.completedAt === undefined
				? {}
				: { metrics: { predict_time: seconds, total_time: seconds + 0.1 } }),
		};
	}

	private urls(): object {
		const { origin } = this.order.turn;
		const get = `${origin}/v1/predictions/${this.id}`;
		return { get, cancel: `${get}/cancel`, web: `${origin}/p/${this.id}` };
	}
}

function timeOf(at: number): string {
	return new Date(at).toISOString();
}
