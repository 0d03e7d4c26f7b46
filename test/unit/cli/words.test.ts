import assert from 'node:assert/strict';
import { addressSetting, providers } from '../../../src/catalogue/providers';
import { parseBaseUrl } from '../../../src/catalogue/baseUrl';
import { inWords } from '../../../src/cli/words';
import { secretRefusal } from '../../../src/documents/sentWords';
import { isImageError, sentencesOf, unsent } from '../../../src/domain/imageError';
import { say } from '../../../src/domain/message';
import { resolveTarget } from '../../../src/store/target';
import { judgeBudget } from '../../../src/spending/budget';

describe('the words of the command line', () => {
	it('name what a terminal has in place of settings', () => {
		for (const { id } of providers) {
			const said = inWords(say('Check the setting {0}.', addressSetting(id)));
			assert.equal(said, `Check LIMN_${id.toUpperCase()}_BASE_URL.`);
		}
		const error = parseBaseUrl('nonsense', 'openai');
		assert.ok(isImageError(error));
		assert.match(sentencesOf(error).map(inWords).join(' '), /^LIMN_OPENAI_BASE_URL (is no address|must begin)/);
	});

	it('say how a budget is raised here', () => {
		const asked = { spent: { today: 1, month: 1 }, reserved: { today: 0, month: 0 } };
		const said = [{ daily: 1 }, { daily: 1.1 }, { monthly: 1 }, { monthly: 1.1 }].map((limits) =>
			inWords(judgeBudget({ ...asked, limits, usd: 0.2 }) ?? assert.fail()),
		);
		const [day, dayShort, month, monthShort] = said;
		for (const each of [day, dayShort]) assert.match(each ?? '', /Raise LIMN_DAILY_BUDGET/);
		for (const each of [month, monthShort]) assert.match(each ?? '', /Raise LIMN_MONTHLY_BUDGET/);
	});

	it('name the root in place of the workspace', () => {
		const templates = { folder: '../x', fileName: '${slug}' };
		const place = { base: '/p', documentFolder: '/p', documentBaseName: '', roots: ['/p'] };
		const facts = {
			slug: '',
			date: '',
			time: '',
			model: '',
			provider: '',
			width: '',
			height: '',
			seed: '',
			id: '',
			index: '',
		};
		const outside = resolveTarget(templates, facts, place);
		assert.ok(isImageError(outside));
		const said = sentencesOf(outside).map(inWords).join(' ');
		assert.match(said, /^\.\.\/x is outside of the root \(--root, else where you are\)\. Choose a place inside/);
	});

	it('offer nothing that only the editor has', () => {
		const said = sentencesOf(secretRefusal('token')).map(inWords);
		assert.deepEqual(said, ['The prompt seems to hold a secret (token), so nothing was sent. Take it out.']);
	});

	it('say how a job is taken up here', () => {
		const said = sentencesOf({ ...unsent('cancelled'), waits: true }).map(inWords);
		assert.equal(said.at(-1), 'It may come yet: limn recover asks for it.');
	});

	it('leave the sentences of others as they are', () => {
		const said = say('Verify yours in the settings of your account there. {0}', 'Raise it in the settings');
		assert.equal(inWords(said), 'Verify yours in the settings of your account there. Raise it in the settings');
	});

	it('obey no terminal', () => {
		assert.equal(inWords(say('There is no {0}.', 'a\u001B[31m\nb\u202E')), 'There is no a [31m b.');
	});
});
