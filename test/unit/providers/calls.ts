import { check, type Plan } from '../../../src/catalogue/check';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { Alteration, ImageRequest } from '../../../src/domain/imageRequest';
import { dialects } from '../../../src/generation/dialects';
import type { Call, HttpRequest, InputImage, Step } from '../../../src/providers/provider';
import { requestOf, sentence } from '../builders';

/** The first call of what the real catalogue makes of a request; retired models too. */
export function callFor(model: string, wish: Partial<ImageRequest> = {}, changes: Partial<Call> = {}): Call {
	const alteration = wish.alteration ?? repainted(wish, changes);
	const request = requestOf({ model, ...wish, ...(alteration && { alteration }) });
	const { offer, model: known, prompt, size, options, calls } = planned(request);
	const task = { operation: 'generate' } as const;
	const n = calls[0] ?? 1;
	const call = { id: callId, offer, model: known, task, prompt, n, before: 0, options, format: request.format };
	return { ...call, watched: false, ...(size && { size }), ...changes };
}

/** What the real catalogue makes of a request. */
export function planFor(model: string, wish: Partial<ImageRequest> = {}): Plan {
	return planned(requestOf({ model, ...wish }));
}

function planned(request: ImageRequest): Plan {
	const plan = check(request, { models, offers }, { today: '2026-11-21', allowRetired: [request.model] });
	if (!('calls' in plan)) throw new Error(plan.map(({ message }) => sentence(message)).join(' '));
	return plan;
}

/** To the catalogue an edit with a mask is another thing than one without: the whole picture is selected, in the size that is wished. */
function repainted({ size }: Partial<ImageRequest>, { task }: Partial<Call>): Alteration | undefined {
	if (task?.operation !== 'edit' || !task.mask) return undefined;
	const source = size?.kind === 'pixels' ? size.size : { width: 1024, height: 1024 };
	return { operation: 'edit', source, selected: { x: 0, y: 0, ...source } };
}

/** Of every call that {@link callFor} makes. */
export const callId = '7d9f4c1e-2b6a-4f0d-9c3e-5a8b1d2e3f40';

/** What the provider's dialect sends first for a call. */
export function sentFor(call: Call): HttpRequest {
	const dialect = dialects.get(call.offer.provider);
	if (!dialect) throw new Error(`Nothing speaks to ${call.offer.provider}.`);
	return nextOf(dialect.begin(call));
}

/** What a step sends. */
export function nextOf(step: Step | undefined): HttpRequest {
	if (step && 'next' in step && step.next.kind === 'http') return step.next;
	throw new Error('The step sends nothing.');
}

export const png: InputImage = { bytes: Uint8Array.of(137, 80, 78, 71), format: 'png' };
export const jpeg: InputImage = { bytes: Uint8Array.of(255, 216, 255), format: 'jpeg' };
