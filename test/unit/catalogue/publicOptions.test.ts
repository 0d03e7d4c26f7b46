import assert from 'node:assert/strict';
import { publicOptions } from '../../../src/catalogue/publicOptions';

describe('the options that stand in a picture’s file', () => {
	it('are those that made the picture', () => {
		const options = { quality: 'low', seed: '6110856530272051867', steps: 20, 'safety.checkContent': true };
		assert.deepEqual(publicOptions(options), options);
	});

	it('are none that name an address, a person or a secret', () => {
		const options = {
			webhookURL: 'x',
			uploadEndpoint: 'https://bucket.example/?signature=1',
			user: 'me',
			safety_identifier: 'hash',
			openai_api_key: 'k',
			style: 'https://example.org/reference.png',
		};
		assert.deepEqual(publicOptions(options), {});
	});
});
