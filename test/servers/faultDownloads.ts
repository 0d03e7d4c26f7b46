import { page } from './answer';
import { cut, moved } from './faultAnswers';
import type { Fault } from './fault';

const download = true;

/** What befalls the download of a picture where the answer gave an address. */
export const downloadFaults = {
	'url-expired': {
		says: 'the address of the picture answers 403',
		download,
		answer: () => page(403, 'Signature expired'),
	},
	'url-missing': { says: 'the address of the picture answers 404', download, answer: () => page(404, 'Not Found') },
	'url-gone': { says: 'the address of the picture answers 410', download, answer: () => page(410, 'Gone') },
	'url-500-once': {
		says: 'the address of the picture answers 500, then the picture',
		download,
		once: true,
		answer: () => page(500, 'Internal Server Error'),
	},
	'url-html': { says: 'the address of the picture answers a page', download, answer: () => page(200, 'Sign in') },
	'url-cut': {
		says: 'half of the picture, then the end; then the picture',
		download,
		once: true,
		answer: (reply) => ({ ...cut(reply, 0.5), ending: 'reset' }),
	},
	'url-hang': { says: 'the address of the picture never answers', download, answer: () => 'silence' },
	'url-redirect': {
		says: 'the address of the picture leads to another origin, where the picture is',
		download,
		answer: (reply, { request, elsewhere }) =>
			elsewhere.endsWith(request.headers['host'] ?? '') ? reply : moved(302, `${elsewhere}${request.path}`),
	},
	'url-loop': {
		says: 'the address of the picture leads to itself',
		download,
		answer: (_, { request }) => moved(302, request.path),
	},
} as const satisfies Readonly<Record<string, Fault>>;
