import { batch, computed, signal } from '@preact/signals';
import type { BrowseAnswer } from '../../protocol/views';
import { reasonOf } from '../asking';
import { host, state } from '../connection';
import { query } from '../kept';
import { renewCards } from './cards';
import { settle } from './selection';

/** Which pictures there are, in the order of the query. `undefined`: not known yet. */
export const answer = signal<BrowseAnswer | undefined>(undefined);

/** Why they are not known. */
export const failure = signal<string | undefined>(undefined);

/** They are being asked for. */
export const isAsking = signal(false);

/** Counts up with each question whose answer is not the old one anew: the grid then begins at its top. */
export const beginning = signal(0);

export const ids = computed<readonly string[]>(() => answer.value?.ids ?? []);
const places = computed(() => new Map(ids.value.map((id, index) => [id, index])));

/** The place of a picture in the order; -1: it is not in it. */
export function placeOf(id: string | undefined): number {
	return (id === undefined ? undefined : places.value.get(id)) ?? -1;
}

/** Of a set of pictures, those that are there, in their order. */
export function inOrder(chosen: ReadonlySet<string>): readonly string[] {
	return ids.peek().filter((id) => chosen.has(id));
}

const attempts = signal(0);

/** After a failure. */
export function tryAgain(): void {
	attempts.value++;
	renewCards();
}

/** Of what there is. */
export const revision = computed(() => state.value?.gallery.revision);
let seen: number | undefined;
let asked: unknown;

/** Asks whenever the query, or what there is, has changed: an effect of the view's, which ends the question before. */
export function browse(): () => void {
	const controller = new AbortController();
	const wanted = query.value;
	const now = revision.value;
	void attempts.value;
	if (seen !== undefined && now !== seen) renewCards();
	seen = now;
	void ask(wanted, controller.signal);
	return () => controller.abort();
}

async function ask(wanted: typeof query.value, signal: AbortSignal): Promise<void> {
	isAsking.value = true;
	try {
		const found = await host.call('browse', wanted, signal);
		batch(() => {
			if (asked !== undefined && asked !== wanted) beginning.value++;
			asked = wanted;
			const before = ids.peek();
			answer.value = found;
			failure.value = undefined;
			settle(before, places.value);
			isAsking.value = false;
		});
	} catch (fault) {
		if (signal.aborted) return;
		batch(() => {
			failure.value = reasonOf(fault);
			isAsking.value = false;
		});
	}
}
