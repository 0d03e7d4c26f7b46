import assert from 'node:assert/strict';
import type { PictureBytes } from '../../../src/domain/picture';
import type { DownloadFailure } from '../../../src/network/download';
import { observe, settle } from './builders';
import { key, never, type Rig } from './servers';

/** Moves the clock over the pauses between the tries. */
export async function download(
	rig: Rig,
	url: string,
	base: URL,
	signal = never,
): Promise<PictureBytes | DownloadFailure> {
	const { outcome, isOver } = observe(rig.network.download(url, { base, key }, signal));
	for (;;) {
		await settle();
		if (isOver()) return outcome;
		const [first] = rig.clock.due;
		if (first === 500 || first === 2000) rig.clock.pass(first);
	}
}

export function codeOf(outcome: PictureBytes | DownloadFailure): string {
	assert.ok('code' in outcome, 'a picture came');
	return outcome.code;
}
