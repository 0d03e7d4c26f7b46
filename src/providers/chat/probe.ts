import { refusedProbe } from '../probing';
import type { Probe } from '../provider';

/**
 * Vincony documents nothing that would tell of a key (OpenAI-compatible reference, *Vincony*). So a request is sent that asks for
 * nothing: who has no key is turned away, and who has one is told what is wrong with it (unverified: that the key is looked at
 * first).
 */
export const chatProbe: Probe = {
	request: () => ({
		kind: 'http',
		method: 'POST',
		path: '/chat/completions',
		body: { kind: 'json', value: {} },
		billed: false,
	}),
	read: (reply, asked) => ([400, 422].includes(reply.status) ? { kind: 'works' } : refusedProbe(reply, asked)),
};
