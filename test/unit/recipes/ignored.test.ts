import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';
import { excludedBy, IgnoreRules } from '../../../src/recipes/ignored';

/** What `.gitignore` files of these folders say; those further up come first. */
function rules(files: Readonly<Record<string, string>>): IgnoreRules {
	return Object.entries(files).reduce((all, [folder, text]) => all.with(folder, text), IgnoreRules.none);
}

describe('.gitignore files', () => {
	it('hold for their own folder and what is below', () => {
		const { ignores } = rules({ '': 'public/\n*.tmp\n', docs: '/draft.md\nbuild\n' });
		const ignored = ['public/', 'site/public/', 'a.tmp', 'docs/draft.md', 'docs/build/', 'docs/x/build'];
		const kept = ['public', 'draft.md', 'build/', 'docs/x/draft.md', 'docs/a.md'];
		assert.deepEqual(ignored.filter(ignores), ignored);
		assert.deepEqual(kept.filter(ignores), []);
	});

	it('are overruled by those further down, but not within a folder that is passed over', () => {
		const { ignores } = rules({ '': '*.md\nout/\n', docs: '!*.md\nsecret.md\n', out: '!*.md' });
		assert.deepEqual(['a.md', 'docs/a.md', 'docs/x/a.md', 'docs/secret.md', 'out/a.md'].map(ignores), [
			true,
			false,
			false,
			true,
			true,
		]);
	});

	it('pass over nothing where there are none', () => {
		assert.equal(IgnoreRules.none.ignores('anything/'), false);
		assert.equal(rules({ a: '\n# words\n   \n' }).ignores('a/b'), false);
	});

	it('tell capitals from small letters, and begin with no byte order mark', () => {
		const { ignores } = rules({ '': '\uFEFFBuild/\r\n' });
		assert.deepEqual(['Build/', 'build/'].map(ignores), [true, false]);
	});

	it('pass over what Git passes over', () => {
		const texts: Readonly<Record<string, string>> = {
			'': 'public/\n*.tmp\n/top.md\n!keep.tmp\nfoo/*\n!foo/bar/\n',
			'a b#ü': '/one.md\nsub/two.md\n\\#three.md\n\\!four.md\n**/deep.md\n!public/\n',
			'we[i]rd': 'x/\n*.md\n!y.md\ntrailing.md   \n',
			'(group)/st*r': 'z.md\n/q?.md\n!/qb.md\n',
			'foo/bar': 'inner.md\n',
		};
		const names = ['one.md', 'two.md', '#three.md', '!four.md', 'deep.md', 'y.md', 'z.md', 'qa.md', 'qb.md', 'top.md'];
		const folders = ['', ...Object.keys(texts), 'a b#ü/sub', 'a b#ü/public', 'we[i]rd/x', 'wierd', 'foo', '(group)'];
		const more = ['a.tmp', 'keep.tmp', 'inner.md', 'trailing.md'];
		const all = folders.flatMap((folder) =>
			[...names, ...more].map((name) => (folder === '' ? name : `${folder}/${name}`)),
		);
		const { ignores } = rules(texts);
		assert.deepEqual(all.filter(ignores), ignoredByGit(texts, all));
	});
});

/** Asks Git itself. */
function ignoredByGit(texts: Readonly<Record<string, string>>, paths: readonly string[]): string[] {
	const top = mkdtempSync(path.join(os.tmpdir(), 'limn-ignore-'));
	try {
		const git = (args: readonly string[], input = '') =>
			execFileSync('git', ['-c', 'core.excludesFile=', '-c', 'core.ignoreCase=false', ...args], {
				cwd: top,
				input,
				encoding: 'utf8',
			});
		git(['init', '--quiet']);
		for (const file of [...paths, ...Object.keys(texts).map((folder) => path.join(folder, '.gitignore'))]) {
			mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
			writeFileSync(path.join(top, file), texts[path.dirname(file).replace(/^\.$/, '')] ?? '');
		}
		const kept = new Set(git(['ls-files', '--others', '--exclude-standard', '-z']).split('\0'));
		return paths.filter((file) => !kept.has(file));
	} finally {
		rmSync(top, { recursive: true, force: true });
	}
}

describe('files.exclude', () => {
	const none: ReadonlySet<string> = new Set();

	it('hides what its globs match, folders too', () => {
		const isExcluded = excludedBy({ '**/.git': true, '**/*.html': true, build: true, '**/kept': false, '': true });
		const hidden = ['.git/', 'a/.git/', 'a/b.html', 'b.html', 'build/'];
		const seen = ['a/build/', 'kept/', 'b.htm', 'b.html.md', '.github/'];
		assert.deepEqual(
			hidden.filter((each) => isExcluded(each, none)),
			hidden,
		);
		assert.deepEqual(
			seen.filter((each) => isExcluded(each, none)),
			[],
		);
	});

	it('hides a file that another one stands beside', () => {
		const isExcluded = excludedBy({ '**/*.html': { when: '$(basename).md' }, '**/*.x': { when: 7 }, '**/*.y': 'yes' });
		assert.equal(isExcluded('docs/a.b.html', new Set(['a.b.html', 'a.b.md'])), true);
		assert.equal(isExcluded('docs/a.html', new Set(['a.html', 'b.md'])), false);
		assert.equal(isExcluded('docs/a.x', new Set(['7'])), false);
		assert.equal(isExcluded('docs/a.y', none), false);
	});

	it('does without globs that would take for ever', () => {
		const isExcluded = excludedBy({
			['a*'.repeat(9) + 'b']: true,
			['**/a/'.repeat(9) + 'b']: true,
			'**/*.min.*': true,
		});
		assert.equal(isExcluded('a'.repeat(250), none), false);
		assert.equal(isExcluded('a/'.repeat(250), none), false);
		assert.equal(isExcluded('x/a.min.html', none), true);
	});

	it('hides nothing where nothing is set', () => {
		assert.equal(excludedBy({})('a/', none), false);
	});
});
