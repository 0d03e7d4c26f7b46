import { originOf } from '../providers/origin';
import type { Call, NoReply, Provider, Reply, ServerEvent } from '../providers/provider';
import { type Arrival, arrivalsOf, type Download, failed, unfinished } from './arrivals';
import { Heard } from './heard';
import { cutShort, lossOf } from './losses';

/** Whose stream it is, and what is needed to take what it brings. */
interface Follower {
	readonly provider: Provider;
	readonly call: Call;
	readonly world: { readonly download: Download };
	readonly signal: AbortSignal;
}

/** How far one has come. */
interface Course extends Follower {
	readonly heard: Heard;
	/** Pictures and failures. */
	arrived: number;
	loss?: NoReply;
	/** Of failures: events know nothing of their request's number, which stands in the reply's headers. */
	readonly origin: ReturnType<typeof originOf>;
}

/** What a stream brings, until everything has come; one that ends before that, or breaks, is a failure. What had arrived stays. */
export async function* follow(
	reply: Reply,
	events: NonNullable<Reply['events']>,
	{ provider, call, world, signal }: Follower,
): AsyncGenerator<Arrival, void> {
	const origin = originOf(reply, call.offer.provider);
	const course: Course = { provider, call, world, signal, heard: new Heard(), arrived: 0, origin };
	const iterator = events[Symbol.asyncIterator]();
	try {
		while (yield* followOne(iterator, course));
	} finally {
		await iterator.return?.();
	}
	if (course.arrived >= call.n) return;
	const { images = [], failures = [] } = provider.told?.(course.heard.events, call) ?? {};
	const numbered = failures.map((failure) => ({ ...origin, ...failure }));
	yield* arrivalsOf({ images, failures: numbered }, world.download, signal);
	if (course.arrived + images.length + failures.length >= call.n) return;
	yield failed({ ...(course.loss ? lossOf(course.loss, call, true) : cutShort(call)), ...origin });
}

/** What one event brings; whether more is to come. A step of its own, so that who waits for the next event holds nothing of this one. */
async function* followOne(
	events: AsyncIterator<ServerEvent | NoReply, unknown>,
	course: Course,
): AsyncGenerator<Arrival, boolean> {
	const { provider, call, world, signal, heard, origin } = course;
	const result = await events.next();
	if (result.done === true) return false;
	const { value: event } = result;
	if ('lost' in event) {
		course.loss = event;
		return false;
	}
	if (provider.told && !heard.keep(event)) {
		course.loss = { lost: 'too-large', unseen: false, detail: 'there is no room for all events' };
		return false;
	}
	const { preview, images = [], failures = [] } = provider.event?.(event, call) ?? {};
	if (preview) yield* unfinished(preview);
	const numbered = failures.map((failure) => ({ ...failure, ...origin }));
	yield* arrivalsOf({ images, failures: numbered }, world.download, signal);
	course.arrived += images.length + failures.length;
	return course.arrived < call.n;
}
