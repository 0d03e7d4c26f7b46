import * as z from 'zod';

const text = z.string().catch('');
const list = z.array(z.unknown()).catch([]);
const anything = z.unknown().optional();

const messageSchema = z.object({ images: list, content: anything, refusal: text });
const choiceSchema = z.object({
	message: messageSchema.catch({ images: [], refusal: '' }),
	finish_reason: text,
});
const answerSchema = z.object({
	choices: z.array(choiceSchema.catch({ message: { images: [], refusal: '' }, finish_reason: '' })).catch([]),
	data: list,
	images: list,
	output: list,
	// OpenRouter's word for what the whole answer cost, in USD (OpenAI-compatible reference, *OpenRouter*).
	usage: z
		.object({ cost: z.number().min(0) })
		.optional()
		.catch(undefined),
});

export type Message = z.infer<typeof messageSchema>;
export type Choice = z.infer<typeof choiceSchema>;
export type Answer = z.infer<typeof answerSchema>;

/** `undefined`: this is no object. */
export function messageOf(json: unknown): Message | undefined {
	return messageSchema.safeParse(json).data;
}

/** What is there of an answer, whatever else is in it. `undefined`: this is no object. */
export function answerOf(json: unknown): Answer | undefined {
	return answerSchema.safeParse(json).data;
}

/** The model would not draw it. */
export function isRefused({ message, finish_reason: reason }: Choice): boolean {
	return message.refusal.trim() !== '' || reason === 'content_filter';
}

/** What messages say in words: in a text, or in the texts of a list of parts. */
export function wordsIn(choices: readonly Choice[]): string {
	return choices.flatMap(({ message }) => wordsOfContent(message.content, 0)).join(' ');
}

const part = z.object({ text: anything });

/** A text with a picture in it is a list itself. */
function wordsOfContent(content: unknown, depth: number): string[] {
	if (typeof content === 'string') return [content];
	if (Array.isArray(content)) {
		return depth > 2 ? [] : content.flatMap((item: unknown) => wordsOfContent(item, depth + 1));
	}
	const { data } = part.safeParse(content);
	return data?.text === undefined || depth > 2 ? [] : wordsOfContent(data.text, depth + 1);
}
