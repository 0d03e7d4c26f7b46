import assert from 'node:assert/strict';
import { settingsSchema } from '../../../src/host/settingsSchema';

/** The templates that hold of those in the settings. */
function templatesOf(templates: unknown) {
	return settingsSchema.parse({ 'insert.templates': templates })['insert.templates'];
}

describe('the templates of the settings', () => {
	it('are texts', () => {
		assert.deepEqual(templatesOf({ markdown: '![${alt}](${src})', html: 7 }), { markdown: '![${alt}](${src})' });
		assert.deepEqual(templatesOf('![]()'), {});
	});

	it('are not so long that to read them would take long', () => {
		const longest = '${src}'.padEnd(4000, '<');
		assert.deepEqual(templatesOf({ html: longest, markdown: `${longest}<` }), { html: longest });
	});
});
