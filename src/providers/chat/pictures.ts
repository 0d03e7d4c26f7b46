import * as z from 'zod';
import { maxPictures } from '../../domain/imageRequest';
import { isPictureBytes, type PictureBytes } from '../../domain/picture';
import { bytesOf, decodedPicture, distinct, type Found, pictureAt } from '../found';
import { answerOf, type Choice, isRefused, type Message, messageOf } from './answer';
import { beginsLikePicture, picturesInText, type Seen } from './textPictures';

/** JSON may stand in a text of JSON: so often it is read. */
const deepest = 3;

const anything = z.unknown().optional();
/** In the place of a picture: the transport has decoded the long texts already. */
const place = z.union([z.string(), decodedPicture]).optional().catch(undefined);
const holder = z.object({ url: place, data: place }).catch({});

const part = z.object({
	image_url: z.union([z.string(), decodedPicture, holder]),
	url: place,
	b64_json: place,
	data: place,
	result: place,
	source: holder,
	inlineData: holder,
	inline_data: holder,
	// A list where the transport has found a picture among the words.
	text: anything,
	content: anything,
});

/**
 * The pictures of an answer, each once, in every shape that gateways are known to give them (OpenAI-compatible reference, *Union of
 * shapes*), in its order. What type an answer declares is not looked at: the bytes say it. More than anybody asks for are not taken,
 * since a model may write any number of addresses; and a guessed address only where there is nothing else.
 */
export function picturesIn(json: unknown): Seen[] {
	const all = distinct(inAnswer(json, 0));
	const sure = all.filter(({ among }) => among !== 'talk');
	return sure.length > 0 || all.length > 1 ? sure.slice(0, maxPictures) : all;
}

function inAnswer(json: unknown, depth: number): Seen[] {
	const answer = answerOf(json);
	if (!answer) return [];
	return [
		...answer.choices.flatMap((choice) => inChoice(choice, depth)),
		...[...answer.data, ...answer.images, ...answer.output].flatMap((item) => inPart(item, depth)),
	];
}

/** Who refuses names the rules that were broken, and where they stand: no address among such words is a picture's. */
function inChoice(choice: Choice, depth: number): Seen[] {
	const found = inMessage(choice.message, depth);
	return isRefused(choice) ? found.filter(({ among }) => among === undefined) : found;
}

function inMessage(said: Message | undefined, depth: number): Seen[] {
	if (!said) return [];
	return [...said.images.flatMap((item) => inPart(item, depth)), ...inContent(said.content, depth)];
}

function inContent(content: unknown, depth: number): Seen[] {
	if (typeof content === 'string') return inText(content, depth);
	const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
	return parts.flatMap((each) => (typeof each === 'string' ? inText(each, depth) : inPart(each, depth)));
}

/** One element of `images`, `content`, `data` or `output`: a picture under any of its names, or a text with pictures. */
function inPart(item: unknown, depth: number): Seen[] {
	if (typeof item === 'string' || isPictureBytes(item)) return asList(addressed(item));
	const { data } = part.safeParse(item);
	if (!data || depth > deepest) return [];
	const { image_url: image, source, inlineData, inline_data: snake } = data;
	const isHolder = typeof image === 'object' && !isPictureBytes(image);
	const addresses = [isHolder ? image.url : image, data.url, source.url];
	const encoded = [data.b64_json, data.data, data.result, source.data, inlineData.data, snake.data];
	// One picture may stand under two names, as bytes and by address: the first is enough.
	const found = first(addresses, addressed) ?? first(encoded, decoded);
	return found ? [found] : [data.text, data.content].flatMap((text) => inContent(text, depth + 1));
}

function inText(text: string, depth: number): Seen[] {
	const json = depth < deepest ? jsonIn(text) : undefined;
	const found = json === undefined ? [] : inJson(json, depth + 1);
	if (found.length === 0) return picturesInText(text);
	return found.map((each) => ('url' in each ? { url: each.url, among: each.among ?? 'words' } : each));
}

/** What a text of JSON says: an answer, a part, or a list of parts. */
function inJson(json: unknown, depth: number): Seen[] {
	if (Array.isArray(json)) return json.flatMap((item: unknown) => inPart(item, depth));
	return [...inAnswer(json, depth), ...inMessage(messageOf(json), depth), ...inPart(json, depth)];
}

/** A text that is JSON, fenced as code or not. */
function jsonIn(text: string): unknown {
	const [, fenced] = /^\s{0,9}```[a-z]{0,9}\s{1,9}([^`]+)```/i.exec(text) ?? [];
	const bare = (fenced ?? text).trim();
	if (!/^[{[]/.test(bare)) return undefined;
	try {
		return JSON.parse(bare);
	} catch {
		return undefined;
	}
}

function first(values: readonly z.infer<typeof place>[], read: (value: string | PictureBytes) => Found | undefined) {
	return values.map((value) => (value === undefined ? undefined : read(value))).find((found) => found !== undefined);
}

/** Where an address belongs: one on the web, one on the server itself, or the picture after all. */
function addressed(value: string | PictureBytes): Found | undefined {
	const found = pictureAt(value);
	if (found || typeof value !== 'string') return found;
	if (beginsLikePicture(value)) return decoded(value);
	return /^\/[^\s/]\S*$/.test(value) ? { url: value } : undefined;
}

/** Where base64 belongs. */
function decoded(value: string | PictureBytes): Found | undefined {
	const found = pictureAt(value);
	if (found || typeof value !== 'string') return found;
	const bytes = bytesOf(value);
	return bytes && { bytes };
}

function asList(found: Found | undefined): Found[] {
	return found ? [found] : [];
}
