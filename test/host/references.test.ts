import assert from 'node:assert/strict';
import path from 'node:path';
import { commands, languages, Range, Uri, window, workspace } from 'vscode';
import { languageOf } from '../../src/documents/languages/languages';
import { resolveLink } from '../../src/documents/resolveLink';
import { call, generate, insert } from './contract';
import { closeEditors, folder, openNew, withSetting } from './workspace';

const folderWithSigns = 'media/a b#ü';

/** A picture in the first folder. */
async function pictureIn(place: string, name: string): Promise<Uri> {
	const { images } = await generate({ prompt: name, size: '16x16', folder: place, fileName: name });
	return Uri.parse(images[0]?.uri ?? '');
}

/** Writes files of the first folder. */
async function write(files: Readonly<Record<string, string>>): Promise<void> {
	for (const [name, text] of Object.entries(files)) {
		await workspace.fs.writeFile(Uri.file(path.join(folder(0), name)), Buffer.from(text));
	}
}

/** What is inserted at the end of a new document. */
async function insertedInto(name: string, text: string, image: Uri, alt = 'A fox'): Promise<string> {
	const document = await openNew(name, text);
	return (await insert({ image, uri: document.uri, position: document.positionAt(text.length), alt })).inserted;
}

describe('references of every language in folders', () => {
	afterEach(closeEditors);

	/** Files as they are named, what the editor calls their language where it knows it, and a text with the place of the picture. */
	const documents: readonly (readonly [name: string, id: string, text: string])[] = [
		['page.md', 'markdown', '# Title\n\n|\n'],
		['page.mdx', 'mdx', '# Title\n\n|\n'],
		['page.html', 'html', '<p>Text</p>\n|\n'],
		['page.vue', 'vue', '<template>\n\t|\n</template>\n'],
		['page.svelte', 'svelte', '<p>Text</p>\n|\n'],
		['page.astro', 'astro', '<p>Text</p>\n|\n'],
		['page.tsx', 'typescriptreact', 'const a = |;\n'],
		['page.jsx', 'javascriptreact', 'const a = |;\n'],
		['page.rst', 'restructuredtext', 'Title\n=====\n\n|\n'],
		['page.adoc', 'asciidoc', '= Title\n\n|\n'],
		['page.tex', 'latex', '\\section{Title}\n\n|\n'],
		['page.typ', 'typst', '= Title\n\n|\n'],
		['page.org', 'org', '* Title\n\n|\n'],
		['page.css', 'css', 'a { background: |; }\n'],
		['page.scss', 'scss', 'a { background: |; }\n'],
		['page.less', 'less', 'a { background: |; }\n'],
	];
	for (const [name, id, text] of documents) {
		it(`leads to the picture from ${name}`, async () => {
			const image = await pictureIn(folderWithSigns, `in ${id}`);
			const [before = '', after = ''] = text.split('|');
			const document = await openNew(`docs/deep/${name}`, before + after);
			const known = (await languages.getLanguages()).includes(id);
			if (known && document.languageId === 'plaintext') await languages.setTextDocumentLanguage(document, id);
			const alt = 'It’s a “fox” & a [hen] {x} <b> #1 100%';
			const position = document.positionAt(before.length);
			const { inserted } = await insert({ image, uri: document.uri, position, alt });
			assert.equal(document.getText(), before + inserted + after);
			const { read } = languageOf(document.languageId, document.uri.path);
			assert.ok(read, 'the language can be read');
			const [picture, ...more] = read(document.getText()).pictures;
			assert.ok(picture && more.length === 0, inserted);
			const end = resolveLink(picture, { document: document.uri.path, siteRoots: [] });
			assert.ok(end.kind === 'file' && end.candidates.includes(image.path), inserted);
			if (picture.alt) assert.equal(picture.alt.text, alt);
		});
	}

	it('is the mere path where Limn does not know the language', async () => {
		const image = await pictureIn(folderWithSigns, 'small');
		assert.equal(await insertedInto('src/page.yaml', 'picture: ', image), '../media/a b#ü/small.png');
	});

	it('is relative to the notebook from its cells', async () => {
		const image = await pictureIn(folderWithSigns, 'noted');
		const cell = { cell_type: 'markdown', id: 'one', metadata: {}, source: ['A cell'] };
		const content = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
		await write({ 'docs/deep/notes.ipynb': JSON.stringify(content) });
		const notebook = await workspace.openNotebookDocument(Uri.file(path.join(folder(0), 'docs/deep/notes.ipynb')));
		const { document } = notebook.cellAt(0);
		const { inserted } = await insert({ image, uri: document.uri, position: { line: 0, character: 6 }, alt: 'A fox' });
		assert.equal(inserted, '![A fox](../../media/a%20b%23ü/noted.png)');
		assert.equal(document.getText(), `A cell${inserted}`);
	});

	it('stands below the text where it cannot stand in it', async () => {
		const image = await pictureIn('docs', 'below');
		const document = await openNew('docs/below.rst', 'A paragraph\nof two lines.\n\nAnother.\n');
		const { inserted } = await insert({ image, uri: document.uri, position: { line: 0, character: 4 }, alt: 'x' });
		assert.equal(document.getText(), `A paragraph\nof two lines.\n\n${inserted}\n\nAnother.\n`);
		await window.showTextDocument(document);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), 'A paragraph\nof two lines.\n\nAnother.\n');
	});

	it('is a block on a line of its own, and none in a line of text', async () => {
		const image = await pictureIn('docs', 'block');
		const document = await openNew('docs/block.adoc', 'See here.\n\nEnd.\n');
		const inLine = await insert({ image, uri: document.uri, position: { line: 0, character: 4 }, alt: 'x' });
		const alone = await insert({ image, uri: document.uri, position: { line: 1, character: 0 }, alt: 'x' });
		assert.equal(document.getText(), `See ${inLine.inserted}here.\n\n${alone.inserted}\n\nEnd.\n`);
		assert.match(inLine.inserted, /^image:b/);
		assert.match(alone.inserted, /^image::b/);
	});

	it('is a tag in the HTML of Markdown, and a path in scripts', async () => {
		const image = await pictureIn('docs', 'shown');
		const tag = '<img src="shown.png" alt="A fox" width="16" height="16">';
		assert.equal(await insertedInto('docs/shown.md', '<p align="center">\n', image), tag);
		assert.equal(await insertedInto('docs/shown-2.md', '<p align="center">\n\n', image), '![A fox](shown.png)');
		assert.equal(await insertedInto('docs/shown.mdx', '<p>\n', image), '![A fox](shown.png)');
		for (const name of ['docs/shown.html', 'docs/shown.vue', 'docs/shown.svelte', 'docs/shown.astro'])
			assert.equal(await insertedInto(name, '<script>\nlet a = ', image), 'shown.png', name);
		await withSetting('insert.templates', { markdown: '{{< figure src="${src}" >}}' }, async () => {
			assert.equal(await insertedInto('docs/shown-3.md', '<p>\n', image), '{{< figure src="shown.png" >}}');
		});
	});

	it('begins where the document says', async () => {
		const image = await pictureIn('docs/images', 'based');
		assert.match(
			await insertedInto('docs/based.adoc', '= Title\n:imagesdir: images\n\n', image),
			/^image::based\.png\[/,
		);
		const page = '<head><base href="../docs/"></head>\n';
		assert.match(await insertedInto('other/based.html', page, image), /^<img src="images\/based\.png"/);
		const far = '= Title\n:imagesdir: https://cdn.example/\n\n';
		assert.match(await insertedInto('docs/far.adoc', far, image), /^image::images\/based\.png\[/);
	});
});

describe('a person’s templates in folders', () => {
	afterEach(closeEditors);

	it('are written instead of Limn’s own', async () => {
		const image = await pictureIn('docs', 'own');
		const templates = {
			markdown: '<img src="${src}" alt="${alt}" width="${width}" data-x="${x}">',
			html: '<figure>\n\t<img src="${src}">\n\t<figcaption>${alt}</figcaption>\n</figure>',
			typst: '#figure(image("${src}"), caption: [${alt}])',
		};
		await withSetting('insert.templates', templates, async () => {
			const alt = '"Tom" & <Jerry>';
			assert.equal(
				await insertedInto('docs/own.md', 'See ', image, alt),
				'<img src="own.png" alt="&#34;Tom&#34; &#38; &#60;Jerry&#62;" width="16" data-x="${x}">',
			);
			assert.equal(
				await insertedInto('docs/own.typ', '', image, 'Fox #1'),
				String.raw`#figure(image("own.png"), caption: [Fox \u{23}1])`,
			);
			const document = await openNew('docs/own.html', '<div>\r\n\t<p>A fox</p>\r\n</div>\r\n');
			const range = new Range(1, 4, 1, 9);
			await call('limn.generateFromSelection', { uri: document.uri, range, size: '16x16', fileName: 'tagged' });
			const lines = ['<div>', '\t<p>A fox</p>', '\t<figure>', '\t\t<img src="images/tagged.png">'];
			const end = ['\t\t<figcaption>A fox</figcaption>', '\t</figure>', '</div>', ''];
			assert.equal(document.getText(), [...lines, ...end].join('\r\n'));
			await commands.executeCommand('undo');
			assert.equal(document.getText(), '<div>\r\n\t<p>A fox</p>\r\n</div>\r\n');
		});
	});

	it('are passed over where they are none', async () => {
		const image = await pictureIn('docs', 'passed');
		await withSetting('insert.templates', { markdown: 7, html: '' }, async () => {
			assert.equal(await insertedInto('docs/passed.md', '', image), '![A fox](passed.png)');
			assert.match(await insertedInto('docs/passed.html', '', image), /^<img src="passed\.png"/);
		});
	});
});

describe('the root of a site in folders', () => {
	afterEach(closeEditors);

	it('is where links of a Hugo site begin', async () => {
		await write({ 'hugo/hugo.toml': "baseURL = 'https://example.org/'\n" });
		const image = await pictureIn('hugo/static/img/a b#ü', 'served');
		assert.equal(
			await insertedInto('hugo/content/posts/one.md', '---\ntitle: One\n---\n', image),
			'![A fox](/img/a%20b%23ü/served.png)',
		);
		const bundled = await pictureIn('hugo/content/posts/two', 'bundled');
		assert.equal(await insertedInto('hugo/content/posts/two/index.md', '', bundled), '![A fox](bundled.png)');
	});

	it('is where links of a Docusaurus site begin', async () => {
		await write({ 'website/docusaurus.config.ts': 'export default {};\n' });
		const image = await pictureIn('website/static/img', 'served');
		assert.equal(await insertedInto('website/docs/intro.md', '', image), '![A fox](/img/served.png)');
		assert.equal(await insertedInto('website/README.md', '', image), '![A fox](static/img/served.png)');
		assert.match(
			await insertedInto('website/src/pages/page.tsx', 'const a = ', image),
			/^<img src="\/img\/served\.png"/,
		);
		assert.doesNotMatch(await insertedInto('website/docs/page.typ', '', image), /"\/img/);
	});

	it('is not where the documents of a site do not begin', async () => {
		await write({
			'blog/astro.config.mjs': 'export default {};\n',
			'blog/src/posts/one.md': '![one](../../public/served.png)\n',
		});
		const image = await pictureIn('blog/public', 'served');
		assert.equal(await insertedInto('blog/src/posts/two.md', '', image), '![A fox](../../public/served.png)');
	});

	it('is where the documents begin that are beside, in a project that nobody knows', async () => {
		await write({
			'static/.keep': '',
			'handbook/rooted/one.md': '![one](/known.png)\n',
			'handbook/plain/one.md': 'x\n',
		});
		const image = await pictureIn('static', 'known');
		assert.equal(await insertedInto('handbook/plain/two.md', '', image), '![A fox](../../static/known.png)');
		assert.equal(await insertedInto('handbook/rooted/two.md', '', image), '![A fox](/known.png)');
		await withSetting('insert.siteRoots', ['elsewhere'], async () => {
			assert.equal(await insertedInto('handbook/rooted/three.md', '', image), '![A fox](../../static/known.png)');
		});
	});
});
