import { addressSetting, titleOf } from '../catalogue/providers';
import { say } from '../domain/message';
import type { Asked, Probed, Reply } from './provider';
import {
	badKey,
	broken,
	busy,
	failureFrom,
	forbidden,
	noCredit,
	nothingThere,
	rateLimited,
	type Ruling,
	waitOf,
} from './rulings';

/** What an answer to a question about a key means where it is not the answer that was hoped for. Nothing was ordered, so nothing is charged. */
export function refusedProbe(reply: Reply, asked: Asked): Probed {
	const ruling = rulingOn(reply, asked);
	return {
		kind: 'fails',
		error: failureFrom({ ...ruling, quoted: false }, asked, { reply, words: '', charged: 'no' }),
	};
}

function rulingOn(reply: Reply, asked: Asked): Ruling {
	const wait = waitOf(reply, '');
	switch (reply.status) {
		case 401:
			return badKey(asked);
		case 402:
			return noCredit(asked);
		case 403:
			return forbidden(asked);
		case 404:
		case 405:
			return nothingThere(asked);
		case 429:
			return rateLimited(asked, wait);
		case 503:
			return busy(asked, wait);
		default:
			return reply.status >= 500 ? broken(asked) : strange(asked);
	}
}

/** A page of a hotel's network, another program at that port. */
function strange({ offer: { provider } }: Asked): Ruling {
	const message = say('What answers is not {0}. Check the setting {1}.', titleOf(provider), addressSetting(provider));
	return { code: 'bad-reply', say: message, quoted: false };
}
