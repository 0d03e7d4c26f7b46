import * as z from 'zod';
import { type ImageError, unsent } from '../domain/imageError';
import { isBlank } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import { parseSizeWish } from '../domain/size';

/** Anywhere: what of it is outside the picture does not count. */
export const rectArgument = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });

/** `1024x1024` or `16:9`. */
export const sizeArgument = z.string().transform((text, context) => {
	const wish = parseSizeWish(text);
	if (wish) return wish;
	context.issues.push({ code: 'custom', input: text, message: 'no size' });
	return z.NEVER;
});

/** A text in which there is something to read. */
export const promptArgument = z.string().refine((text) => !isBlank(text));

/** Of one call of a tool: a person confirms it, and reads all of it. */
export const mostOfTool = { pictures: 10, characters: 8000 };

const asked = {
	prompt: promptArgument.max(mostOfTool.characters),
	model: z.string().optional(),
	n: z.int().min(1).max(mostOfTool.pictures).default(1),
};

/** Arguments of the tool `limn_generate_image`. */
export const generateToolArguments = z.strictObject({
	...asked,
	size: sizeArgument.optional(),
	path: z.string().min(1).optional(),
	alt: z.string().optional(),
});

/** Arguments of the tool `limn_edit_image`. */
export const editToolArguments = z.strictObject({
	...asked,
	image: z.string().min(1),
	mask: z.array(rectArgument).min(1).optional(),
});

/** Arguments of the tool `limn_check_images`. */
export const checkToolArguments = z.strictObject({ paths: z.array(z.string().min(1)).optional() });

/** What each argument must be, for the sentence that refuses it: words, or values as they are written. */
export type ArgumentRules = Readonly<Record<string, Message | string>>;

const ofTools: ArgumentRules = {
	prompt: say('a text that is not blank, of at most {0} characters', mostOfTool.characters),
	model: say('a name like openai/gpt-image-2'),
	size: say('a size like 1024x1024 or a ratio like 16:9'),
	n: say('a whole number from 1 to {0}', mostOfTool.pictures),
	path: say('a relative file path inside the workspace, like docs/images/fox.png'),
	alt: say('a text'),
	image: say('the path or URI of a picture inside the workspace'),
	mask: say('a list of { x, y, width, height } in whole pixels'),
	paths: say('a list of relative paths of files and folders inside the workspace'),
};

/** Parses the argument object of a tool; see {@link parseByRules}. */
export function parseToolArguments<T>(schema: z.ZodType<T>, argument: unknown): { value: T } | { error: ImageError } {
	return parseByRules(schema, argument, ofTools);
}

/** Parses an argument object; what is wrong with it is one error that says what is allowed. */
export function parseByRules<T>(
	schema: z.ZodType<T>,
	argument: unknown,
	rules: ArgumentRules,
): { value: T } | { error: ImageError } {
	const { data, error } = schema.safeParse(argument);
	if (!error) return { value: data };
	const [issue] = error.issues;
	if (issue?.code === 'unrecognized_keys' && issue.path.length === 0) {
		const known = schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') : '';
		return { error: unsent('bad-input', say('There is no argument {0}. Allowed: {1}.', issue.keys.join(', '), known)) };
	}
	const name = String(issue?.path[0] ?? '');
	if (name === '') return { error: unsent('bad-input', say('The argument must be one object.')) };
	return { error: unsent('bad-input', say('{0} must be {1}.', name, rules[name] ?? '')) };
}
