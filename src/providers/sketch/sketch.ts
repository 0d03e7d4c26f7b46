import type { Call, Provider } from '../provider';
import { seedOf } from '../seed';

/** The built-in provider. Each call is one picture, painted by the painter thread. */
export const sketch: Provider = {
	begin(call) {
		const { task, prompt, size, format, options } = call;
		if (size?.kind !== 'pixels') throw new Error('Sketch paints pixels, not ratios.');
		const style = options['style'] === undefined ? undefined : String(options['style']);
		const order = { task, prompt, size: size.size, seed: seed(call), format, ...(style && { style }) };
		return { next: { kind: 'paint', order } };
	},
	read({ picture }, call) {
		if (!picture) throw new Error('The painter painted nothing.');
		return { images: [{ bytes: picture, seed: seed(call), costUsd: 0 }], done: true };
	},
	failure() {
		return { code: 'bad-reply', charged: 'no' };
	},
};

function seed(call: Call): string {
	return seedOf(call) ?? seedOf({ ...call, options: { seed: 0 } }) ?? '0';
}
