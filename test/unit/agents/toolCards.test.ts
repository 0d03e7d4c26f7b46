import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import * as z from 'zod';
import {
	checkToolArguments,
	editToolArguments,
	generateToolArguments,
	parseToolArguments,
} from '../../../src/agents/toolArguments';
import { checkCard, type ToolCard, toolCards } from '../../../src/agents/toolCards';

const manifest = z
	.object({
		contributes: z.object({
			languageModelTools: z.array(
				z.object({ name: z.string(), modelDescription: z.string(), inputSchema: z.record(z.string(), z.unknown()) }),
			),
		}),
	})
	.parse(JSON.parse(readFileSync('package.json', 'utf8')));

const tools: readonly { readonly card: ToolCard; readonly schema: z.ZodType }[] = [
	{ card: toolCards.limn_generate_image, schema: generateToolArguments },
	{ card: toolCards.limn_edit_image, schema: editToolArguments },
	{ card: checkCard, schema: checkToolArguments },
];

const rect = { x: 0, y: 0, width: 4, height: 4 };

/** What agents send, and worse. */
const inputs: readonly unknown[] = [
	{ prompt: 'a fox' },
	{ prompt: 'a fox', n: 10, model: 'sketch/placeholder', size: '16:9', path: 'a/b.png', alt: '' },
	{ prompt: 'a fox', n: 11 },
	{ prompt: 'a fox', n: 0 },
	{ prompt: 'a fox', n: 1.5 },
	{ prompt: '' },
	{ prompt: 'a'.repeat(8000) },
	{ prompt: 'a'.repeat(8001) },
	{ prompt: 7 },
	{ prompt: 'a fox', base64: true },
	{ image: 'a.png', prompt: 'a fox' },
	{ image: 'a.png', prompt: 'a fox', mask: [rect] },
	{ image: 'a.png', prompt: 'a fox', mask: [] },
	{ image: 'a.png', prompt: 'a fox', mask: [{ ...rect, width: 0 }] },
	{ image: 'a.png', prompt: 'a fox', mask: [{ ...rect, colour: 'red' }] },
	{ image: 'a.png', prompt: 'a fox', mask: 'mask.png' },
	{ image: '', prompt: 'a fox' },
	{ paths: ['docs'] },
	{ paths: 'docs' },
	{ paths: [''] },
	{},
	[],
	null,
	'a fox',
];

describe('the tools as agents are told of them', () => {
	it('are the same in the editor’s manifest', () => {
		const told = Object.entries(toolCards).map(([name, { description, input }]) => ({
			name,
			modelDescription: description,
			inputSchema: input,
		}));
		assert.deepEqual(told, manifest.contributes.languageModelTools);
	});

	it('take by their schema what is taken from them, and nothing else', () => {
		const ajv = new Ajv({ strict: true });
		for (const { card, schema } of tools) {
			const isValid = ajv.compile(card.input);
			for (const input of inputs) {
				const isTaken = 'value' in parseToolArguments(schema, input);
				assert.equal(isTaken, isValid(input), JSON.stringify(input)?.slice(0, 200));
			}
		}
	});

	it('describe every argument', () => {
		const describing = z.looseObject({ description: z.string().min(10) });
		for (const { card } of tools) {
			for (const [name, property] of Object.entries(card.input.properties)) {
				assert.ok(describing.safeParse(property).success, name);
			}
		}
	});

	it('say which of them to take: the one that makes names the one that changes, and what neither is for', () => {
		const { limn_generate_image: makes, limn_edit_image: changes } = toolCards;
		assert.match(makes.description, /Use it where .*; not for diagrams.*: that is limn_edit_image\./);
		assert.match(changes.description, /^Changes a picture of the workspace/);
	});
});
