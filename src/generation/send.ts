import type { PainterThread } from './painterThread';
import type { Send } from './run';

/** The ways out, chosen by what is asked for. */
export function createSend(painter: PainterThread): Send {
	return async ({ order }, signal) => ({ body: await painter.paint(order, signal) });
}
