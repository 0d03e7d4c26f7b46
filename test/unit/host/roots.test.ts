import assert from 'node:assert/strict';
import { isBelow, isPartOf } from '../../../src/host/studio/roots';

function place(path: string, scheme = 'file', authority = '') {
	return { scheme, authority, path };
}

describe('a webview’s roots', () => {
	it('are parts of the workspace, never all of it', () => {
		const whole = [place('/ws'), place('/other')];
		for (const path of ['/ws/images', '/ws/a/b', '/other/x']) assert.ok(isPartOf(place(path), whole), path);
		for (const path of ['/ws', '/other', '/', '/wsx', '/ws/../etc', '/home']) {
			assert.ok(!isPartOf(place(path), whole), path);
		}
		assert.ok(!isPartOf(place('/ws/images'), []));
	});

	it('are also folders of the workspace that are parts of others, and what holds them', () => {
		const whole = [place('/ws'), place('/ws/a/docs')];
		for (const path of ['/ws/a/docs', '/ws/a', '/ws/a/docs/images']) assert.ok(isPartOf(place(path), whole), path);
		assert.ok(!isPartOf(place('/ws'), whole));
	});

	it('are of the same file system', () => {
		const whole = [place('/ws'), place('/ws', 'vscode-vfs', 'github')];
		assert.ok(isPartOf(place('/ws/x', 'vscode-vfs', 'github'), whole));
		assert.ok(!isPartOf(place('/ws/x', 'vscode-vfs', 'gitlab'), whole));
		assert.ok(!isPartOf(place('/ws/x', 'memfs'), whole));
		// Another file system's folder of the same path is not this one's whole.
		assert.ok(isPartOf(place('/a/b'), [place('/a'), place('/a/b', 'memfs')]));
		assert.ok(!isBelow(place('/ws/x', 'memfs'), place('/ws')));
	});

	it('hold themselves and what is below', () => {
		for (const path of ['/ws', '/ws/', '/ws/x.png', '/ws/a/../x']) assert.ok(isBelow(place(path), place('/ws')), path);
		for (const path of ['/wsx', '/', '/ws/../x']) assert.ok(!isBelow(place(path), place('/ws')), path);
	});
});
