import type { Column } from './column';
import { type Expected, refused, type Row, well } from './row';

/** The steps of the journal, in the order in which they are first taken. */
const steps = ['job', 'call', 'state', 'stage', 'arrived', 'publishing', 'saved', 'remove'] as const;

type Step = (typeof steps)[number];
type When = 'before' | 'after';

/** What the next process can still do, which knows nothing but what lies on the disk. */
function expectedOf(step: Step, when: When): (column: Column) => Expected {
	const at = steps.indexOf(step) + (when === 'after' ? 0.5 : 0);
	const reached = (other: Step) => at > steps.indexOf(other);
	return (column) => {
		// Nothing is written down, nothing was sent: there is nothing to tell.
		if (!reached('job')) return { codes: [], told: [], charges: [0], whole: 0 };
		if (!reached('call')) return refused('cancelled');
		const doubtful: Expected = {
			codes: ['unreachable', 'bad-reply', 'timed-out'],
			told: ['unknown'],
			charges: [0, 1],
			whole: 0,
		};
		if (step === 'call') return column.asksAgain ? { ...doubtful, told: ['no', 'unknown'] } : doubtful;
		// The name of the work is Limn's own, or was written down.
		if (column.asksAgain || (column.polls && reached('state'))) return { ...well(column), charges: [1] };
		if (reached('remove') || step === 'remove') return { ...well(column), charges: [1] };
		// What had come whole, and was written down; the next one had come too, but only into memory.
		return { ...doubtful, charges: step === 'state' ? [0, 1] : [1], whole: reached('arrived') ? 1 : 0 };
	};
}

function killed(step: Step, when: When): Row {
	return {
		name: `${when} ${step}`,
		group: 'killed, and recovered by the next process',
		of: ({ polls }) => step !== 'state' || polls === true,
		conditions: { mishap: { kind: 'killed', step, when, nth: 1 } },
		expected: expectedOf(step, when),
	};
}

/** The process ends at a step of the journal, as if the power had gone. */
export const killRows: readonly Row[] = steps.flatMap((step) => [killed(step, 'before'), killed(step, 'after')]);
