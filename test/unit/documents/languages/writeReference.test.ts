import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { DocumentLanguage, ReferenceForm } from '../../../../src/documents/languages/language';
import { markdown } from '../../../../src/documents/languages/markdown';
import { plainTarget } from '../../../../src/documents/languages/target';
import { writeReference } from '../../../../src/documents/languages/writeReference';

const fox = { path: 'fox.png', alt: 'A fox', width: 20, height: 10 };

/** A language whose references have just this form. */
function languageWith(form: Partial<ReferenceForm>): DocumentLanguage {
	const reference: ReferenceForm = {
		template: 'block ${src} ${alt} ${width} ${height}',
		src: (target) => `<${plainTarget(target)}>`,
		alt: (text) => `"${text}"`,
		...form,
	};
	return { reference, block: false };
}

describe('a reference', () => {
	it('is the template with everything in it, encoded', () => {
		assert.equal(writeReference(languageWith({}), fox), 'block <fox.png> "A fox" 20 10');
		assert.equal(writeReference(languageWith({}), { ...fox, uri: 'x:y' }), 'block <x:y> "A fox" 20 10');
	});

	it('has another form in a line, where the language has one', () => {
		const language = languageWith({ inline: 'inline ${src}' });
		assert.equal(writeReference(language, fox, true), 'inline <fox.png>');
		assert.equal(writeReference(language, fox, false), 'block <fox.png> "A fox" 20 10');
		assert.equal(writeReference(languageWith({}), fox, true), 'block <fox.png> "A fox" 20 10');
	});

	it('has another form as decoration, where the language has one', () => {
		const language = languageWith({ decorative: 'decoration ${src}', inline: 'inline ${src}' });
		assert.equal(writeReference(language, { ...fox, alt: '' }), 'decoration <fox.png>');
		assert.equal(writeReference(language, { ...fox, alt: '' }, true), 'inline <fox.png>');
		assert.equal(writeReference(language, { ...fox, alt: ' ' }, true), 'inline <fox.png>');
		assert.equal(writeReference(languageWith({}), { ...fox, alt: '' }), 'block <fox.png> "" 20 10');
	});

	it('is filled in once, whatever is filled in', () => {
		const language = languageWith({ template: '${src}|${alt}', src: plainTarget, alt: (text) => text });
		fc.assert(
			fc.property(fc.string(), fc.constantFrom('${src}', '${alt}', '${', '}', '$&', '$1', '${x}'), (text, sign) => {
				const [path, alt] = [text + sign, sign + text];
				assert.equal(writeReference(language, { ...fox, path, alt }), `${path}|${alt}`);
			}),
		);
	});

	it('is a person’s own template, if there is one', () => {
		const template = '{{< figure src="${src}" alt="${alt}" >}}';
		assert.equal(writeReference(markdown, fox, false, template), '{{< figure src="fox.png" alt="A fox" >}}');
		assert.equal(writeReference(markdown, fox, true, template), '{{< figure src="fox.png" alt="A fox" >}}');
		assert.equal(writeReference(markdown, fox, true, 'a\r\nb\rc'), 'a\nb\nc');
		assert.equal(writeReference(markdown, fox, true, ''), '');
	});

	it('shows a template that asks for more as it is', () => {
		assert.equal(writeReference(languageWith({ template: '${src} ${more}' }), fox), '${src} ${more}');
	});
});
