import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';

const handles = '/proc/self/fd';

/** Files of waiting bodies that this process has open, with a name or without: where it knows them. */
export function openFiles(): string[] {
	return readdirSync(handles).flatMap((handle) => {
		try {
			return isWaiting(readlinkSync(`${handles}/${handle}`)) ? [`${handles}/${handle}`] : [];
		} catch {
			// The folder itself was open while it was listed.
			return [];
		}
	});
}

/** Those that can be seen where they are. */
export function namedFiles(folder = tmpdir()): string[] {
	return readdirSync(folder).filter(isWaiting);
}

function isWaiting(file: string): boolean {
	return /limn-[\da-f-]{36}\.tmp/.test(file);
}
