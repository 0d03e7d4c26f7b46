import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DetailView } from '../../protocol/views';
import { reasonOf } from '../asking';
import { host, state } from '../connection';
import { known, learn } from './cards';
import { revision } from './pictures';

export interface Look {
	/** Of the picture that is asked for: never of the one before. */
	readonly seen?: DetailView;
	readonly failure?: string;
	readonly again: () => void;
}

/** All that is known of a picture; asked for again when something has changed. Nothing is known of none. */
export function useLook(id: string | undefined): Look {
	const found = useSignal<{ readonly id: string; readonly seen?: DetailView; readonly failure?: string } | undefined>(
		undefined,
	);
	const attempts = useSignal(0);
	useEffect(() => {
		if (id === undefined) return undefined;
		const controller = new AbortController();
		host.call('look', { id }, controller.signal).then(
			(seen) => {
				learn([seen.card, ...(seen.parent ? [seen.parent] : []), ...seen.children]);
				found.value = { id, seen };
			},
			(fault: unknown) => {
				if (controller.signal.aborted) return;
				found.value = { id, failure: reasonOf(fault) };
			},
		);
		return () => controller.abort();
		// A key, or a setting, changes what it would cost to make it again.
	}, [id, revision.value, state.value?.formRevision, attempts.value]);
	const again = () => attempts.value++;
	const { seen, failure } = found.value && found.value.id === id ? found.value : {};
	// The star is ours as soon as it is pressed.
	const isFavourite = seen && known(seen.card.id).value?.card.isFavourite;
	return {
		...(seen && { seen: { ...seen, card: { ...seen.card, isFavourite: isFavourite ?? seen.card.isFavourite } } }),
		...(failure !== undefined && { failure }),
		again,
	};
}
