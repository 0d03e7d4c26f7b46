import { longestWork, waitedFor } from '../polling';
import type { CallState } from '../provider';
import { hindranceOf } from './failureRules';
import type { Report } from './report';

/** How long nothing new may come, all together, ms. A task that was taken on and of which nothing is told has {@link longestWork}. */
const patience = {
	/** Of a task that nobody may ever have heard of: one that was just taken on is not known everywhere at once (Runware reference, *Polling*). */
	unheard: 10_000,
	/** Of results beyond those that were asked for. */
	extra: 10_000,
	/** Of one of which nothing but failures is told: a picture takes about 20 seconds, so that others would have come (Runware reference, *Prices*). */
	failing: 60_000,
	/** Of one of which something is there: at OpenAI the slowest picture takes two minutes, and what is lost was paid. */
	stagnant: 5 * 60_000,
} as const;

/** Why there is nothing more to wait for; `again`: the task is to be sent once more. */
export type Ending = 'complete' | 'failed' | 'again' | 'hindered' | 'fewer' | 'forgotten' | 'late';

/** What an answer means for the waiting. `state`: with that answer in it; `missing`: how many pictures are yet to come. */
export function endingOf(report: Report, missing: number, state: CallState): Ending | undefined {
	const { errors, underWay } = report;
	const isSettled = errors.length >= missing;
	if (isSettled && underWay === 0) return 'complete';
	const quiet = quietTime(state);
	if (isSettled && quiet >= (missing === 0 ? patience.extra : patience.stagnant)) return 'complete';
	const ending = underWay === 0 ? stillness(report, quiet, state) : undefined;
	return ending ?? (waitedFor(state.polls) >= longestWork ? 'late' : undefined);
}

/** The same of one of which something is missing and nothing under way. */
function stillness(report: Report, quiet: number, { handed, polls, lost }: CallState): Ending | undefined {
	const { errors, hindrances } = report;
	const isFailing = handed.length === 0 && errors.length > 0;
	// The answer to an order is about all of it; later the others may just not be listed yet.
	if (isFailing && (polls === 0 || quiet >= patience.failing)) return 'failed';
	if (lost && hindrances.length === 0 && quiet >= patience.unheard) return 'again';
	if (quiet < patience.stagnant) return undefined;
	if (hindrances.length > 0) return 'hindered';
	return handed.length > 0 || errors.length > 0 ? 'fewer' : 'forgotten';
}

function quietTime({ polls, quiet = 0 }: CallState): number {
	return quiet === 0 ? 0 : waitedFor(polls) - waitedFor(Math.max(0, polls - quiet));
}

/** What {@link CallState} says of the silence after an answer that brought no picture. `state`: before that answer. */
export function silenceAfter(
	report: Report,
	missing: number,
	state: CallState,
): Required<Pick<CallState, 'quiet' | 'lost'>> {
	const { errors, underWay } = report;
	const { quiet = 0, lost = false, handed, polls, ticket } = state;
	const isSettled = errors.length >= missing;
	if (underWay > 0 && !isSettled) return { lost: false, quiet: 0 };
	// Whatever is heard of a task, it arrived: it is not sent again.
	if (underWay > 0 || errors.length > 0) return { lost: false, quiet: lost ? 1 : quiet + 1 };
	// Who is kept from telling has told nothing, not even that there is nothing to tell.
	if (isHinderedBriefly(report)) return { lost, quiet };
	const isOrder = polls === 0;
	// An empty answer says nothing of a task that is known: it begins no silence there, but goes on with one.
	const isSilence = isOrder || lost || quiet > 0 || handed.length > 0 || report.hindrances.length > 0;
	// An order that is answered with nothing was perhaps not understood: its answer is as good as lost.
	return { lost: lost || (isOrder && ticket === undefined), quiet: isSilence ? quiet + 1 : 0 };
}

function isHinderedBriefly({ hindrances, errors }: Report): boolean {
	return errors.length === 0 && hindrances.some((error) => hindranceOf(error) === 'passing');
}
