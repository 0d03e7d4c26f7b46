import { check } from '../../../../src/catalogue/check';
import { models } from '../../../../src/catalogue/models';
import { offers } from '../../../../src/catalogue/offers';
import type { ImageRequest } from '../../../../src/domain/imageRequest';
import type { Call, HttpRequest, InputImage } from '../../../../src/providers/provider';
import { openaiImages } from '../../../../src/providers/openai-images/openaiImages';
import { requestOf, sentence } from '../../builders';

/** The first call of what the real catalogue makes of a request; retired models too. */
export function callFor(model: string, wish: Partial<ImageRequest> = {}, changes: Partial<Call> = {}): Call {
	const request = requestOf({ model, ...wish });
	const plan = check(request, { models, offers }, { today: '2026-11-21', allowRetired: [model] });
	if (!('calls' in plan)) throw new Error(plan.map(({ message }) => sentence(message)).join(' '));
	const { offer, model: known, prompt, size, options, calls } = plan;
	const task = { operation: 'generate' } as const;
	const n = calls[0] ?? 1;
	const call = { offer, model: known, task, prompt, n, before: 0, options, format: request.format, watched: false };
	return { ...call, ...(size && { size }), ...changes };
}

/** What the dialect sends for a call. */
export function sentFor(call: Call): HttpRequest {
	const step = openaiImages.begin(call);
	if ('next' in step && step.next.kind === 'http') return step.next;
	throw new Error('The call begins with no request.');
}

export const png: InputImage = { bytes: Uint8Array.of(137, 80, 78, 71), format: 'png' };
export const jpeg: InputImage = { bytes: Uint8Array.of(255, 216, 255), format: 'jpeg' };
