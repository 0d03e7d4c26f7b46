import type { Call } from './provider';

/**
 * The seed of a call as a decimal number of any length; `undefined` where none was asked for. Pictures of one job count up from the
 * job's seed, so that no two are alike and any of them can be had again alone. BigInt: a seed may be longer than a number holds.
 * A negative one means “any” to many servers, and is no seed to count from.
 */
export function seedOf({ options, before }: Pick<Call, 'options' | 'before'>): string | undefined {
	const { seed } = options;
	if (seed === undefined || !/^\d+$/.test(String(seed))) return undefined;
	return (BigInt(String(seed)) + BigInt(before)).toString();
}
