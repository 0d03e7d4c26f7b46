import type { Signal } from '@preact/signals';
import { asked } from '../asking';
import { host } from '../connection';
import { speak } from './spoken';

/** Refers to a picture at the cursor of the last editor. `problem`: why that could not be done. */
export async function insertPicture(id: string, problem: Signal<string | undefined>): Promise<void> {
	const answer = await asked(host.call('perform', { action: 'insert', ids: [id] }), problem);
	if (answer?.isProblem) problem.value = answer.said;
	else if (answer?.said !== undefined) speak(answer.said);
}
