import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';

/** Waits for what happens soon; what does not is a failure. */
export async function until(isSo: () => boolean): Promise<void> {
	const end = performance.now() + 20_000;
	while (!isSo()) {
		assert.ok(performance.now() < end, isSo.toString());
		await setImmediate();
	}
}
