import type { Seen } from './cell';
import { keysIn } from './evidence';

/** Where a key may never stand. */
export const sinks = ['log', 'files', 'global state', 'webview', 'errors', 'stdout', 'request URLs'] as const;

export type Sink = (typeof sinks)[number];

/** What each of them held in the end, and the journal meanwhile. */
function contentsOf({
	carried,
	recovered,
	evidence,
	urls,
}: Seen): Readonly<Record<Sink, readonly (string | Buffer)[]>> {
	const all = recovered ? [carried, recovered] : [carried];
	const told = all.flatMap((one) => one.told ?? []);
	return {
		log: told.flatMap(({ lines }) => lines),
		files: [...evidence.everything, ...told.flatMap(({ written }) => written)],
		'global state': told.flatMap(({ remembered }) => remembered),
		webview: told.flatMap(({ shown }) => shown),
		errors: told.flatMap(({ errors, failures }) => errors.concat(JSON.stringify(failures))),
		stdout: all.map(({ output }) => output),
		'request URLs': urls,
	};
}

/** Of a cell: the sinks in which the key stands, each with the forms in which it does. */
export function keysSeen(seen: Seen): ReadonlyMap<Sink, readonly string[]> {
	const contents = contentsOf(seen);
	const found = sinks.map((sink) => [sink, keysIn(contents[sink], seen.column.key)] as const);
	return new Map(found.filter(([, forms]) => forms.length > 0));
}

/** That the key was there to be seen: whoever logged requests as they are would have it in the log. */
export function wasSent({ headers, column }: Seen): boolean {
	return keysIn(headers, column.key).length > 0;
}
