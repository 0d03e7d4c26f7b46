import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { html } from '../../../src/documents/languages/html';
import { markdown } from '../../../src/documents/languages/markdown';
import { mdx } from '../../../src/documents/languages/mdx';
import {
	antoraModule,
	findSite,
	type LinkInUse,
	rootedPath,
	type Served,
	servedFolders,
	servedPath,
	type Site,
	type SiteFiles,
	type Surroundings,
} from '../../../src/documents/sites';

/** A file system that has only these files, and notes where it was looked into. */
function filesOf(...paths: readonly string[]): SiteFiles & { readonly listed: string[] } {
	const listed: string[] = [];
	return {
		listed,
		list: async (folder) => {
			listed.push(folder);
			const below = paths.filter((path) => path.startsWith(folder === '/' ? '/' : `${folder}/`));
			return [...new Set(below.map((path) => path.slice(folder === '/' ? 1 : folder.length + 1).split('/')[0] ?? ''))];
		},
		exists: async (path) => paths.some((each) => each === path || each.startsWith(`${path}/`)),
	};
}

const usual = (folder: string, at = '/'): Served => ({ folder, at, usual: true });

describe('a site', () => {
	const kinds: readonly (readonly [name: string, files: readonly string[], served: readonly Served[]])[] = [
		['Hugo', ['hugo.toml'], [usual('/w/static')]],
		['Hugo', ['hugo.yaml'], [usual('/w/static')]],
		['Hugo', ['config.toml', 'content/a.md'], [usual('/w/static')]],
		['Hugo', ['config/_default/hugo.toml'], [usual('/w/static')]],
		['Docusaurus', ['docusaurus.config.js'], [usual('/w/static')]],
		['Docusaurus', ['docusaurus.config.ts', 'vite.config.ts'], [usual('/w/static')]],
		['Astro', ['astro.config.mjs', 'svelte.config.js', 'src/routes/x'], [usual('/w/public')]],
		['Next', ['next.config.mjs'], [usual('/w/public')]],
		['Vite', ['vite.config.ts'], [usual('/w/public')]],
		['Vite', ['vite.config.ts', 'svelte.config.js'], [usual('/w/public')]],
		['VitePress', ['.vitepress/config.mts'], [usual('/w/public')]],
		['VuePress', ['.vuepress/config.js'], [usual('/w/.vuepress/public')]],
		['Gatsby', ['gatsby-config.js'], [usual('/w/static')]],
		['SvelteKit', ['svelte.config.js', 'vite.config.js', 'src/routes/+page.svelte'], [usual('/w/static')]],
		['Nuxt', ['nuxt.config.ts'], [usual('/w/public'), usual('/w/static')]],
		['Hexo', ['_config.yml', 'scaffolds/post.md', 'source/x'], [usual('/w/source')]],
		['Antora', ['antora.yml', 'modules/ROOT/nav.adoc'], []],
		['Jekyll', ['_config.yml'], [usual('/w/assets', '/assets'), { folder: '/w', at: '/', usual: false }]],
	];
	for (const [name, files, served] of kinds) {
		it(`of ${name} is recognised by ${files.join(', ')}`, async () => {
			const site = await findSite('/w/docs/deep', '/w', filesOf(...files.map((file) => `/w/${file}`)));
			const { markdownPages: _, ...rest } = site ?? {};
			assert.deepEqual(rest, { name, root: '/w', served });
		});
	}

	const others = [
		'config.toml',
		'config/x.toml',
		'_config.yml,_toc.yml',
		'svelte.config.js',
		'hugo.txt',
		'antora.yml',
		'a.vite.config.ts',
	];
	for (const files of others) {
		it(`is not recognised by ${files}`, async () => {
			const paths = files.split(',').map((file) => `/w/${file}`);
			assert.equal(await findSite('/w/docs', '/w', filesOf(...paths)), undefined);
		});
	}

	it('is the nearest one', async () => {
		const files = filesOf('/w/vite.config.ts', '/w/docs/.vitepress/config.ts', '/w/docs/guide/a.md');
		assert.equal((await findSite('/w/docs/guide', '/w', files))?.root, '/w/docs');
		assert.equal((await findSite('/w/src', '/w', files))?.name, 'Vite');
	});

	it('is looked for no further than the workspace folder', async () => {
		const files = filesOf('/hugo.toml', '/w/x.md');
		assert.equal(await findSite('/w/a/b', '/w', files), undefined);
		assert.deepEqual(files.listed, ['/w/a/b', '/w/a', '/w']);
		assert.equal(await findSite('/elsewhere', '/w', files), undefined);
		assert.equal((await findSite('/w', '/', files))?.name, 'Hugo');
	});
});

const vite: Site = { name: 'Vite', root: '/w', served: [usual('/w/public')] };
const jekyll: Site = {
	name: 'Jekyll',
	root: '/w',
	served: [usual('/w/assets', '/assets'), { folder: '/w', at: '/', usual: false }],
};

/** A page in `/w/docs`. */
function at(site?: Site, siteRoots: readonly string[] = [], document = '/w/docs/page.md'): Surroundings {
	return { document, workspaceFolder: '/w', site, siteRoots };
}

const rooted = (path: string): LinkInUse => ({ path, rooted: true });
const relative = (path: string): LinkInUse => ({ path, rooted: false });

describe('what is served', () => {
	it('is what the site serves, then what the setting names', () => {
		const others = [{ folder: '/w/static', at: '/', usual: false }];
		assert.deepEqual(servedFolders(at(vite, ['static', 'public'])), [...vite.served, ...others]);
		assert.deepEqual(servedFolders(at(undefined, ['./static/'])), others);
	});

	it('is nothing outside of the workspace folder', () => {
		assert.deepEqual(servedFolders(at(undefined, ['../static', '/../x'])), []);
		assert.deepEqual(servedFolders({ document: '/x.md', siteRoots: ['static'] }), []);
	});

	it('has a path from the root', () => {
		assert.equal(servedPath('/w/public/img/fox.png', usual('/w/public')), '/img/fox.png');
		assert.equal(servedPath('/w/assets/fox.png', usual('/w/assets', '/assets')), '/assets/fox.png');
		assert.equal(servedPath('/fox.png', usual('/')), '/fox.png');
		assert.equal(servedPath('/w/public/A:/fox.png', usual('/w/public')), '/A:/fox.png');
	});
});

/** How a fox below `public` is linked in a site, where these links are in use. */
function inVite(...links: readonly (readonly LinkInUse[])[]): string | undefined {
	return rootedPath('/w/public/fox.png', at(vite), links);
}

/** The same below `static` in a project that is not recognised. */
function inNoSite(...links: readonly (readonly LinkInUse[])[]): string | undefined {
	return rootedPath('/w/static/fox.png', at(undefined, ['static']), links);
}

describe('a picture below a served folder', () => {
	it('is linked from the root of a site', () => {
		assert.equal(rootedPath('/w/public/img/a b#ü.png', at(vite), []), '/img/a b#ü.png');
		assert.equal(rootedPath('/w/assets/fox.png', at(jekyll), []), '/assets/fox.png');
	});

	it('is linked otherwise elsewhere', () => {
		assert.equal(rootedPath('/w/src/fox.png', at(vite), []), undefined);
		assert.equal(rootedPath('/w/public2/fox.png', at(vite), []), undefined);
		assert.equal(rootedPath('/w/images/fox.png', at(jekyll), []), undefined);
		assert.equal(rootedPath('/w/static/fox.png', at(undefined, ['static']), []), undefined);
	});

	it('follows the documents where no site is recognised', () => {
		assert.equal(inNoSite([rooted('/w/static/hen.png')]), '/fox.png');
		assert.equal(inNoSite([], [rooted('/w/static/hen.png')]), '/fox.png');
		assert.equal(inNoSite([rooted('/w/other/hen.png')]), undefined);
		assert.equal(inNoSite([relative('/w/static/hen.png')]), undefined);
	});

	it('follows the documents where one is', () => {
		assert.equal(inVite([relative('/w/public/hen.png')]), undefined);
		assert.equal(inVite([], [relative('/w/public/a.png'), relative('/w/public/b.png')]), undefined);
		assert.equal(inVite([relative('/w/src/hen.png')]), '/fox.png');
		assert.equal(inVite([relative('/w/public/a.png'), rooted('/w/public/b.png')]), '/fox.png');
	});

	it('follows the document itself rather than those beside', () => {
		assert.equal(inVite([relative('/w/public/a.png')], [rooted('/w/public/b.png')]), undefined);
		assert.equal(inVite([rooted('/w/public/a.png')], [relative('/w/public/b.png')]), '/fox.png');
	});

	it('is linked relatively from the papers of a project, unless they do otherwise', () => {
		for (const name of ['README.md', 'readme.de.md', 'CHANGELOG.md', 'Contributing.md']) {
			const paper = at(vite, [], `/w/${name}`);
			assert.equal(rootedPath('/w/public/fox.png', paper, []), undefined, name);
			assert.equal(rootedPath('/w/public/fox.png', paper, [[rooted('/w/public/a.png')]]), '/fox.png');
		}
		for (const name of ['docs/README.md', 'index.md', 'readmes.md'])
			assert.equal(rootedPath('/w/public/fox.png', at(vite, [], `/w/${name}`), []), '/fox.png', name);
	});

	it('is linked relatively from Markdown that the tool makes no page of, unless the documents do otherwise', async () => {
		const pages: readonly (readonly [config: string, page: string])[] = [
			['vite.config.ts', ''],
			['next.config.js', 'src/app/a/page.md'],
			['next.config.js', 'pages/a.md'],
			['nuxt.config.ts', 'content/a.md'],
			['svelte.config.js', 'src/routes/a.md'],
		];
		for (const [config, page] of pages) {
			const site = await findSite('/w', '/w', filesOf(`/w/${config}`, '/w/src/routes/x'));
			const picture = `${site?.served[0]?.folder}/fox.png`;
			const from = (document: string, language = markdown, links: readonly LinkInUse[] = []) =>
				rootedPath(picture, at(site, [], `/w/${document}`), [links], language);
			assert.equal(from('docs/a.md'), undefined, config);
			assert.equal(from('docs/a.md', markdown, [rooted(picture)]), '/fox.png', config);
			assert.equal(from('src/a.html', html), '/fox.png', config);
			assert.equal(from('app/a/page.mdx', mdx), '/fox.png', config);
			if (page !== '') assert.equal(from(page), '/fox.png', page);
		}
	});

	it('is linked from the root in the home page of VuePress', () => {
		const site: Site = { name: 'VuePress', root: '/w/docs', served: [usual('/w/docs/.vuepress/public')] };
		const from = (document: string) =>
			rootedPath('/w/docs/.vuepress/public/fox.png', at(site, [], document), [], markdown);
		assert.equal(from('/w/docs/README.md'), '/fox.png');
		assert.equal(from('/w/docs/CONTRIBUTING.md'), undefined);
	});

	it('is linked from the root in posts of Jekyll, wherever it is', () => {
		for (const document of ['/w/_posts/2026-01-01-fox.md', '/w/blog/_drafts/fox.md'])
			assert.equal(rootedPath('/w/images/fox.png', at(jekyll, [], document), []), '/images/fox.png');
		assert.equal(rootedPath('/w/images/fox.png', at(jekyll, [], '/w/my_docs/fox.md'), []), undefined);
	});

	it('is linked from the root as the folder is served', () => {
		const name = fc.stringMatching(/^[^/.\0][^/\0]{0,8}$/);
		fc.assert(
			fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (segments) => {
				const path = segments.join('/');
				assert.equal(rootedPath(`/w/public/${path}`, at(vite), []), `/${path}`);
			}),
		);
	});
});

describe('a page of Antora', () => {
	it('has its pictures in its module', () => {
		const module = { root: '/w/docs', images: '/w/docs/modules/api/images' };
		assert.deepEqual(antoraModule('/w/docs/modules/api/pages/a.adoc'), module);
		assert.deepEqual(antoraModule('/w/docs/modules/api/partials/deep/a.adoc'), module);
		assert.deepEqual(antoraModule('/modules/a/pages/b'), { root: '/', images: '/modules/a/images' });
	});

	it('is in such a folder', () => {
		for (const path of ['/w/modules/api/nav.adoc', '/w/modules/pages/a.adoc', '/w/pages/a.adoc', '/w/modules/a/pages'])
			assert.equal(antoraModule(path), undefined, path);
	});
});
