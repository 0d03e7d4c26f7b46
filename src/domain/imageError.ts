import { type Message, say } from './message';

/** The closed set of reasons why a picture did not come (contract, section 2). */
export const failureCodes = [
	'no-key',
	'bad-key',
	'no-credit',
	'rate-limited',
	'refused',
	'invalid-request',
	'unsupported',
	'model-unavailable',
	'unreachable',
	'server-error',
	'timed-out',
	'bad-reply',
	'unsafe-url',
	'too-large',
	'cancelled',
	'over-budget',
	'not-writable',
	'no-space',
	'untrusted',
	'bad-input',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** Whether the provider took money for what failed. */
export type Charged = 'no' | 'yes' | 'unknown';

/** A failure as a value: what went wrong, in words for a person, and whether it cost money. */
export interface ImageError {
	readonly code: FailureCode;
	/** Absent: the code's own sentence says enough. */
	readonly message?: Message;
	readonly charged: Charged;
	/** Where Limn put a picture that arrived but could not be saved; `lost` where that failed too. Absent: none had arrived. */
	readonly kept?: { readonly at: string } | 'lost';
	/** Nothing is lost yet: *Recover Unfinished Jobs* may bring the picture, which is paid perhaps. */
	readonly waits?: true;
	/** The server's own words: one line, short. */
	readonly said?: { readonly by: string; readonly words: string };
	/** Provider id, where one was involved. */
	readonly provider?: string;
	/** The provider's own id of the request, for its support. */
	readonly requestId?: string;
	/** Seconds that the provider asks to wait before the next request. */
	readonly wait?: number;
	/** Which picture it is about, as a person names it, where several different ones are made at once. */
	readonly about?: string;
	/** `provider/model` that takes the place of a retired one. */
	readonly successor?: string;
}

/** What a code says where nothing more is known: what happened, and what to do. */
const sentences: Readonly<Record<FailureCode, Message>> = {
	'no-key': say('There is no API key for this provider. Set one.'),
	'bad-key': say('The provider does not accept the API key. Set another one.'),
	'no-credit': say('The account has no credit left. Top it up at the provider.'),
	'rate-limited': say('The provider asks for a pause. Try again in a minute.'),
	refused: say('The provider refused the prompt. Change it.'),
	'invalid-request': say('The provider did not understand the request. Try other settings.'),
	unsupported: say('This model cannot do that. Choose another one.'),
	'model-unavailable': say('This model is no longer offered. Choose another one.'),
	unreachable: say('No answer came. Check the connection and try again.'),
	'server-error': say('The provider failed. Try again later.'),
	'timed-out': say('The answer took too long. Try again later.'),
	'bad-reply': say('What came back was no picture. Try again.'),
	'unsafe-url': say('The picture lies at an address that Limn does not open.'),
	'too-large': say('What came back is too large. Ask for a smaller picture.'),
	cancelled: say('Cancelled. Pictures that had arrived were kept.'),
	'over-budget': say('This would pass your budget. Raise it in the settings.'),
	'not-writable': say('The picture could not be saved here. Choose another folder.'),
	'no-space': say('The disk is full. Free some space and try again.'),
	untrusted: say('This workspace is not trusted, so nothing is sent or saved. Trust it first.'),
	'bad-input': say('Something is wrong with what was asked for.'),
};

/** What to say to a person, before translation: what happened, in whose words, and what became of the money and of the picture. */
export function sentencesOf({ code, message, said, charged, kept, waits, about }: ImageError): readonly Message[] {
	return [
		...(about === undefined ? [] : [say('{0}:', about)]),
		message ?? sentences[code],
		...(said ? [say('{0} says: “{1}”', said.by, said.words)] : []),
		...(charged === 'unknown' && !waits
			? [say('It may have been charged all the same: look at your account before you try again.')]
			: []),
		...(kept === undefined ? [] : [keptSentence(kept)]),
		...(waits && kept === undefined ? [say('It may come yet: Recover Unfinished Jobs asks for it.')] : []),
	];
}

function keptSentence(kept: NonNullable<ImageError['kept']>): Message {
	return kept === 'lost' ? say('The picture could not be kept either.') : say('The picture is kept at {0}.', kept.at);
}

/** An error of something that was never sent, and so cost nothing. */
export function unsent(code: FailureCode, message?: Message): ImageError {
	return { code, charged: 'no', ...(message && { message }) };
}

/** How many pictures would have to be ordered again: not those that may come yet. */
export function missingOf(failures: readonly ImageError[]): number {
	return failures.filter(({ waits }) => !waits).length;
}

/** Tells an error from the value that it stands in for. */
export function isImageError(value: unknown): value is ImageError {
	return typeof value === 'object' && value !== null && 'code' in value && 'charged' in value;
}
