import type { Locator } from 'playwright-core';

/** Whether it comes to be seen in time. */
export async function appears(locator: Locator, timeoutMs: number): Promise<boolean> {
	return locator.waitFor({ timeout: timeoutMs }).then(
		() => true,
		() => false,
	);
}

/** Whether it is gone in time. */
export async function vanishes(locator: Locator, timeoutMs: number): Promise<boolean> {
	return locator.waitFor({ state: 'hidden', timeout: timeoutMs }).then(
		() => true,
		() => false,
	);
}

/** An accessible name of this text, or of this text and, after `separator`, what the workbench adds: keybindings, a folder. */
export function beginsWith(text: string, separator = ''): RegExp {
	const literally = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
	return new RegExp(`^${literally}(${separator}|$)`);
}
