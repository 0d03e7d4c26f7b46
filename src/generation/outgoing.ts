import type { Plan } from '../catalogue/check';
import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { Task } from '../providers/provider';
import type { Begun } from './beginChange';
import type { PainterThread } from './painterThread';

interface Ports {
	readonly painter: Pick<PainterThread, 'ask'>;
	/** Told of what went wrong in Limn itself. */
	readonly onFault: (fault: unknown) => void;
}

/** The picture and its mask as they go out. `undefined`: pictures are made of words alone. */
export async function taskFor(
	{ alter: plan }: Plan,
	begun: Begun | undefined,
	{ painter, onFault }: Ports,
	signal: AbortSignal,
): Promise<Task | ImageError | undefined> {
	if (!begun || !plan) return undefined;
	const { original, alteration } = begun;
	const strength = alteration.operation === 'vary' ? alteration.strength : 'medium';
	try {
		const task = await painter.ask({ craft: 'prepare', order: { original, plan, strength } }, signal);
		return 'problem' in task ? unsent('bad-input', task.problem) : task;
	} catch (fault) {
		if (signal.aborted) return unsent('cancelled');
		onFault(fault);
		return unsent('bad-input', say('The picture could not be made ready to send. The log has more.'));
	}
}
