// Installs what the suites need and this machine lacks: suites that run side by side must not do it at once.
import { findBrowser } from '../editor/browser';
import { installCodeServer } from '../editor/codeServer';
import { findPython } from '../unit/documents/languages/docutils';

/** Debian's packages and npm's come side by side; of each kind, one thing after the other. */
const needs = [
	[findBrowser, findPython],
	[async () => installCodeServer(), async () => installCodeServer('1.100')],
];

async function main(): Promise<void> {
	await Promise.all(needs.map(inOrder));
}

async function inOrder(kind: readonly (() => Promise<unknown>)[]): Promise<void> {
	for (const provide of kind) {
		// The suite that cannot do without it says so.
		await provide().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
