import assert from 'node:assert/strict';
import { until } from './until';
import { commands, ConfigurationTarget, workspace } from 'vscode';

async function choose(argument: object): Promise<unknown> {
	return commands.executeCommand('limn.chooseModel', argument);
}

function set() {
	const { globalValue, workspaceValue } = workspace.getConfiguration('limn').inspect('model') ?? {};
	return [globalValue, workspaceValue];
}

describe('choosing a model in folders', () => {
	afterEach(async () => {
		for (const target of [ConfigurationTarget.Global, ConfigurationTarget.Workspace]) {
			await workspace.getConfiguration('limn').update('model', undefined, target);
		}
	});

	it('sets it for the user, or for the workspace where that has one of its own', async () => {
		assert.equal(await choose({ model: 'sketch/placeholder' }), 'sketch/placeholder');
		await until(() => set()[0] === 'sketch/placeholder');
		assert.deepEqual(set(), ['sketch/placeholder', undefined]);
		await workspace.getConfiguration('limn').update('model', 'openai/gpt-image-2', ConfigurationTarget.Workspace);
		// The editor says that it is done before it says what it did.
		await until(() => set()[1] === 'openai/gpt-image-2');
		await choose({ model: 'runware/anything:at@all' });
		await until(() => set()[1] === 'runware/anything:at@all');
		assert.deepEqual(set(), ['sketch/placeholder', 'runware/anything:at@all']);
		assert.equal(await choose({ model: 'auto' }), 'auto');
		await until(() => set()[1] === 'auto');
		assert.deepEqual(set(), ['sketch/placeholder', 'auto']);
	});

	it('sets nothing that is no model', async () => {
		assert.equal(await choose({ model: 'sketch/oils' }), undefined);
		assert.equal(await choose({ model: 7 }), undefined);
		assert.deepEqual(set(), [undefined, undefined]);
	});
});
