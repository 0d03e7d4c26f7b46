import type { Signal } from '@preact/signals';
import { CallError } from '../protocol/client';

/** Why a call came to nothing, for a person. */
export function reasonOf(fault: unknown): string {
	return fault instanceof Error ? fault.message : String(fault);
}

/** Waits for a call. What it fails with goes to `problem`, which is emptied before; then, and where nobody waits any more, `undefined`. */
export async function asked<T>(call: Promise<T>, problem: Signal<string | undefined>): Promise<T | undefined> {
	problem.value = undefined;
	try {
		return await call;
	} catch (fault) {
		if (!isGone(fault)) problem.value = reasonOf(fault);
		return undefined;
	}
}

function isGone(fault: unknown): boolean {
	return fault instanceof CallError && fault.failure.code === 'cancelled';
}
