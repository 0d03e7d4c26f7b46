import assert from 'node:assert/strict';
import path from 'node:path';
import { findProvider } from '../../../src/catalogue/providers';
import { endpointOf, homeIn, keysIn, limitsIn, usdIn, withKey } from '../../../src/cli/environment';
import { Misuse } from '../../../src/cli/flags';
import { isImageError, sentencesOf } from '../../../src/domain/imageError';
import { english } from '../../../src/domain/message';

const [openai, custom] = ['openai', 'custom'].map((id) => findProvider(id) ?? assert.fail());
const key = ['sk', 'for', 'tests'].join('-');

describe('the environment', () => {
	it('has the keys, and nothing else has', () => {
		const environment = { OPENAI_API_KEY: ` ${key}\n`, RUNWARE_API_KEY: '  ', PATH: '/bin' };
		assert.deepEqual([withKey(environment), keysIn(environment)], [['openai'], [key]]);
	});

	it('says where a provider is', () => {
		const endpoint = endpointOf(openai ?? assert.fail(), { OPENAI_API_KEY: key });
		assert.ok(!isImageError(endpoint));
		assert.deepEqual([endpoint.base.href, endpoint.key], ['https://api.openai.com/v1', key]);
		const own = endpointOf(custom ?? assert.fail(), { LIMN_CUSTOM_BASE_URL: 'http://10.0.0.2:8080/v1/' });
		assert.ok(!isImageError(own));
		assert.deepEqual([own.base.href, own.key], ['http://10.0.0.2:8080/v1', undefined]);
	});

	it('says what is missing by its name, and shows no key', () => {
		const refusals: readonly (readonly [Record<string, string>, string, RegExp])[] = [
			[{}, 'no-key', /Set OPENAI_API_KEY in the environment\./],
			[{ OPENAI_API_KEY: ['lmnfl', 'tests'].join('_') }, 'bad-key', /one of Lumenfall/],
			[{ OPENAI_API_KEY: key, LIMN_OPENAI_BASE_URL: 'http://example.com' }, 'bad-input', /in the clear/],
			[{ OPENAI_API_KEY: key, LIMN_OPENAI_BASE_URL: `https://me:${key}@example.com` }, 'bad-input', /password/],
		];
		for (const [environment, code, said] of refusals) {
			const error = endpointOf(openai ?? assert.fail(), environment);
			assert.ok(isImageError(error));
			const words = sentencesOf(error).map(english).join(' ');
			assert.deepEqual([error.code, error.provider, words.includes(key)], [code, 'openai', false]);
			assert.match(words, said);
		}
	});

	it('has budgets as people write them, and none that nobody can read', () => {
		assert.deepEqual(limitsIn({}), {});
		assert.deepEqual(limitsIn({ LIMN_DAILY_BUDGET: '5', LIMN_MONTHLY_BUDGET: ' $20.50 ' }), {
			daily: 5,
			monthly: 20.5,
		});
		assert.deepEqual(limitsIn({ LIMN_DAILY_BUDGET: '0', LIMN_MONTHLY_BUDGET: '' }), { daily: 0 });
		for (const text of ['-1', 'five', '1e3', '1,50', 'NaN', 'Infinity', '0x10']) {
			assert.equal(usdIn(text), undefined, text);
			assert.throws(() => limitsIn({ LIMN_DAILY_BUDGET: text }), Misuse);
		}
	});

	it('says where Limn keeps what outlives a command, as each system does', () => {
		const home = path.resolve('/home/me');
		assert.equal(homeIn({}, 'linux', home), path.join(home, '.local', 'state', 'limn'));
		assert.equal(homeIn({ XDG_STATE_HOME: '/state' }, 'linux', home), path.join('/state', 'limn'));
		assert.equal(homeIn({ XDG_STATE_HOME: 'state' }, 'linux', home), path.join(home, '.local', 'state', 'limn'));
		assert.equal(homeIn({}, 'darwin', home), path.join(home, 'Library', 'Application Support', 'limn'));
		assert.equal(homeIn({ LOCALAPPDATA: '/local' }, 'win32', home), path.join('/local', 'limn'));
		assert.equal(homeIn({ LIMN_HOME: 'own' }, 'linux', home), path.resolve('own'));
	});
});
