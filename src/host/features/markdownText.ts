import { oneLine } from '../../documents/prose';
import type { Size } from '../../domain/size';

/** In pixels of the screen. A hover is 250 high at most, and what stands below the picture is to be seen without scrolling. */
const mostWidth = 320;
const mostHeight = 120;

/**
 * A text as Markdown that shows it letter by letter, on one line: neither link, tag, entity nor address is made of it. (The editor's own
 * `appendText` leaves `<`, `&` and addresses as they are.) What is longer than `most` characters ends with `…`.
 */
export function quoted(text: string, most = Infinity): string {
	return cut(oneLine(text), most).replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

function cut(line: string, most: number): string {
	if (line.length <= most) return line;
	const characters = Array.from(line);
	return characters.length <= most ? line : `${characters.slice(0, most).join('').trimEnd()}…`;
}

/** A link that calls a command with one argument of JSON. The editor takes percent-encoding off twice, so it is put on twice. */
export function commandLink(title: string, command: string, argument: object): string {
	const once = encodeURIComponent(JSON.stringify([argument])).replace(/[!'()*]/g, percentEncoded);
	return `[${quoted(title)}](command:${command}?${encodeURIComponent(once)})`;
}

function percentEncoded(sign: string): string {
	return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A small picture. `uri`: encoded, without blanks and round brackets. */
export function thumbnail(uri: string, { width, height }: Size): string {
	const scale = Math.min(1, mostWidth / width, mostHeight / height);
	const shown = (pixels: number) => Math.max(1, Math.round(pixels * scale));
	return `![](${uri}|width=${shown(width)},height=${shown(height)})`;
}
