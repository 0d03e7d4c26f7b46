import { json, page, type Reply } from '../servers/answer';
import type { Fault } from '../servers/fault';
import { cut, moved } from '../servers/faultAnswers';
import { type Column, hasAddresses, isDownload, isOrder, isPoll } from './column';
import { charged, each, type Expected, type Row, well } from './row';

function download(
	name: string,
	answer: NonNullable<Fault['answer']>,
	expected: (column: Column) => Expected,
	times = Infinity,
): Row {
	return {
		name,
		group: 'downloads',
		of: hasAddresses,
		addressed: true,
		befall: each({ says: name, answer }, { times, when: isDownload }),
		pauseMs: 100,
		expected,
	};
}

const gone = (status: number, title: string) =>
	download(
		`${status}`,
		() => page(status, title),
		() => charged(0, 'unreachable'),
	);

const downloads = [
	{ ...gone(200, ''), name: 'nothing goes wrong', befall: () => [], expected: well },
	gone(401, 'Unauthorized'),
	gone(403, 'Signature expired'),
	gone(404, 'Not Found'),
	gone(410, 'Gone'),
	gone(500, 'Internal Server Error'),
	download('500 once', () => page(500, 'Internal Server Error'), well, 1),
	download('429 once', () => ({ status: 429, headers: { 'retry-after': '1' }, body: '' }), well, 1),
	download(
		'a page',
		() => page(200, 'Sign in'),
		() => charged(0, 'bad-reply'),
	),
	download(
		'no bytes',
		() => ({ status: 200, headers: { 'content-type': 'image/png' }, body: '' }),
		() => charged(0, 'bad-reply'),
	),
	download(
		'JSON',
		() => json(200, { error: 'no' }),
		() => charged(0, 'bad-reply'),
	),
	download('reset once', () => 'reset', well, 1),
	download(
		'reset',
		() => 'reset',
		() => charged(0, 'unreachable'),
	),
	download('cut short once', (reply) => ({ ...cut(reply, 0.5), ending: 'torn' }), well, 1),
	download(
		'cut short',
		(reply) => ({ ...cut(reply, 0.5), ending: 'reset' }),
		() => charged(0, 'unreachable', 'bad-reply'),
	),
	// Tried three times for each picture, and half a second each.
	download(
		'silence',
		() => 'silence',
		({ n }) => ({ ...charged(0, 'unreachable', 'timed-out'), withinMs: 2000 * n }),
	),
	download(
		'silence in the body',
		(reply) => ({ ...cut(reply, 0.5), ending: 'silence' }),
		({ n }) => ({ ...charged(0, 'unreachable', 'timed-out'), withinMs: 2000 * n }),
	),
	download('slow, but whole', (reply, { pause }) => ({ ...reply, body: slowly(reply, pause) }), well),
	download(
		'a loop',
		(_, { request }) => moved(302, request.path),
		() => charged(0, 'bad-reply', 'unsafe-url'),
	),
	download(
		'a redirect to nowhere',
		() => ({ status: 302, headers: {}, body: '' }),
		() => charged(0, 'bad-reply'),
	),
	download(
		'a redirect to another port here',
		(_, { elsewhere, request }) => moved(302, `${elsewhere}${request.path}`),
		() => charged(0, 'unsafe-url'),
	),
	download(
		'a redirect to the metadata',
		() => moved(302, 'http://169.254.169.254/latest/meta-data/'),
		() => charged(0, 'unsafe-url'),
	),
	download(
		'a redirect to a file',
		() => moved(302, 'file:///etc/passwd'),
		() => charged(0, 'unsafe-url'),
	),
	download(
		'a redirect to a name of the own network',
		() => moved(302, 'https://pictures.example/a.png'),
		() => charged(0, 'unsafe-url'),
	),
].map((row): Row => Object.assign({}, row, { conditions: { names: { 'pictures.example': ['192.168.0.7'] } } }));

async function* slowly({ body }: Reply, pause: () => Promise<void>): AsyncGenerator<Uint8Array> {
	const bytes = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
	for (let at = 0; at < 4; at++) {
		await pause();
		yield bytes.subarray((bytes.length * at) / 4, (bytes.length * (at + 1)) / 4);
	}
}

/** Where no picture is fetched, each for a reason of its own. */
const hostile = {
	loopback: 'https://127.0.0.1/a.png',
	'loopback without TLS': 'http://127.0.0.1:9/a.png',
	'loopback in hex': 'https://0x7f000001/a.png',
	'loopback as a number': 'https://2130706433/a.png',
	'loopback in short': 'https://127.1/a.png',
	'loopback in IPv6': 'https://[::1]/a.png',
	'loopback in IPv6 as IPv4': 'https://[::ffff:127.0.0.1]/a.png',
	'any address': 'https://0.0.0.0/a.png',
	localhost: 'https://localhost/a.png',
	'a subdomain of localhost': 'https://a.localhost/a.png',
	'the metadata': 'http://169.254.169.254/latest/meta-data/',
	'the metadata with TLS': 'https://169.254.169.254/a.png',
	'the metadata by name': 'https://metadata.google.internal/a.png',
	'Azure’s wire server': 'https://168.63.129.16/a.png',
	'the own network': 'https://192.168.1.1/a.png',
	'the own network, 10': 'https://10.0.0.1/a.png',
	'carrier NAT': 'https://100.64.0.1/a.png',
	'unique local IPv6': 'https://[fd00::1]/a.png',
	'NAT64 of loopback': 'https://[64:ff9b::7f00:1]/a.png',
	'a name of one label': 'https://router/a.png',
	'no TLS': 'http://pictures.example/a.png',
	'a file': 'file:///etc/passwd',
	ftp: 'ftp://pictures.example/a.png',
	javascript: 'javascript:alert(1)',
	'user information': 'https://user:secret@pictures.example/a.png',
	'a name that is loopback': 'https://loop.example/a.png',
	'a name that is both': 'https://both.example/a.png',
	'a name that is the metadata': 'https://meta.example/a.png',
	'a name that is mapped loopback': 'https://mapped.example/a.png',
} as const;

const names = {
	'loop.example': ['127.0.0.1'],
	'both.example': ['93.184.216.34', '10.1.2.3'],
	'meta.example': ['169.254.169.254'],
	'mapped.example': ['::ffff:127.0.0.1'],
	localhost: ['127.0.0.1'],
	'metadata.google.internal': ['169.254.169.254'],
	router: ['192.168.1.1'],
	'pictures.example': ['192.168.0.7'],
};

/** An answer as its API gives it, with another address for its pictures. */
function leadingTo(url: string, { provider, n }: Column): NonNullable<Fault['answer']> {
	return (reply) => {
		if (provider === 'vincony') {
			const message = { role: 'assistant', content: '', images: [{ type: 'image_url', image_url: { url } }] };
			return json(200, { choices: [{ index: 0, message, finish_reason: 'stop' }] });
		}
		if (provider !== 'runware' && provider !== 'replicate') {
			return json(200, { created: 1, data: Array.from({ length: n }, (_, at) => ({ url: numbered(url, at) })) });
		}
		if (typeof reply.body !== 'string') return reply;
		let at = 0;
		const body = reply.body.replaceAll(/"http:\/\/127[^"]*\.(png|webp|jpg)"/g, () =>
			JSON.stringify(numbered(url, at++)),
		);
		return { ...reply, body };
	};
}

/** Two addresses that are one would be one picture. */
function numbered(url: string, at: number): string {
	return url.startsWith('http') ? `${url}?${at}` : url;
}

/** What is no address of the web, some take for words, or for nothing. */
const isWeb = (url: string) => url.startsWith('http');

const strangers = Object.entries(hostile).map(([name, url]): Row => ({
	name,
	group: 'addresses that are not opened',
	of: ({ streams }) => !streams,
	befall: (column) => [
		{
			fault: { says: name, answer: leadingTo(url, column) },
			options: { times: Infinity, when: (request) => isOrder(request) || isPoll(request) },
		},
	],
	conditions: { names },
	expected: () => charged(0, 'unsafe-url', ...(isWeb(url) ? [] : (['bad-reply', 'refused'] as const))),
}));

/** Pictures that an answer only names. */
export const downloadRows: readonly Row[] = [...downloads, ...strangers];
