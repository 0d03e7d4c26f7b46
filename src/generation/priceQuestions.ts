import { randomUUID } from 'node:crypto';
import type { Plan } from '../catalogue/check';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import type { Task } from '../providers/provider';
import { providerOf } from './dialects';
import { quoteOf } from './quote';
import type { Send } from './run';
import { callOf } from './runJob';

/** Asks providers what jobs would cost. One that took such a question for an order is asked no more. */
export class PriceQuestions {
	readonly #takers = new Set<string>();

	/**
	 * USD for all pictures of a plan; `undefined`: nobody says. No picture leaves the machine for a question. An error whose `charged` is not
	 * `no`: the provider took the question for an order of the first call, which may be paid.
	 */
	async ask(
		plan: Plan,
		task: Task = { operation: 'generate' },
		send: Send,
		signal: AbortSignal,
	): Promise<number | ImageError | undefined> {
		const { provider } = plan.offer;
		if (task.operation !== 'generate' || this.#takers.has(provider)) return undefined;
		const [first = 1] = plan.calls;
		const id = randomUUID();
		const call = callOf(plan, { id, n: first, before: 0 }, task, false);
		const quoted = await quoteOf(providerOf(plan.offer), call, send, id, signal).catch((fault: unknown) => {
			if (signal.aborted) return unsent('cancelled');
			throw fault;
		});
		if (isImageError(quoted) && quoted.charged !== 'no') this.#takers.add(provider);
		return typeof quoted === 'number' ? (quoted / first) * plan.request.n : quoted;
	}
}
