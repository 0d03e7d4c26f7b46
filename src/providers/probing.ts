import { addressSetting, titleOf } from '../catalogue/providers';
import { say } from '../domain/message';
import type { Asked, Probed, Reply } from './provider';
import { failureFrom, type Ruling, rulingOfStatus, waitOf } from './rulings';

/** What an answer to a question about a key means where it is not the answer that was hoped for. Nothing was ordered, so nothing is charged. */
export function refusedProbe(reply: Reply, asked: Asked): Probed {
	const ruling = rulingOfStatus(reply.status, asked, waitOf(reply, '')) ?? strange(asked);
	return {
		kind: 'fails',
		error: failureFrom({ ...ruling, quoted: false }, asked, { reply, words: '', charged: 'no' }),
	};
}

/** A page of a hotel's network, another program at that port. */
function strange({ offer: { provider } }: Asked): Ruling {
	const message = say('What answers is not {0}. Check the setting {1}.', titleOf(provider), addressSetting(provider));
	return { code: 'bad-reply', say: message, quoted: false };
}
