import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { workspace } from 'vscode';
import * as z from 'zod';
import { settingFor, usesProxy } from '../../src/host/settings';
import { until } from './until';

/** What each layer says of a setting. */
type Layers = Readonly<Record<string, unknown>>;

/** The editor's settings `http.*`, with these layers. What an unguarded reader would get is the workspace's. */
function http(settings: Readonly<Record<string, Layers>>): void {
	mock.method(workspace, 'getConfiguration', (section: string) => {
		assert.equal(section, 'http');
		const inspect = (name: string) => ({ key: `http.${name}`, defaultValue: '', ...settings[name] });
		const get = (name: string) => ({ ...inspect(name), workspaceValue: undefined, ...settings[name] }).workspaceValue;
		return { inspect, get, ...Object.fromEntries(Object.keys(settings).map((name) => [name, get(name)])) };
	});
}

const proxy = 'http://proxy.example:8080';

describe('what the editor says of a proxy in folders', () => {
	afterEach(() => mock.restoreAll());

	for (const [what, settings, environment, expected] of [
		['nobody has one', {}, {}, false],
		['the user has one', { proxy: { globalValue: proxy } }, {}, true],
		['the user’s environment has one', {}, { HTTPS_PROXY: proxy }, true],
		['the user wants none', { proxySupport: { globalValue: 'off' } }, { https_proxy: proxy }, false],
		['the user’s is switched off', { proxy: { globalValue: proxy }, proxySupport: { globalValue: 'off' } }, {}, false],
		['the workspace brings one', { proxy: { workspaceValue: proxy } }, {}, false],
		['a folder brings one', { proxy: { workspaceFolderValue: proxy } }, {}, false],
		['a language brings one', { proxy: { workspaceLanguageValue: proxy, globalLanguageValue: proxy } }, {}, false],
		['the workspace takes it away', { proxy: { globalValue: proxy, workspaceValue: '' } }, {}, true],
		['the workspace switches it off', { proxySupport: { workspaceValue: 'off' } }, { HTTPS_PROXY: proxy }, true],
		['it is no text', { proxy: { globalValue: 7 } }, {}, false],
	] as const) {
		it(`is the user’s alone: ${what}`, () => {
			http(settings);
			assert.equal(usesProxy(environment), expected);
		});
	}

	it('is the user’s alone in the editor too', async () => {
		const file = workspace.workspaceFile;
		assert.ok(file);
		const text = await workspace.fs.readFile(file);
		const original = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(text).toString()));
		// The last one tells when the file has been read.
		const settings = { 'http.proxy': proxy, 'http.proxySupport': 'on', 'limn.output.fileName': 'hostile' };
		await workspace.fs.writeFile(file, Buffer.from(JSON.stringify({ ...original, settings })));
		try {
			await until(() => settingFor('output.fileName') === 'hostile');
			assert.equal(usesProxy({}), false);
		} finally {
			await workspace.fs.writeFile(file, text);
			await until(() => settingFor('output.fileName') === '${slug}');
		}
	});
});
