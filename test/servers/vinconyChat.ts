import * as z from 'zod';
import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';
import { Refusal } from './answer';
import { decodePicture } from './pictureFiles';
import { colourOf, drawEdit, drawPicture } from './pictures';
import type { Turn } from './turn';

const partSchema = z.union([
	z.object({ type: z.literal('text'), text: z.string() }),
	z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);

const messageSchema = z.object({
	role: z.enum(['system', 'developer', 'user', 'assistant']),
	content: z.union([z.string(), z.array(partSchema)]).nullish(),
});

type Message = z.infer<typeof messageSchema>;

/** Fields that are none of these are passed over, as by most gateways. */
const chatSchema = z.object({
	model: z.string(),
	messages: z.array(messageSchema).min(1),
	stream: z.boolean().nullish(),
	image_config: z.object({ aspect_ratio: z.string().optional() }).nullish(),
});

export type Chat = z.infer<typeof chatSchema>;

/** The body of a request, or the first complaint of the schema. */
export function readChat(body: unknown): Chat {
	const parsed = chatSchema.safeParse(body);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw refusal(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

export function refusal(status: number, message: string): Refusal {
	return new Refusal({ status, message, type: 'vincony', code: null });
}

/** The text of what the user said last. */
export function promptOf(messages: readonly Message[]): string {
	return partsOf(messages)
		.flatMap((part) => (part.type === 'text' ? [part.text] : []))
		.join('\n');
}

function partsOf(messages: readonly Message[]): readonly z.infer<typeof partSchema>[] {
	const content = messages.findLast(({ role }) => role === 'user')?.content ?? [];
	return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

/** The prompt of whatever is in the body, for what looks for words in it. */
export function promptIn(body: unknown): string {
	const parsed = chatSchema.safeParse(body);
	return parsed.success ? promptOf(parsed.data.messages) : '';
}

/** The picture that was asked for: a new one, or the first that came along, changed. */
export async function pictureFor(turn: Turn, { messages, image_config: config }: Chat): Promise<Pixels> {
	const prompt = promptOf(messages);
	const urls = partsOf(messages).flatMap((part) => (part.type === 'image_url' ? [part.image_url.url] : []));
	const [source] = await Promise.all(urls.map(async (url) => readPicture(turn, url)));
	const ratio = config?.aspect_ratio;
	const size = ratio === undefined && source ? source : ofRatio(ratio ?? '1:1');
	const { width, height } = size;
	if (!source) return drawPicture(size, colourOf(prompt));
	return drawEdit({ source, size: { width, height }, colour: colourOf(prompt), area: undefined, habits: turn.habits });
}

/** From a data URL or from an address of the emulator, which goes nowhere else. */
async function readPicture(turn: Turn, url: string): Promise<Pixels> {
	const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
	const bytes = base64 === undefined ? turn.published(url) : Buffer.from(base64, 'base64');
	const picture = bytes && (await decodePicture(bytes));
	if (!picture) throw refusal(400, 'An image of the message could not be read');
	return picture.pixels;
}

/** About a million pixels, on a grid of 32. */
function ofRatio(ratio: string): Size {
	const [, across, down] = /^(\d{1,2}):(\d{1,2})$/.exec(ratio) ?? [];
	const share = Number(across) / Number(down);
	if (!(share >= 0.1 && share <= 10)) throw refusal(400, `Unsupported aspect ratio ${ratio}`);
	return { width: onGrid(1024 * Math.sqrt(share)), height: onGrid(1024 / Math.sqrt(share)) };
}

function onGrid(pixels: number): number {
	return Math.round(pixels / 32) * 32;
}
