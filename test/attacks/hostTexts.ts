import MarkdownIt from 'markdown-it';
import { commandLink, quoted } from '../../src/host/features/markdownText';
import { asSentence, asText } from '../../src/domain/plainText';
import { fold } from '../../src/network/logLine';
import { type Attack, type Figure, Tally } from './figure';
import { payloads } from './payloads';
import { editorLink, obeyed, turning } from './textRules';

/** Another program's Markdown, with all that the editor's may do. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** What the tags of a text are, apart from paragraphs and links to Limn's own commands. */
function foreignTags(text: string): string | undefined {
	const html = markdown.render(text).replaceAll(/<a href="command:limn\.picture\.edit\?[^"]*">|<\/a>|<\/?p>/g, '');
	return /<[^>]*>/.exec(html)?.[0];
}

/** Each payload where the editor itself shows texts of others: S13 and S14. */
export const hostTexts: Attack = async () => [
	figure(
		'links in notifications, input boxes and progress',
		(text) => editorLink.exec(asSentence(text))?.[0],
		(text) => editorLink.test(text),
	),
	figure(
		'lines and signs in dialogs that are not what they seem',
		(text) => (turning.exec(asText(text)) ?? obeyed.exec(asText(text)))?.[0],
		(text) => obeyed.test(text) || turning.test(text),
	),
	figure('tags, links and pictures in hovers and confirmations', (text) => foreignTags(hoverOf(text)), foreignIn),
	figure(
		'forged lines in the log',
		(text) => obeyed.exec(fold(text))?.[0],
		(text) => obeyed.test(text),
	),
];

function hoverOf(text: string): string {
	return [quoted(text), commandLink(text, 'limn.picture.edit', { image: text })].join('\n\n');
}

function foreignIn(text: string): boolean {
	return foreignTags(text) !== undefined;
}

function figure(what: string, seen: (text: string) => string | undefined, careless: (text: string) => boolean): Figure {
	const tally = new Tally('S14', what);
	for (const payload of payloads) {
		const found = seen(payload);
		tally.note(found === undefined ? undefined : `${payload.slice(0, 100)}: ${found}`);
		tally.noteCareless(careless(payload));
	}
	return tally.figure;
}
