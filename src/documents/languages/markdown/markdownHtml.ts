import { CommentList } from '../text/commentList';
import { Finder } from '../text/finder';
import { lenientTags, pictureOfTag, readTag, strictTags } from './imgTag';
import type { DocumentParts, PictureLink } from '../language';
import { isBlankText, type MarkdownLine } from './markdownLine';

/** What ends a block of HTML: one of these marks in one of its lines, or the blank line below it. */
export type HtmlEnd = '-->' | '?>' | ']]>' | '>' | RegExp | 'blank';

/** The names that begin a block of HTML wherever they stand, as CommonMark has them. */
const blockNames = new Set(
	(
		'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption ' +
		'figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol ' +
		'optgroup option p param search section summary table tbody td tfoot th thead title tr track ul'
	).split(' '),
);

const rawNames = new Set(['pre', 'script', 'style', 'textarea']);
const rawEnd = /<\/(?:pre|script|style|textarea)>/gi;
const tagStart = /<(\/?)([A-Za-z][A-Za-z\d-]*)(?=[ \t\r\n>]|\/>|$)/y;
const loneClosing = /^<\/[A-Za-z][A-Za-z\d-]*[ \t]*>/;

/** What ends the block of HTML that begins in this line at `<`; `undefined`: none begins. Only some begin in the middle of a paragraph. */
export function openedHtml(line: MarkdownLine, inParagraph: boolean): HtmlEnd | undefined {
	const { text, next } = line;
	const mark = ['<!--', '<![CDATA[', '<?'].find((each) => text.startsWith(each, next));
	if (mark !== undefined) return mark === '<!--' ? '-->' : mark === '<?' ? '?>' : ']]>';
	if (text.startsWith('<!', next)) return /[A-Za-z]/.test(text.charAt(next + 2)) ? '>' : undefined;
	tagStart.lastIndex = next;
	const [, slash, written = ''] = tagStart.exec(text) ?? [];
	const name = written.toLowerCase();
	if (slash === '' && rawNames.has(name) && text[next + 1 + name.length] !== '/') return rawEnd;
	if (blockNames.has(name)) return 'blank';
	return !inParagraph && isLoneTag(text.slice(next, line.end)) ? 'blank' : undefined;
}

/** Whether a line is nothing but a whole tag. */
function isLoneTag(line: string): boolean {
	const end = line.startsWith('</') ? loneClosing.exec(line)?.[0].length : readTag(line, 0, strictTags)?.span.end;
	return end !== undefined && isBlankText(line.slice(end));
}

/** Pictures and comments of a piece of HTML, read as browsers do; what is in `<script>`, `<style>`, `<pre>` and `<textarea>` is code. */
export function readHtmlBlock(text: string): DocumentParts {
	const comments = new CommentList(text);
	const pictures: PictureLink[] = [];
	const finder = new Finder(text);
	const behind = (mark: string, from: number): number => finder.next(mark, from) + mark.length;
	for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
		if (text.startsWith('<!--', at)) {
			const end = behind('-->', at + 2);
			if (end > text.length) break;
			comments.addBlock({ start: at, end }, { start: at + 4, end: Math.max(at + 4, end - 3) });
			at = end;
		} else if (/[!?/]/.test(text.charAt(at + 1))) at = behind('>', at);
		else if (/[A-Za-z]/.test(text.charAt(at + 1))) {
			const tag = readTag(text, at, lenientTags);
			if (!tag) break;
			const name = tag.name.toLowerCase();
			const picture = name === 'img' ? pictureOfTag(text, tag) : undefined;
			if (picture) pictures.push(picture);
			at = rawNames.has(name) ? endOfRaw(text, name, tag.span.end) : tag.span.end;
		} else at++;
	}
	return { comments: comments.inOrder(), pictures };
}

/** Where the element ends that begins before `from` and has no tags in it. */
function endOfRaw(text: string, name: string, from: number): number {
	const end = new RegExp(`</${name}[\\s/>]`, 'gi');
	end.lastIndex = from;
	return end.exec(text)?.index ?? text.length;
}
