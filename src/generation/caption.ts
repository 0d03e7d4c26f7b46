import type { ImageError } from '../domain/imageError';
import type { HttpRequest, InputImage, NoReply, Reply } from '../providers/provider';
import { type Caption, captioner, captionRequest, readCaption } from '../providers/runware/caption';
import { lossOf, redirected } from './losses';

/**
 * Has a picture described at Runware. It is asked for once: whoever wants to pay again tries again. `id`: a UUID. Rejects with the
 * signal's reason when aborted.
 */
export async function caption(
	image: InputImage,
	send: (request: HttpRequest) => Promise<Reply | NoReply>,
	id: string,
): Promise<Caption | ImageError> {
	const reply = await send(captionRequest(id, image));
	if ('lost' in reply) return lossOf(reply, captioner, true);
	return reply.status >= 300 && reply.status < 400 ? redirected(reply, captioner) : readCaption(reply);
}
