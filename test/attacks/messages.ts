import type { Attack } from './figure';
import { sendHostile } from './hostileMessages';

/** A webview in the wrong hands, that sends whatever comes to mind. */
export const inMessages: Attack = async () => [
	{
		scenario: 'S12',
		what: 'messages of a webview that are no order: nothing is called, nothing thrown',
		...(await sendHostile(50_000)),
	},
];
