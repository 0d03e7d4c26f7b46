import type { ImagesDialect } from '../../catalogue/model';
import { addressSetting } from '../../catalogue/providers';
import type { ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Call, Provider, Reply, ServerEvent } from '../provider';
import * as z from 'zod';
import { errorOf } from './errorReply';
import { originOf } from '../origin';
import { failureOf } from './failure';
import { imageOfEvent, imagesOf } from './reply';
import { requestFor } from './request';
import { withoutUnknown } from './unknownFields';

/**
 * The OpenAI Images API and all that speak its dialect: OpenAI, Lumenfall, and servers of the user's own. What differs between
 * them is data of the catalogue's offers ({@link ImagesDialect}); answers are read with tolerance for all of them.
 */
export const openaiImages: Provider = {
	begin(call) {
		return { next: requestFor(call, dialectOf(call)) };
	},
	read(reply, call) {
		const images = imagesOf(reply, call);
		const missing = Math.max(0, call.n - images.length);
		const reason = missing > 0 ? missingOf(reply, call, images.length) : undefined;
		return { images, failures: reason ? Array.from({ length: missing }, () => reason) : [], done: true };
	},
	failure: failureOf,
	instead(request, reply, call) {
		const next = withoutUnknown(request, errorOf(reply), dialectOf(call));
		return next && { next };
	},
	event(event, call) {
		const failure = failureOfEvent(event, call);
		if (failure) return { failures: [failure] };
		const image = imageOfEvent(event.data, call);
		if (!image) return {};
		return isFinished(event) ? { images: [image] } : { preview: image.bytes };
	},
};

function dialectOf({ offer }: Call): ImagesDialect {
	if (offer.images) return offer.images;
	throw new Error(`The catalogue does not say how ${offer.provider} speaks the OpenAI Images dialect.`);
}

/** Some servers answer 200 and say in the body that they failed; some give fewer pictures than they were asked for. */
function missingOf(reply: Reply, call: Call, arrived: number): ImageError {
	const { provider } = call.offer;
	if (arrived === 0 && errorOf({ json: reply.json })) return failureOf(reply, call);
	const message =
		arrived > 0
			? say('Fewer pictures came than were asked for. Try again.')
			: say('The answer holds no picture. Check the setting {0}.', addressSetting(provider));
	return { code: 'bad-reply', message, charged: 'unknown', ...originOf(reply, provider) };
}

const eventData = z.object({ type: z.string().catch(''), error: z.unknown().optional() }).catch({ type: '' });

/** `event: error`, or an error in any event's data (OpenAI reference, *Streaming*). */
function failureOfEvent({ name, data }: ServerEvent, call: Call): ImageError | undefined {
	const { type, error } = eventData.parse(data);
	if (name !== 'error' && type !== 'error' && !error) return undefined;
	return failureOf({ status: 200, headers: {}, json: data }, call);
}

/** `image_generation.completed`, `image_edit.completed`; the name may stand in the data alone. */
function isFinished({ name, data }: ServerEvent): boolean {
	return [name, eventData.parse(data).type].some((each) => each.endsWith('.completed'));
}
