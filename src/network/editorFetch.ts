import type { Carry } from './carrier';

/** The way out through `fetch`. It is looked up at each call, because the editor replaces it (proxies, certificates). */
export const editorFetch: Carry = async (url, { method, headers, body, signal }) => {
	const response = await globalThis.fetch(url, {
		method,
		headers,
		signal,
		redirect: 'manual',
		...(body && { body }),
	});
	return { status: response.status, headers: Object.fromEntries(response.headers), body: response.body };
};
