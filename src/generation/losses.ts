import { addressSetting, titleOf } from '../catalogue/providers';
import { type ImageError, unsent } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import type { Asked, Call, LossReason, NoReply, Reply } from '../providers/provider';
import { lossCodes } from './verdict';

/** What an exchange without an answer means for a person. */
export function lossOf({ lost, unseen }: NoReply, { offer }: Asked, billed: boolean): ImageError {
	const { provider } = offer;
	return {
		code: lossCodes[lost],
		message: sentenceOf(lost, titleOf(provider), addressSetting(provider)),
		charged: unseen || !billed ? 'no' : 'unknown',
		provider,
	};
}

function sentenceOf(lost: LossReason, title: string, setting: string): Message {
	switch (lost) {
		case 'unresolved':
			return say('The address of {0} was not found. Check the connection and the setting {1}.', title, setting);
		case 'refused':
			return say(
				'{0} does not answer at its address. Check that it runs, the connection, and the setting {1}.',
				title,
				setting,
			);
		case 'certificate':
			return say('The certificate of {0} is not trusted. Check the connection and the setting {1}.', title, setting);
		case 'proxy':
			return say('The proxy did not let the request to {0} through. Check the setting http.proxy.', title);
		case 'reset':
			return say('The connection to {0} broke before the answer had come.', title);
		case 'stalled':
			return say('The answer of {0} stopped half-way.', title);
		case 'timed-out':
			return say(
				'{0} took too long. More time: {1}, and {2}.',
				title,
				'limn.network.timeoutSeconds',
				'limn.network.transport: direct',
			);
		case 'too-large':
			return say('The answer of {0} is too large. Ask for fewer or smaller pictures.', title);
		case 'garbled':
			return say('The answer of {0} could not be read.', title);
	}
}

/** A provider that sends elsewhere: the key and the prompt do not follow. */
export function redirected({ headers }: Reply, { offer }: Asked): ImageError {
	const message = say(
		'{0} sends on to {1}. Nothing was sent there: if that is right, write it into {2}.',
		titleOf(offer.provider),
		headers['location']?.slice(0, 100) ?? '–',
		addressSetting(offer.provider),
	);
	return { ...unsent('unsafe-url', message), provider: offer.provider };
}

/** A stream that ends before its `completed` event. */
export function cutShort({ offer }: Call): ImageError {
	const message = say('{0} ended before the picture was finished.', titleOf(offer.provider));
	return { code: 'bad-reply', message, charged: 'unknown', provider: offer.provider };
}
