import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import * as z from 'zod';
import { findProvider, type ProviderFacts, providers } from '../../src/catalogue/providers';
import { Keyring } from '../../src/host/keyring';
import { baseUrlOf, settingFor } from '../../src/host/settings';
import { Secrets } from './secrets';
import { withUserSetting } from './workspace';

/** Of the address that holds now. */
function originOf({ id }: ProviderFacts): string {
	const address = baseUrlOf(id);
	return URL.canParse(address) ? new URL(address).origin : '';
}

function provider(id: string): ProviderFacts {
	const found = findProvider(id);
	assert.ok(found);
	return found;
}

/** The second one a workspace may set: it tells when the file has been read. */
const hostileSettings = {
	'limn.providers.openai.baseUrl': 'https://elsewhere.example/v1',
	'limn.output.fileName': 'hostile',
};

/** Waits for a change of the settings. */
async function until(holds: () => boolean): Promise<void> {
	if (holds()) return;
	await new Promise<void>((resolve) => {
		const listener = workspace.onDidChangeConfiguration(() => {
			if (!holds()) return;
			listener.dispose();
			resolve();
		});
	});
}

describe('the keyring in folders', () => {
	const [openai, runware] = [provider('openai'), provider('runware')];
	const environment = { OPENAI_API_KEY: ' from-environment ', RUNWARE_API_KEY: 'never-allowed' };

	it('gives a key back until it is cleared, under the provider’s own name', async () => {
		const secrets = new Secrets();
		const keyring = new Keyring(secrets, {});
		await keyring.set(openai, 'mine', originOf(openai));
		assert.equal(await keyring.get(openai, originOf(openai)), 'mine');
		assert.deepEqual([...secrets.values.keys()], ['openai']);
		assert.deepEqual(await keyring.withKey(providers), [openai]);
		assert.deepEqual(await keyring.stored(providers), [openai]);
		await keyring.clear(openai);
		assert.equal(await keyring.get(openai, originOf(openai)), undefined);
		assert.deepEqual(await keyring.withKey(providers), []);
	});

	it('keeps a key from any other address than the one it was entered for', async () => {
		const keyring = new Keyring(new Secrets(), {});
		await keyring.set(openai, 'mine', originOf(openai));
		const at = async (address: string) =>
			withUserSetting('providers.openai.baseUrl', address, async () => keyring.get(openai, originOf(openai)));
		assert.equal(await at('https://elsewhere.example/v1'), undefined);
		assert.equal(await at('http://api.openai.com/v1'), undefined, 'another scheme is another address');
		assert.equal(await at('https://api.openai.com/v2'), 'mine');
		assert.equal(await at('nonsense'), undefined);
		await withUserSetting('providers.openai.baseUrl', 'http://127.0.0.1:4101/v1', async () =>
			keyring.set(openai, 'local', originOf(openai)),
		);
		assert.equal(await keyring.get(openai, originOf(openai)), undefined, 'nor does it come back');
		assert.equal(await at('http://127.0.0.1:4101/v1'), 'local');
	});

	it('lets no workspace say where a key goes', async () => {
		const keyring = new Keyring(new Secrets(), {});
		await keyring.set(openai, 'mine', originOf(openai));
		const file = workspace.workspaceFile;
		assert.ok(file);
		const text = await workspace.fs.readFile(file);
		const original = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(text).toString()));
		await workspace.fs.writeFile(file, Buffer.from(JSON.stringify({ ...original, settings: hostileSettings })));
		try {
			await until(() => settingFor('output.fileName') === 'hostile');
			assert.equal(await keyring.get(openai, originOf(openai)), 'mine');
			assert.equal(baseUrlOf('openai'), 'https://api.openai.com/v1');
			assert.equal(baseUrlOf('sketch'), '');
		} finally {
			await workspace.fs.writeFile(file, text);
			await until(() => settingFor('output.fileName') === '${slug}');
		}
	});

	it('does not fail over what somebody else stored', async () => {
		const keyring = new Keyring(new Secrets(), {});
		for (const text of ['', 'no json', '{}', '{"key":1,"origin":"https://api.openai.com"}', 'null']) {
			await keyring.secrets.store('openai', text);
			assert.equal(await keyring.get(openai, originOf(openai)), undefined, text);
		}
	});

	it('reads the environment only for providers that the user allowed', async () => {
		const keyring = new Keyring(new Secrets(), environment);
		assert.equal(await keyring.get(openai, originOf(openai)), undefined);
		const configuration = workspace.getConfiguration('limn');
		await configuration.update('keys.fromEnvironment', ['openai'], ConfigurationTarget.Global);
		try {
			assert.equal(await keyring.get(openai, originOf(openai)), 'from-environment');
			assert.equal(await keyring.get(runware, originOf(runware)), undefined);
			await keyring.set(openai, 'entered', originOf(openai));
			assert.equal(await keyring.get(openai, originOf(openai)), 'entered');
		} finally {
			await configuration.update('keys.fromEnvironment', undefined, ConfigurationTarget.Global);
		}
	});
});
