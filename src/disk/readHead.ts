import { open } from 'node:fs/promises';

/** The first bytes of a file, at most `length`. Throws where it cannot be read. */
export async function readHead(file: string, length: number): Promise<Uint8Array> {
	const handle = await open(file);
	try {
		const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
}
