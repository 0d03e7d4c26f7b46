/** How the editor finds links in notifications, and in what input boxes say (`parseLinkedText`). */
export const editorLink = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

/** More lines than one, or signs that a terminal or a log obeys. */
export const obeyed = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** What turns the order of letters round. */
export const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
