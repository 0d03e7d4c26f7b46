import { mock } from 'node:test';
import { ConfigurationTarget, window, workspace } from 'vscode';

/** A dialog that a person answers, and what it said. */
export function person(answer: 'yes' | 'no' = 'yes'): string[] {
	const said: string[] = [];
	mock.method(window, 'showWarningMessage', async (question: string, { detail }: { detail: string }, yes: string) => {
		said.push(`${question}\n${detail}`);
		return answer === 'yes' ? yes : undefined;
	});
	return said;
}

/** In the host tests' editor nobody is asked otherwise, see hostTests.ts: whoever sets this sets it back to `null`. */
export async function confirmAbove(usd: number | null): Promise<void> {
	await workspace.getConfiguration('limn').update('budget.confirmAbove', usd, ConfigurationTarget.Global);
}
