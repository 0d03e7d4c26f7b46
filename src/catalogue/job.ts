import type { ImageRequest } from '../domain/imageRequest';
import type { Offer } from './model';

/** What a person can ask for: to edit what a mask selects, or what marks point at, is another thing than to edit by instruction alone. */
export type Job = 'generate' | 'edit' | 'mask' | 'markup' | 'expand' | 'vary';

/** Whether a vendor has a request of its own for a job, or Limn makes one of what it has. */
export type Way = 'native' | 'emulated';

/** What a request asks for. */
export function jobOf({ operation, alteration }: Pick<ImageRequest, 'operation' | 'alteration'>): Job {
	if (alteration?.operation !== 'edit') return operation;
	if (alteration.selected) return 'mask';
	return alteration.marked ? 'markup' : 'edit';
}

/**
 * How an offer does a job; `undefined`: not at all. Where a vendor takes no mask, Limn keeps what is not selected; an expansion is the
 * edit of a larger canvas, a variation an edit that asks for one.
 */
export function wayOf({ operations, masks, markup }: Offer, job: Job): Way | undefined {
	const edits = operations.includes('edit');
	const instructed = edits && masks !== 'needed';
	switch (job) {
		case 'generate':
			return operations.includes('generate') ? 'native' : undefined;
		case 'edit':
			return instructed ? 'native' : undefined;
		case 'mask':
			if (!edits) return undefined;
			return masks === 'taken' || masks === 'needed' ? 'native' : 'emulated';
		case 'markup':
			return edits && markup ? 'native' : undefined;
		case 'expand':
			if (operations.includes('expand')) return 'native';
			return edits ? 'emulated' : undefined;
		case 'vary':
			if (operations.includes('vary')) return 'native';
			return instructed ? 'emulated' : undefined;
	}
}
