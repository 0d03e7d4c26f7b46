import assert from 'node:assert/strict';
import { policyOf } from '../../../src/host/studio/policy';

describe('the policy of the webviews', () => {
	const source = 'https://*.vscode-cdn.net';
	const policy = new Map(
		policyOf(source, 'n0nce')
			.split('; ')
			.map((directive) => {
				const [name = '', ...values] = directive.split(' ');
				return [name, values.join(' ')];
			}),
	);

	it('lets in what the studio is made of, and nothing else', () => {
		assert.deepEqual(Object.fromEntries(policy), {
			'default-src': "'none'",
			'img-src': `${source} blob:`,
			'style-src': source,
			'font-src': source,
			'script-src': "'nonce-n0nce'",
			'base-uri': "'none'",
			'form-action': "'none'",
			'require-trusted-types-for': "'script'",
		});
	});

	it('leaves frames, workers, connections and plug-ins to the rule that allows nothing', () => {
		const covered = ['frame-src', 'child-src', 'worker-src', 'connect-src', 'object-src', 'media-src', 'manifest-src'];
		for (const directive of covered) assert.ok(!policy.has(directive), directive);
	});

	it('names no scheme that anybody could use, and nothing unsafe', () => {
		assert.doesNotMatch(policyOf('x:', 'y'), /unsafe|strict-dynamic|\*|data:|https?:/);
	});
});
