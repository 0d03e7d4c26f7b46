import { type ChildProcess, fork } from 'node:child_process';
import { type Order, type Told, toParent } from './order';

/** What became of an order that a child was given. */
export interface Carried {
	/** Absent: it never ended, or the child died. */
	readonly told?: Told;
	/** What the child wrote to its outputs. */
	readonly output: string;
	readonly ms: number;
}

/** A child with the client under test in it. */
export class Worker {
	readonly #child: ChildProcess;
	#output = '';
	#isGone = false;
	readonly #ready: Promise<void>;

	constructor(script: string) {
		this.#child = fork(script, { silent: true, execArgv: ['--expose-gc'] });
		for (const stream of [this.#child.stdout, this.#child.stderr])
			stream?.on('data', (data: Buffer) => (this.#output += data.toString()));
		this.#child.once('exit', () => (this.#isGone = true));
		this.#ready = new Promise((resolve) => {
			this.#child.once('message', () => resolve());
			this.#child.once('exit', () => resolve());
		});
	}

	get isGone(): boolean {
		return this.#isGone;
	}

	/** `limitMs`: after it nobody waits any more, and the child is ended. */
	async carry(order: Order, limitMs: number): Promise<Carried> {
		await this.#ready;
		const began = performance.now();
		const told = await this.#told(order, limitMs);
		const output = this.#output;
		this.#output = '';
		return { ...(told && { told }), output, ms: performance.now() - began };
	}

	cancel(): void {
		if (!this.#isGone) this.#child.send({ kind: 'cancel' });
	}

	end(): void {
		this.#child.kill('SIGKILL');
		this.#isGone = true;
	}

	async #told(order: Order, limitMs: number): Promise<Told | undefined> {
		if (this.#isGone) return undefined;
		return new Promise((resolve) => {
			const leave = (told: Told | undefined) => {
				clearTimeout(timer);
				this.#child.off('message', listen);
				this.#child.off('exit', vanish);
				resolve(told);
			};
			const listen = (message: unknown) => {
				const said = toParent.parse(message);
				if (said.kind === 'done') leave(said.told);
			};
			const vanish = () => leave(undefined);
			const timer = setTimeout(() => {
				this.end();
				leave(undefined);
			}, limitMs);
			this.#child.on('message', listen);
			this.#child.once('exit', vanish);
			this.#child.send({ kind: 'order', order });
		});
	}
}
