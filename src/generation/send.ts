import type { HttpRequest, NoReply, Reply } from '../providers/provider';
import type { PainterThread } from './painterThread';
import type { Send } from './run';

/** The way of HTTP requests to one provider. */
export type SendHttp = (request: HttpRequest, signal: AbortSignal) => Promise<Reply | NoReply>;

/** The ways out, chosen by what is asked for. */
export function createSend(painter: PainterThread, sendHttp: SendHttp): Send {
	return async (request, signal) => {
		if (request.kind === 'http') return sendHttp(request, signal);
		return { status: 200, headers: {}, picture: await painter.paint(request.order, signal) };
	};
}
