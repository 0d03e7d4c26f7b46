import type { Signal } from '@preact/signals';
import { host } from '../connection';
import { asked } from '../asking';
import { show } from '../navigation';

/** Lets the person choose a file as the picture that is changed. */
export async function pickSource(problem: Signal<string | undefined>): Promise<void> {
	const [first] = (await asked(host.call('pickReferences', {}), problem)) ?? [];
	if (first) show({ view: 'edit', picture: first.id });
}
