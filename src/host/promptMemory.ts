import type { Memento } from 'vscode';
import * as z from 'zod';

/** What the prompt box offers again. Kept per workspace, because prompts belong to what they were written for. */
const remembered = z.object({
	/** Newest first. */
	prompts: z.array(z.string()),
	/** Chosen in the box; absent: what the settings and the model say. */
	model: z.string().optional(),
	size: z.string().optional(),
});

type Remembered = z.infer<typeof remembered>;

const key = 'promptBox';
const maxPrompts = 50;

/** The prompt box's memory between two uses. The count is not in it: a forgotten 10 would be paid ten times. */
export class PromptMemory {
	constructor(readonly state: Memento) {}

	get(): Remembered {
		return remembered.catch({ prompts: [] }).parse(this.state.get(key));
	}

	async remember(prompt: string, model: string | undefined, size: string | undefined): Promise<void> {
		const prompts = [prompt, ...this.get().prompts.filter((earlier) => earlier !== prompt)].slice(0, maxPrompts);
		await this.state.update(key, { prompts, model, size });
	}
}
