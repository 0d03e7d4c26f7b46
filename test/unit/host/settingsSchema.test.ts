import assert from 'node:assert/strict';
import { ofTheUserAlone, settingsSchema } from '../../../src/host/settingsSchema';

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

/** The budget of a day and the limit that hold where this is written. */
function held(daily: unknown): (number | null)[] {
	const settings = settingsSchema.parse({ 'budget.daily': daily, 'budget.confirmAbove': daily });
	return [settings['budget.daily'], settings['budget.confirmAbove']];
}

describe('the budgets of the settings', () => {
	it('are as much as is written', () => {
		assert.deepEqual(held(2.5), [2.5, 2.5]);
		assert.deepEqual(held(0), [0, 0]);
		assert.deepEqual(held(null), [null, null]);
		assert.deepEqual(held(undefined), [null, 0.25]);
	});

	it('leave nothing to spend where nobody can tell how much they are', () => {
		for (const wrong of ['5', -1, Number.NaN, true, {}])
			assert.deepEqual(held(wrong), [0, 0.25], JSON.stringify(wrong));
	});

	it('are the user’s alone', () => {
		for (const name of ['budget.confirmAbove', 'budget.daily', 'budget.monthly']) assert.ok(ofTheUserAlone.has(name));
	});
});
