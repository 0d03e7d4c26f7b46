import type { Plan } from '../catalogue/check';
import { pricePerPicture } from '../catalogue/price';
import type { Settlement } from './ledger';

/** A job, as it is written down when it begins. */
interface Begun {
	readonly id: string;
	/** An instant in ISO 8601, UTC. */
	readonly at: string;
	/** `provider/model`. */
	readonly model: string;
	/** Pictures wanted. */
	readonly n: number;
	/** What was set aside for it. Absent: nobody knew the price. */
	readonly usd?: number;
}

/** What came of it. */
interface Outcome {
	readonly pictures: number;
	/** What is known, or estimated, to be spent. */
	readonly usd: number;
	readonly estimated: boolean;
	/** Pictures that may have been paid besides. */
	readonly open: number;
}

/** What a job comes to in the ledger. `document`: as a person names it; empty without one. */
export function settlementOf(plan: Plan, begun: Begun, outcome: Outcome, document: string): Settlement {
	const { pictures, usd, estimated, open } = outcome;
	const each = pricePerPicture(plan, plan.size, plan.options) ?? (begun.usd ?? 0) / begun.n;
	return {
		job: begun.id,
		at: begun.at,
		model: begun.model,
		operation: plan.request.operation,
		pictures,
		usd,
		estimated,
		openUsd: open * each,
		document,
	};
}
