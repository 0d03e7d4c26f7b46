// undici describes only its front door. These are the back doors that Limn uses, in undici's own types.

declare module 'undici/lib/dispatcher/agent.js' {
	import { Agent } from 'undici';
	export default Agent;
}

declare module 'undici/lib/core/connect.js' {
	import { buildConnector } from 'undici';
	export default buildConnector;
}

declare module 'undici/lib/api/api-request.js' {
	import type { Dispatcher } from 'undici';
	export default function request(
		this: Dispatcher,
		options: Dispatcher.RequestOptions,
	): Promise<Dispatcher.ResponseData>;
}
