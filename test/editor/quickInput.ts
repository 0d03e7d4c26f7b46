import type { Locator, Page } from 'playwright-core';
import { appears } from './locators';

/** The box at the top of the workbench: the palette, a pick, or an extension's input box. */
export class QuickInput {
	/** The whole box; the workbench gives it no role. */
	readonly widget: Locator;
	/** Where one types. */
	readonly field: Locator;

	constructor(private readonly page: Page) {
		this.widget = page.locator('.quick-input-widget');
		const { widget } = this;
		const secret = widget.locator('input[type="password"]');
		this.field = widget.getByRole('textbox').or(widget.getByRole('combobox')).or(secret).first();
	}

	/** The line above the field. */
	get title(): Locator {
		return this.widget.locator('.quick-input-title');
	}

	/** A button beside the title, by its tooltip. */
	button(label: string | RegExp): Locator {
		return this.widget.getByRole('button', { name: label });
	}

	/** A row, by its label and what follows it. */
	option(label: string | RegExp): Locator {
		return this.widget.getByRole('option', { name: label }).first();
	}

	/** Replaces what is in the field. */
	async type(text: string): Promise<void> {
		await this.field.fill(text);
	}

	/** Types and confirms. */
	async submit(text: string): Promise<void> {
		await this.type(text);
		await this.field.press('Enter');
	}

	/** Opens a list by its key, types into it and takes a row. What is new may not be listed at once. */
	async choose(key: string, text: string, label: RegExp, patienceMs: number): Promise<void> {
		const row = this.option(label);
		const deadline = Date.now() + patienceMs;
		for (;;) {
			await this.page.keyboard.press(key);
			// A window that is busy loses a key now and then; what takes the focus late closes the box again.
			const isTyped = (await appears(this.field, 2000)) && (await this.#typed(text));
			if (isTyped && (await appears(row, 2000))) break;
			if (Date.now() > deadline) throw new Error(`"${text}" finds no row that matches ${label}.`);
			if (await this.field.isVisible()) await this.dismiss();
		}
		await row.click();
		// So that no tooltip is shown of what comes to lie under the mouse.
		await this.page.mouse.move(0, 0);
	}

	/** Whether the box stayed open for it. */
	async #typed(text: string): Promise<boolean> {
		return this.field.fill(text, { timeout: 2000 }).then(
			() => true,
			() => false,
		);
	}

	/** Leaves it without an answer. */
	async dismiss(): Promise<void> {
		await this.field.press('Escape');
		await this.widget.waitFor({ state: 'hidden' });
	}
}
