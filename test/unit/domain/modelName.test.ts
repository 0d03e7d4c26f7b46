import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseModelName } from '../../../src/domain/modelName';

const provider = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const name = fc.stringMatching(/^[a-z0-9/:@._-]{1,20}$/);

describe('taking a model name apart', () => {
	it('splits at the first slash and keeps the rest as it is', () => {
		fc.assert(
			fc.property(provider, name, (provider, name) => {
				assert.deepEqual(parseModelName(`${provider}/${name}`), { provider, name });
				assert.deepEqual(parseModelName(` ${provider}/${name}\n`), { provider, name });
			}),
		);
	});

	it('reads every example of the contract', () => {
		for (const [text, provider, name] of [
			['openai/gpt-image-2', 'openai', 'gpt-image-2'],
			['runware/openai:gpt-image@2', 'runware', 'openai:gpt-image@2'],
			['vincony/openai/dall-e-2', 'vincony', 'openai/dall-e-2'],
			['custom/sd-cpp-local', 'custom', 'sd-cpp-local'],
		] as const) {
			assert.deepEqual(parseModelName(text), { provider, name });
		}
	});

	it('refuses a name with a part missing or a blank inside', () => {
		const texts = ['', ' ', '/', 'openai', 'openai/', '/gpt', ' /gpt', 'openai/ gpt', 'open ai/gpt', 'openai/gpt 2'];
		for (const text of texts) assert.equal(parseModelName(text), undefined, JSON.stringify(text));
	});

	it('loses nothing but the blanks around, whatever the text', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ab/ ]{0,6}$/)), (text) => {
				const parts = parseModelName(text);
				if (parts) assert.equal(`${parts.provider}/${parts.name}`, text.trim());
			}),
		);
	});
});
