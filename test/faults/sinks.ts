import type { Seen } from './cell';
import { keysIn } from './evidence';

/**
 * Where a key may never stand. What the studio and the editor's memory get is put together by code that needs the editor: here is, in their
 * stead, all that they are made of.
 */
export const sinks = [
	'log',
	'files',
	'global state (stand-in)',
	'webview (stand-in)',
	'errors',
	'stdout',
	'request URLs',
] as const;

export type Sink = (typeof sinks)[number];

/** What each of them held in the end, and the journal meanwhile. */
function contentsOf({
	carried,
	recovered,
	evidence,
	urls,
}: Seen): Readonly<Record<Sink, readonly (string | Buffer)[] | undefined>> {
	const all = recovered ? [carried, recovered] : [carried];
	const told = all.flatMap((one) => one.told ?? []);
	return {
		log: told.flatMap(({ lines }) => lines),
		files: [...evidence.everything, ...told.flatMap(({ written }) => written)],
		'global state (stand-in)': told.flatMap(({ remembered }) => remembered),
		'webview (stand-in)': told.flatMap(({ shown }) => shown),
		errors: told.flatMap(({ errors, failures }) => errors.concat(JSON.stringify(failures))),
		stdout: all.map(({ output }) => output),
		'request URLs': urls,
	};
}

/** Of a cell: the sinks that were searched, each with the forms in which the key stands there. */
export function keysSeen(seen: Seen): ReadonlyMap<Sink, readonly string[]> {
	const contents = contentsOf(seen);
	return new Map(
		sinks.flatMap((sink) => {
			const content = contents[sink];
			return content ? [[sink, keysIn(content, seen.column.key)] as const] : [];
		}),
	);
}

/** That the key was there to be seen: whoever logged requests as they are would have it in the log. */
export function wasSent({ headers, column }: Seen): boolean {
	return keysIn(headers, column.key).length > 0;
}
