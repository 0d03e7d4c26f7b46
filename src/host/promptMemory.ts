import { EventEmitter, type Memento } from 'vscode';
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

interface Choices {
	readonly model?: string | undefined;
	readonly size?: string | undefined;
}

const key = 'promptBox';
const maxPrompts = 50;

/** The prompt box's memory between two uses. The count is not in it: a forgotten 10 would be paid ten times. */
export class PromptMemory {
	readonly #changes = new EventEmitter<void>();
	readonly onDidChange = this.#changes.event;

	constructor(readonly state: Memento) {}

	get(): Remembered {
		return remembered.catch({ prompts: [] }).parse(this.state.get(key));
	}

	/** What the settings say holds again. */
	async forgetModel(): Promise<void> {
		const { model: _, ...others } = this.get();
		await this.#keep(others);
	}

	/** Of model and size only what the person changed in the box: what an order brought in is that order's own. */
	async remember(prompt: string, brought: Choices, chosen: Choices): Promise<void> {
		const { prompts, model, size } = this.get();
		await this.#keep({
			prompts: [prompt, ...prompts.filter((earlier) => earlier !== prompt)].slice(0, maxPrompts),
			model: chosen.model === brought.model ? model : chosen.model,
			size: chosen.size === brought.size ? size : chosen.size,
		});
	}

	async #keep(memory: Remembered): Promise<void> {
		await this.state.update(key, memory);
		this.#changes.fire();
	}
}
