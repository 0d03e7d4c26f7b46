import * as fc from 'fast-check';
import { type HostParams, hostMethods } from '../../src/protocol/hostMethods';
import { serve } from '../../src/protocol/server';

const draft = { prompt: 'a fox', n: 1, options: { quality: 'low' }, references: ['p1'] };
const margins = { top: 0, right: 8, bottom: 0, left: 8 };
const query = { source: 'made', search: '', favourites: false, sort: 'newest' };

/** Of each method what the studio gives it. */
const valid: Readonly<Record<keyof HostParams, readonly object[]>> = {
	ready: [{}],
	form: [{ model: 'a/b', job: 'edit' }],
	quote: [draft],
	generate: [
		draft,
		{ ...draft, source: 'p1', seen: '1', editing: { kind: 'expand', margins } },
		{ ...draft, source: 'p1', editing: { kind: 'mask', strokes: [{ kind: 'invert' }], feather: 2 } },
	],
	cancel: [{ job: 'j' }],
	dismiss: [{ job: 'j' }],
	reuse: [{ job: 'j' }],
	again: [{ job: 'j' }],
	cure: [{ job: 'j', cure: 0 }],
	chooseModel: [{ present: 'a/b', size: '1:1', job: 'vary' }],
	pickReferences: [{}],
	dropFiles: [{ uris: ['file:///a.png'] }],
	dropBytes: [{ name: 'a.png', bytes: new Uint8Array([1]) }],
	reference: [{ id: 'p1' }],
	browse: [query, { ...query, model: 'a/b', from: '2026-11-01' }],
	cards: [{ ids: ['p1'] }],
	thumbnail: [{ id: 'p1' }],
	look: [{ id: 'p1' }],
	follow: [{ id: 'p1' }],
	read: [{ id: 'p1' }],
	perform: [{ action: 'delete', ids: ['p1'] }],
	favour: [{ ids: ['p1'], on: true }],
	does: [{ action: 'trust' }],
	fault: [{ message: 'x' }],
};

const call = (method: string, params: unknown, id: unknown = 1) => ({ kind: 'call', id, method, params });
const calls = Object.entries(valid).flatMap(([method, all]) => all.map((params) => ({ method, params })));
const generate = (changes: object) => call('generate', { ...draft, ...changes });
const perform = (action: unknown, ids: unknown = ['p1']) => call('perform', { action, ids });
/** An own key of that name, as `structuredClone` would carry it. */
const polluted = (value: object) =>
	Object.defineProperty({ ...value }, '__proto__', { value: { isTrusted: true }, enumerable: true });

/** What somebody would write who has the webview in his hands and knows the protocol. None is an order. */
const handWritten: readonly unknown[] = [
	...[
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'valueOf',
		'',
		'Generate',
		'generate ',
		'limn.generate',
	].map((method) => call(method, draft)),
	...['eval', 'executeCommand', 'vscode.open', 'setKey', 'writeFile', 'postMessage'].map((method) => call(method, {})),
	...[null, undefined, '1', 1.5, Number.NaN, {}, [1]].map((id) => call('generate', draft, id ?? 'none')),
	{ ...call('generate', draft), extra: 1 },
	{ ...call('generate', draft), kind: 'Call' },
	{ kind: 'call', id: 1, method: ['generate'], params: draft },
	[call('generate', draft)],
	JSON.stringify(call('generate', draft)),
	polluted(call('generate', draft)),
	call('generate', polluted(draft)),
	call('generate', [draft]),
	call('generate', JSON.stringify(draft)),
	call('generate', new Map(Object.entries(draft))),
	call('generate', null),
	generate({ n: 101 }),
	generate({ n: 0 }),
	generate({ n: -1 }),
	generate({ n: 1e9 }),
	generate({ n: '1' }),
	generate({ n: Number.POSITIVE_INFINITY }),
	generate({ silent: true }),
	generate({ consent: true }),
	generate({ folder: '/etc' }),
	generate({ fileName: '../../.vscode/settings.json' }),
	generate({ image: 'file:///etc/passwd' }),
	generate({ baseUrl: 'https://evil.example' }),
	generate({ format: 'svg' }),
	generate({ prompt: ['a'] }),
	generate({ prompt: 'x'.repeat(200_001) }),
	generate({ references: 'p1' }),
	generate({ references: ['p'.repeat(101)] }),
	generate({ references: Array.from({ length: 17 }, () => 'p1') }),
	generate({ options: { headers: { authorization: 'x' } } }),
	generate({ options: { mask: ['a'] } }),
	generate({ options: { long: 'x'.repeat(10_001) } }),
	generate({ options: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`o${index}`, 1])) }),
	generate({ options: [] }),
	generate({ source: '' }),
	generate({ editing: { kind: 'mask', strokes: [{ kind: 'file', path: '/etc/passwd' }], feather: 1 } }),
	generate({ editing: { kind: 'expand', margins: { ...margins, top: 1e9 } } }),
	generate({ editing: { kind: 'vary', strength: 'wild' } }),
	...['Delete', 'delete;open', 'execute', 'workbench.action.terminal.new', '__proto__', 1].map((action) =>
		perform(action),
	),
	perform('delete', []),
	perform('delete', 'p1'),
	perform('delete', [1]),
	perform('open', [{ uri: 'file:///etc/passwd' }]),
	perform(
		'delete',
		Array.from({ length: 10_001 }, () => 'p'),
	),
	call('perform', { action: 'delete', ids: ['p1'], permanently: true }),
	call('does', { action: 'vscode.open' }),
	call('does', { action: 'setKey', key: 'x' }),
	call('read', { uri: 'file:///etc/passwd' }),
	call('read', { id: 'p1', path: '/etc/passwd' }),
	call('dropBytes', { name: 'a.png', bytes: 'data:image/png;base64,AA' }),
	call('dropBytes', { name: 'a.png', bytes: { length: 1, 0: 1 } }),
	call('dropFiles', { uris: ['x'.repeat(4001)] }),
	call('cure', { job: 'j', cure: -1 }),
	call('cure', { job: 'j', cure: 'limn.setApiKey' }),
	call('browse', { ...query, folder: '..' }),
	call('fault', { message: 'x'.repeat(4001) }),
];

const methods = Object.keys(hostMethods);

/** Anything at all: of the kinds that `postMessage` carries. */
const anything = fc.anything({
	withBigInt: true,
	withDate: true,
	withMap: true,
	withSet: true,
	withTypedArray: true,
	withSparseArray: true,
	withNullPrototype: false,
});

/** What is nearly a call. */
const nearly = fc.record({
	kind: fc.constantFrom('call', 'cancel', 'state', 'done', '__proto__'),
	id: fc.oneof(fc.integer(), anything),
	method: fc.oneof(fc.constantFrom(...methods, '__proto__', 'constructor'), fc.string()),
	params: anything.filter((value) => !isEmptyRecord(value)),
});

/** Each makes something else of a call that was right. */
const spoilers: readonly ((params: object, name: string, value: unknown) => unknown)[] = [
	(params, name, value) => ({ ...params, [`x${name}`]: value }),
	(params) => polluted(params),
	(params) => ({ params }),
	(params) => [params],
	() => undefined,
];

const spoiled = fc
	.tuple(fc.constantFrom(...calls), fc.constantFrom(...spoilers), fc.string(), anything)
	.map(([{ method, params }, spoil, name, value]) => call(method, spoil(params, name, value)));

function isEmptyRecord(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Calls that the studio makes: orders. */
export const orders: readonly unknown[] = calls.map(({ method, params }) => call(method, params));

/** What came of messages none of which is an order: handlers that were called, and faults. */
interface Outcome {
	readonly tried: number;
	readonly broken: readonly string[];
}

/** Sends so many messages, and those that are written by hand, to the host's own end of the wire. */
export async function sendHostile(count: number, byHand = handWritten): Promise<Outcome> {
	const broken: string[] = [];
	let present: unknown;
	const note = (what: string) => broken.push(`${what}: ${inWords(present)}`);
	const listeners = new Set<(message: unknown) => void>();
	const channel = {
		post: () => undefined,
		onMessage: (listener: (message: unknown) => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const recording = Object.fromEntries(methods.map((method) => [method, async () => note(`called ${method}`)]));
	const served = serve<Record<string, unknown>, Record<string, unknown>, never>(
		channel,
		hostMethods,
		recording,
		explain,
	);
	const send = (message: unknown) => {
		present = message;
		try {
			for (const listener of listeners) listener(message);
		} catch (fault) {
			note(`threw ${String(fault)}`);
		}
	};
	const unhandled = (fault: unknown) => void note(`threw later ${String(fault)}`);
	process.on('unhandledRejection', unhandled);
	const share = Math.ceil(count / 3);
	const random = [anything, nearly, spoiled].flatMap((messages) => fc.sample<unknown>(messages, share));
	for (const message of [...byHand, ...random]) send(message);
	await new Promise((resolve) => setImmediate(resolve));
	process.off('unhandledRejection', unhandled);
	served.dispose();
	const isClean = !('isTrusted' in {});
	return { tried: byHand.length + random.length, broken: isClean ? broken : [...broken, 'the prototype is changed'] };
}

function explain(fault: unknown): string {
	return fault instanceof Error ? fault.name : String(fault);
}

function inWords(message: unknown): string {
	return fc.stringify(message).slice(0, 300);
}
