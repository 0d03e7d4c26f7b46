import { mostOfTool } from './toolArguments';
import type { ToolName } from './toolNames';

/** A tool as an agent's model is told of it. */
export interface ToolCard {
	readonly description: string;
	/** JSON Schema of its arguments. */
	readonly input: ObjectSchema;
}

interface ObjectSchema {
	readonly type: 'object';
	readonly properties: Readonly<Record<string, object>>;
	readonly required?: readonly string[];
	readonly additionalProperties: false;
}

const once =
	'It may cost the person money, so call it once for what was asked for, and never again for a failure whose code is over-budget, refused, bad-input, no-key or untrusted unless the arguments or the circumstances have changed.';

const returned =
	"path, its size in pixels and a ready Markdown reference, with the cost and what is left of the person's budget.";

const model = {
	type: 'string',
	description: 'provider/model, for example openai/gpt-image-2. Leave it out unless the person named one.',
};

const n = {
	type: 'integer',
	minimum: 1,
	maximum: mostOfTool.pictures,
	default: 1,
	description: `How many pictures, ${mostOfTool.pictures} at most. Each one costs.`,
};

function promptOf(description: string) {
	return { type: 'string', minLength: 1, maxLength: mostOfTool.characters, description };
}

const rect = {
	type: 'object',
	properties: {
		x: { type: 'integer', description: 'From the left edge.' },
		y: { type: 'integer', description: 'From the top edge.' },
		width: { type: 'integer', minimum: 1 },
		height: { type: 'integer', minimum: 1 },
	},
	required: ['x', 'y', 'width', 'height'],
	additionalProperties: false,
};

/** The tools that make pictures. The editor's manifest says the same; a test compares them. */
export const toolCards: Readonly<Record<ToolName, ToolCard>> = {
	limn_generate_image: {
		description: `Makes pictures from a text prompt, saves them in the workspace and returns, for each one, its ${returned} Use it where a picture, an illustration or a placeholder is wanted; not for diagrams and charts that text can describe exactly (Mermaid, SVG), nor to change a picture that is there: that is limn_edit_image. ${once} Nothing is ever overwritten: a taken name gets -1, -2, and so on. Do not put keys, passwords or private data into the prompt.`,
		input: {
			type: 'object',
			properties: {
				prompt: promptOf('What the picture shows, in words for an image model.'),
				model,
				size: {
					type: 'string',
					description: "Pixels like 1024x1024 or a ratio like 16:9. Leave it out for the model's own.",
				},
				n,
				path: {
					type: 'string',
					description:
						'Where to save it: a relative file path inside the workspace with / that ends with .png, .jpg or .webp, for example docs/images/fox.png. No hidden folders. Leave it out for the usual folder and a name made of the prompt.',
				},
				alt: {
					type: 'string',
					description: 'Alternative text for the reference. Leave it out to have it made of the prompt.',
				},
			},
			required: ['prompt'],
			additionalProperties: false,
		},
	},
	limn_edit_image: {
		description: `Changes a picture of the workspace as a prompt says, saves the result beside it under a new name and returns its ${returned} The document still shows the old picture: put the new reference there. With a mask only those rectangles are repainted and every other pixel stays as it is. The picture is sent to the model's provider. ${once}`,
		input: {
			type: 'object',
			properties: {
				image: {
					type: 'string',
					minLength: 1,
					description: 'The picture: a path inside the workspace, like docs/images/fox.png. PNG, JPEG or WebP.',
				},
				prompt: promptOf('What to change; with a mask, what the rectangles show afterwards.'),
				mask: {
					type: 'array',
					minItems: 1,
					items: rect,
					description:
						'Rectangles to repaint, in pixels of the picture as it is displayed. Leave it out to change the whole picture.',
				},
				model,
				n,
			},
			required: ['image', 'prompt'],
			additionalProperties: false,
		},
	},
};

/** The tool that only looks: documents whose pictures are missing, stale, or not there. The editor shows that by itself. */
export const checkCard: ToolCard = {
	description:
		'Looks through the documents of the workspace and lists, by file and line, pictures that are missing, that were made from an older recipe, that a link does not lead to, or that have no alternative text. Costs nothing, sends nothing and changes nothing.',
	input: {
		type: 'object',
		properties: {
			paths: {
				type: 'array',
				items: { type: 'string', minLength: 1 },
				description: 'Relative paths of documents or folders inside the workspace. Leave it out for all of them.',
			},
		},
		additionalProperties: false,
	},
};
