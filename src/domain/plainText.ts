/** What turns the order of letters round, and what nobody sees but a terminal or a log obeys. */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const unseen = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A text of others on one line, as letters: it cannot look like another one, nor like two. */
export function asText(text: string): string {
	return text.replace(turning, '').replace(unseen, ' ');
}

/**
 * A sentence for notifications and for input boxes: of those the editor makes links where they have `[text](command:…)`, in what a box asks
 * and in what it finds wrong too. A zero-width space between the brackets keeps the words and breaks the link.
 */
export function asSentence(text: string): string {
	return asText(text).replaceAll('](', ']\u200b(');
}

/** Characters that show nothing are sent all the same: each is shown as its number. The joiners and styles of emoji and of Persian stay. */
export function withoutHiding(text: string): string {
	return text.replace(
		/(?!\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu,
		(sign) => `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
	);
}
