import type { Provider } from '../provider';
import { openaiImages } from './openaiImages';
import { quotedBy } from './reply';
import { quoteFor } from './request';

/** The same dialect; and what a call would cost can be asked beforehand (OpenAI-compatible reference, *Cost estimate*). */
export const lumenfall: Provider = {
	...openaiImages,
	quote: (call) => call.offer.images && quoteFor(call, call.offer.images),
	quoted: quotedBy,
};
