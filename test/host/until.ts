import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what happens soon; what does not is a failure. Looks every millisecond: who looks without a pause keeps the editor from its work. */
export async function until(isSo: () => boolean): Promise<void> {
	const end = performance.now() + 20_000;
	while (!isSo()) {
		assert.ok(performance.now() < end, isSo.toString());
		await pause(1);
	}
}
