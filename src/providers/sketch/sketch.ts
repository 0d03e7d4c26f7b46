import type { Options } from '../../domain/imageRequest';
import type { Call, Provider } from '../provider';

/** The built-in provider. Each call is one picture, painted by the painter thread. */
export const sketch: Provider = {
	begin(call) {
		const { task, prompt, size, format, options } = call;
		const style = options['style'] === undefined ? undefined : String(options['style']);
		return {
			next: { kind: 'paint', order: { task, prompt, size, seed: seedOf(call), format, ...(style && { style }) } },
		};
	},
	read({ body }, call) {
		return { images: [{ bytes: body, seed: seedOf(call), costUsd: 0 }], done: true };
	},
};

/** Pictures of one job count up from the job's seed, so that any of them can be had again alone. BigInt: a seed may be longer than a number holds. */
function seedOf({ options, before }: Call): string {
	return (BigInt(givenSeed(options)) + BigInt(before)).toString();
}

function givenSeed({ seed }: Options): string | number {
	return typeof seed === 'string' || typeof seed === 'number' ? seed : 0;
}
