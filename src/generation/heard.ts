import { isPictureBytes } from '../domain/picture';
import type { ServerEvent } from '../providers/provider';

const mega = 2 ** 20;

/** Of one stream: a picture in pieces of some letters each has thousands. */
const most = { events: 10_000, bytes: 32 * mega };

/** Bytes that an event and each list or object in it take, about. */
const own = 64;

/**
 * The events of a stream that says something only as a whole. There is room for a picture of any size, but not for any number of them:
 * nobody asked for such a stream, and all of it lies in memory until its end.
 */
export class Heard {
	readonly events: ServerEvent[] = [];
	#bytes = 0;

	/** `false`: there is no room for it. */
	keep(event: ServerEvent): boolean {
		const bytes = own + sizeOf(event.data);
		const isRoom = this.#bytes < mega || this.#bytes + bytes <= most.bytes;
		if (!isRoom || this.events.length >= most.events) return false;
		this.#bytes += bytes;
		this.events.push(event);
		return true;
	}
}

function sizeOf(value: unknown): number {
	if (typeof value === 'string' || isPictureBytes(value)) return value.length;
	if (typeof value !== 'object' || value === null) return 0;
	return Object.values(value).reduce((sum: number, item) => sum + sizeOf(item), own);
}
