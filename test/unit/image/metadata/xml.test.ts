import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { escaped, propertyOf } from '../../../../src/image/metadata/xml';

const find = (xml: string): string | undefined => propertyOf(xml, 'urn:a', 'Name');

describe('a property of XML', () => {
	it('is any text that XML can hold', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const xml = `<x xmlns:a="urn:a"><a:Name>${escaped(text)}</a:Name></x>`;
				assert.equal(find(xml), text.replace(/(?![\t\n\r\x7f-\x9f])[\p{Cc}\ufffe\uffff]/gu, '\ufffd'));
			}),
		);
	});

	it('is known by its namespace, not by its prefix', () => {
		assert.equal(find('<x xmlns:a="urn:b"><a:Name>no</a:Name></x>'), undefined);
		assert.equal(find('<x xmlns:b="urn:a"><b:Name>yes</b:Name></x>'), 'yes');
		assert.equal(find('<x xmlns:b="urn:a"><b:Other>no</b:Other><Name>no</Name></x>'), undefined);
		assert.equal(find('<x><y xmlns:b="urn:a"/><b:Name>no</b:Name></x>'), undefined);
		assert.equal(find('<x><y xmlns:b="urn:a"></y><b:Name>no</b:Name></x>'), undefined);
		assert.equal(find('<b:Name xmlns:b="urn:a" b:Name="attribute">element</b:Name>'), 'attribute');
	});

	it('is the first of them', () => {
		assert.equal(find('<x xmlns:b="urn:a"><b:Name>1</b:Name><b:Name>2</b:Name></x>'), '1');
		assert.equal(find('<x xmlns:b="urn:a"><b:Name/><b:Name>2</b:Name></x>'), '');
		assert.equal(find('<x xmlns:b="urn:a"><b:Name>1<y b:Name="2"/>3<z>4</z></b:Name></x>'), '134');
	});

	it('has its references resolved, and those that are none left', () => {
		const text = '&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#x1F98A;&LT;&nbsp;&#x110000;&#;&';
		assert.equal(find(`<x xmlns:a="urn:a"><a:Name>${text}</a:Name></x>`), '<>&"\'AB🦊&LT;&nbsp;&#x110000;&#;&');
	});

	it('is none where the XML is broken before its end', () => {
		const whole = '<!-- c --><?p i?><x b=\'1\' xmlns:a="urn:a"><a:Name><![CDATA[t]]>ext</a:Name>';
		assert.equal(find(whole), 'text');
		for (let length = 0; length < whole.length; length++) assert.equal(find(whole.slice(0, length)), undefined);
		for (const xml of ['<x a=1><', '<x a>', '< x>', '<x a="<">', '<!DOCTYPE x [<!ENTITY e "e">]>'])
			assert.equal(find(`${xml}<x xmlns:a="urn:a"><a:Name>no</a:Name></x>`), undefined, xml);
	});

	it('is not looked for in depths that no metadata has', () => {
		const property = '<a:Name xmlns:a="urn:a">text</a:Name>';
		assert.equal(find('<x>'.repeat(60) + property), 'text');
		assert.equal(find('<x>'.repeat(70) + property), undefined);
	});

	it('is found, or not, in no time', () => {
		const count = 100_000;
		for (const xml of [
			'<'.repeat(count),
			'<!--'.repeat(count),
			'<x '.repeat(count),
			`<x${' '.repeat(count)}`,
			`<x ${'a'.repeat(count)}`,
			`<x${' a="b"'.repeat(count)}`,
			`<x a=${'"'.repeat(count)}`,
			'<a:Name/>'.repeat(count),
			`<x${Array.from({ length: count }, (_, index) => ` xmlns:a${index}="b"`).join('')}>${'<a:Name/>'.repeat(count)}`,
			'&#'.repeat(count),
			'</x>'.repeat(count),
			'<![CDATA['.repeat(count),
		]) {
			assert.equal(find(xml), undefined);
		}
	});
});
