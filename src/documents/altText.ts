import { isManner } from './manner';
import { oneLine } from './prose';

/** Alt text is read aloud: screen readers and style guides agree on about this many characters. */
export const altCharacters = 125;

/** In UTF-16 code units: what prompts say after that is no first clause. */
const farEnough = 4000;

/**
 * The alt text that a prompt suggests: what it says first of the picture's matter, without orders to a model, marks and talk of style;
 * cut between words. One line, not yet escaped for any language; empty only where the prompt is blank or mere punctuation.
 */
export function altOf(prompt: string): string {
	const found = prompt
		.slice(0, farEnough)
		// Of a character in two halves the first alone is none.
		.replace(/[\uD800-\uDBFF]$/, '')
		.split(/(?:\r\n|\r|\n)[\t ]*(?:\r\n|\r|\n)\s*/)
		.map((paragraph) => untilStill(oneLine(paragraph), proposed))
		.find((paragraph) => hasWords(paragraph) && !ofStyle.test(paragraph));
	return found ?? untilStill(oneLine(prompt).slice(0, farEnough), proposed);
}

/** What takes the last word of a text is not for this text. */
function proposed(text: string): string {
	const cleaned = [withoutSigns, withoutMarks, withoutStyle, withoutOrder, bare];
	const steps = [...cleaned, firstSentence, withoutManner, capitalised, shortened];
	return steps.reduce((before, step) => {
		const after = step(before);
		return hasWords(after) || !hasWords(before) ? after : before;
	}, text);
}

/**
 * The alt text that somebody's description of a picture suggests: nothing is taken from it but what only introduces it, and of a long one
 * the sentences that are too many.
 */
export function altOfDescription(description: string): string {
	const text = untilStill(oneLine(description).slice(0, farEnough), (text) =>
		capitalised(bare(withoutMarks(text.replace(introduction, '').replace(preface, '')))),
	);
	if (isShort(text)) return text;
	return sentencesIn(text).findLast(isShort) ?? shortened(firstSentence(text));
}

/** Whether somebody who was asked for a description says that there will be none; English only, as the question is. */
export function isRefusal(description: string): boolean {
	return refusal.test(oneLine(description.slice(0, farEnough)));
}

const refusal =
	/^(?:(?:i['’]?m|i am)\s+(?:(?:so|very|really|truly)\s+)?(?:sorry|afraid)\b|sorry(?:[,.!:;]|\s(?:but|i)\b)|(?:unfortunately,?\s+)?i\s+(?:cannot|can\s?not|can['’]?t|could\s?n['’]?t|could not|will not|won['’]t|do not|don['’]t|am (?:not able|unable)|apologi[sz]e)\s|i['’]m (?:not able|unable)\s|my apologies\b|as an ai\b)/iu;

/** What is taken away may lay bare what is to be taken away as well. Each turn shortens the text, or makes a small letter large. */
function untilStill(text: string, change: (text: string) => string): string {
	const changed = oneLine(change(text));
	return changed === text ? text : untilStill(changed, change);
}

/** Signs that image models read, and addresses. */
function withoutSigns(text: string): string {
	return (
		text
			.replace(/<(?:lora|lyco|hypernet|embedding):[^<>]*>/gi, ' ')
			.replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
			.replace(/(?:\b(?:https?|ftp|file):\/\/|\bdata:\w+\/|\bwww\.)\S*[^\s.,;:!?)\]}»”"']/gi, ' ')
			// Flags stand at the end; the values of some have several words.
			.replace(flags, ' ')
			.replace(/(?<![([{])[([{]+([^()[\]{}:]*):\s*\d+(?:\.\d+)?[)\]}]+/g, (all, inner: string) =>
				/\p{L}/u.test(inner) ? inner : all,
			)
			.replace(/(?<!\()\({2,}([^()]*)\){2,}|(?<!\{)\{{2,}([^{}]*)\}{2,}/g, '$1$2')
			// What stood between two commas is gone.
			.replace(/,(?:\s*,)+/g, ',')
	);
}

const flags =
	/(?:^|\s)--(?:ar|aspect|no|v|version|niji|style|stylize|s|seed|q|quality|chaos|c|weird|iw|sref|cref|sw|cw|tile|raw|hd|stop|repeat|draft|neg|steps|cfg)(?=\s|$).*$/i;

/** Emphasis of Markdown, and quotes around the whole. */
function withoutMarks(text: string): string {
	return text
		.replace(/(\*\*|__|~~)(?=\S)((?:(?!\1).)+)\1/g, '$2')
		.replace(/(?<![\p{L}\p{N}*_`])([*_`])(?=\S)([^*_`]+)(?<=\S)\1(?![\p{L}\p{N}*_`])/gu, '$2')
		.replace(
			/^(?:"([^"]*)"|'([^']*)'|“([^“”]*)”|‘([^‘’]*)’|«([^«»]*)»|„([^„“”]*)[“”]|「([^「」]*)」)$/,
			'$1$2$3$4$5$6$7',
		);
}

/** Punctuation that leads to nothing. */
function bare(text: string): string {
	return text.replace(/^(?:[\s,;:，、；：]|\.(?=\s))+|[\s,.:;，、。；：]+$/g, '').replace(/\s+[-–—|]+$/, '');
}

/** Sentences that are named for the manner, before the matter. */
function withoutStyle(text: string): string {
	return untilStill(text, (before) =>
		before.replace(ofStyle, (said, end: string | undefined) => (end === undefined ? said : '')),
	);
}

/** `A picture of` is what every picture is; `a photo of` says something. */
function withoutOrder(text: string): string {
	return text
		.replace(/^\/imagine\s+(?=\S)/i, '')
		.replace(introduction, '')
		.replace(orderForText, '')
		.replace(/^(?:prompt|image|picture|alt(?:[ -]text)?|subject|scene)\s*:\s*(?=\S)/i, '')
		.replace(order, '')
		.replace(/^(?:an?\s+)?(?:image|picture)\s+(?:of|showing|depicting|that shows)\s+(?=\S)/i, '');
}

/** Verbs that are nouns as well count only before an article and its like. */
const determiner = String.raw`(?:an?|the|some|one|two|three|four|five|several|many|this|that|my|our|his|her|their|\d+)\s`;
const order = new RegExp(
	String.raw`^(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:(?:generate|create|illustrate|depict|visuali[sz]e|imagine|produce|draw)\s+(?!of\s|for\s|by\s|and\s|or\s)|(?:paint|sketch|make|render|show|design|give|picture|photograph)\s+(?=(?:me|us)\s|${determiner}))(?:(?:me|us)\s+)?(?=\S)`,
	'i',
);

/** `Illustrate the following paragraph: …` */
const orderForText =
	/^(?:(?:can|could|would|please|you)\s+)*(?:illustrate|depict|visuali[sz]e|imagine|generate|create|produce|draw|paint|sketch|make|render|show|design)\s(?:[^:.!?]{0,60}\s)?(?:the following|this)\s+(?:paragraph|text|passage|section|sentence|scene|description|story|idea|concept|prompt)\b[^:.!?]{0,40}:\s*(?=\S)/i;

/** What a prompt says of the manner under a name of its own, and behind it where the next sentence or the matter begins, if it does. */
const ofStyle = /^(?:style|palette|mood|lighting)\s*:(?:.*?([.;]\s+|\bsubject\s*:\s*)(?=\S)|)/i;

/** `This is` of `This is a photo of a fox`; the whole of `The picture is of`. */
const introduction =
	/^(?:(?:this|that|it)(?:\s+is|['’]s)\s+(?=an?\s+(?:[\p{L}-]+\s+){0,3}?(?:photo(?:graph)?|image|picture|drawing|painting|illustration|sketch|screenshot|diagram|render(?:ing)?)\s+(?:of|showing|depicting|that shows)\s)|(?:the|this)\s+(?:image|picture|photo(?:graph)?)\s+is\s+of\s+(?=\S))/iu;

/** The words that introduce what somebody sees. */
const preface =
	/^(?:(?:sure|certainly|of course)[!.,:]?\s+)?(?:(?:here(?:'s| is| are)\b[^:]{0,80}:\s*)|(?:(?:alt(?:ernative)?[ -]text|description|caption)\s*:\s*)|(?:(?:the|this|an?)\s+(?:image|picture)\s+(?:of|shows?|showing|depicts?|features?|captures?|displays?|illustrates?)\s+))(?=\S)/i;

/** Up to where a sentence or a clause ends. A colon ends none: what it announces belongs to it. */
function firstSentence(text: string): string {
	const [first] = endsOf(text);
	return first ? first.before : text;
}

/** The first sentence, the first two, and so on. */
function sentencesIn(text: string): string[] {
	return Array.from(endsOf(text)).flatMap(({ before, end }) => (/^[;；]/.test(end) ? [] : [before]));
}

/** Where sentences and clauses end: what stands before, and what with. */
function* endsOf(text: string): Generator<{ readonly before: string; readonly end: string }> {
	for (const { index, 0: end } of text.matchAll(/[.!?;]+["'”’»)\]]*(?=\s|$)|[。！？；｡۔।؟][」』”’）]*/gu)) {
		const before = text.slice(0, index);
		if (/\p{L}/u.test(before) && isEnd(end, before, text.slice(index + end.length)))
			yield { before: bare(before + endingOf(end)), end };
	}
}

/** What a question or a cry ends with is part of it. */
function endingOf(end: string): string {
	return end.startsWith(';') ? '' : end;
}

function isEnd(end: string, before: string, after: string): boolean {
	const next = after.trimStart();
	if (end.startsWith('..')) return next === '';
	if (end.startsWith('.')) return next === '' || !isAbbreviation(before, next);
	// A character reference, as in `Tom &amp; Jerry`.
	if (end.startsWith(';')) return !/&#?\w+$/.test(before);
	// “Yahoo! at night” goes on.
	return !/^[!?]/.test(end) || !/^\p{Ll}/u.test(next);
}

const abbreviations = new Set(
	'adm al approx apt assoc ave blvd bros ca cap capt cf cm co col corp dept dr ed est etc ex fig figs fl ft gen gov hon hr inc incl jr km lt ltd max min mm mme mr mrs ms mt mts nat nr op oz p pp prof rd rev resp sgt sr st ste str tel univ vol vols vs bzw usw inkl ggf evtl vgl'.split(
		' ',
	),
);

/** `St. Mark’s`, `e.g. a fox`, `J. M. W. Turner`, `No. 5`, `1. a fox`. */
function isAbbreviation(before: string, next: string): boolean {
	const word = /[\p{L}\p{N}.]+$/u.exec(before)?.[0] ?? '';
	if (/^no$/i.test(word)) return /^\d/.test(next);
	return /(?:^|\.)\p{L}$/u.test(word) || abbreviations.has(word.toLowerCase());
}

/** Up to the first part of a list that says only how the picture is made; what stands before the first other part goes too. */
function withoutManner(text: string): string {
	const parts = text.split(/(?<=, )|(?<=，)/);
	const isStyle = parts.map((part) => isManner(bare(part)));
	const first = isStyle.indexOf(false);
	if (first === -1) return text;
	const end = isStyle.indexOf(true, first);
	return bare(parts.slice(first, end === -1 ? undefined : end).join(''));
}

/** A first word with anything but small letters in it (iPhone, utf8, snake_case) is a name, and stays as it is. */
function capitalised(text: string): string {
	const [first = ''] = text;
	const isWord = /^\p{Ll}[\p{Ll}\p{Lo}\p{M}'’-]*[,:;.!?…)"'”’»]*(?:\s|$)/u.test(text);
	const capital = first.toUpperCase();
	return isWord && capital.length === first.length ? capital + text.slice(first.length) : text;
}

function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}

function isShort(text: string): boolean {
	return Array.from(text).length <= altCharacters;
}

/** At most as long as alt text should be: cut between words where there are any, never within a character. */
function shortened(text: string): string {
	if (isShort(text)) return text;
	const cut = whole(text, altCharacters - 1);
	const end = cut.lastIndexOf(' ');
	const kept = end > cut.length / 2 ? cut.slice(0, end) : cut;
	return `${bare(kept) || kept}…`;
}

/** As many characters as people see, of not more than `most` code points. */
function whole(text: string, most: number): string {
	let kept = '';
	let count = 0;
	for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
		count += Array.from(segment).length;
		if (count > most) break;
		kept += segment;
	}
	return kept === '' ? Array.from(text).slice(0, most).join('') : kept;
}
