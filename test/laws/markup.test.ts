import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSources } from './sources';

describe('texts', () => {
	it('are never markup: what the linter cannot see is not in the sources', () => {
		for (const { file } of readSources())
			assert.doesNotMatch(
				readFileSync(file, 'utf8'),
				/dangerouslySetInnerHTML|trustedTypes|isTrusted = true|supportHtml/,
				file,
			);
	});

	it('of hovers call commands of Limn alone, none of which spends without a question', () => {
		const hover = readFileSync('src/host/features/hover.ts', 'utf8');
		const [, list = ''] = /const hoverCommands = \[([^\]]*)\]/.exec(hover) ?? [];
		const commands = [...list.matchAll(/'([^']+)'/g)].map(([, id]) => id);
		assert.deepEqual(commands, [
			'limn.picture.edit',
			'limn.picture.vary',
			'limn.picture.regenerate',
			// Of a recipe, which stands there to be read; its job asks above the person's limit, as every other.
			'limn.picture.generate',
			'limn.showRecipe',
		]);
		assert.match(hover, /isTrusted = \{ enabledCommands: hoverCommands \}/);
	});
});
