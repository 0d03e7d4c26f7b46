import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { readSentences, sentencesIn } from './sentences';

// The glossary of zh-cn, so that one thing has one name: picture 图片, prompt 提示词, model 模型, provider 提供商, API key API 密钥,
// mask 蒙版, markup 标注, selection 选区, canvas 画布, frame 画框, feather 羽化, expand (outpaint) 扩展画面, vary, variation 变体,
// reference (in a document) 引用, reference image 参考图片, alternative text 替代文本, recipe 配方, stale 过时, job 任务, seed 种子,
// size 尺寸, ratio 宽高比, option 选项, setting 设置, workspace 工作区, gallery 图库, studio 工作室, spending 支出, budget 预算,
// placeholder 占位图, emulated 模拟, native 原生, retired 停用, Content Credentials 内容凭据, Restricted Mode 受限模式,
// secret storage 机密存储, undo 撤消, redo 恢复, log 日志. Names of settings, options, models, providers and keys stay.

/** What is the same in a language as in English: units, coordinates, signs between two arguments. */
const mayBeEnglish: Readonly<Record<string, readonly string[]>> = {
	'zh-cn': ['X', 'Y', '{0} B', '{0} KB', '{0} MB', '{0} · {1}', '{0} × {1}', '{0}, {1}', '{0} ({1})'],
};

const languages = readdirSync('l10n').map((file) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(file)?.[1] ?? file);
const sentences = readSentences();
const keys = new Set(sentences.keys.map(({ text }) => text));
const manifest = wordsOf('package.nls.json');

describe('what is said to people', () => {
	it('is found in every way in which it is written', () => {
		const source = `
			say('a');
			l10n.t("b {0}", 'c');
			l10n.t(text);
			tell('warning', 'Some words.');
			item.tooltip = found ? 'Some words' : name;
			const button = { title: \`Some \${word}\`, id: 'some-words' };
			const both = \`\${l10n.t('d')} and so on\`;
			const mark = \`$(sync~spin) \${l10n.t('d')}\`;
			const page = <p title="Some words" class="some words">Some words{name}<b aria-label={'Some words'} /></p>;
			new CodeAction('Some words', kind);
			throw new Error('some words');
			log.info('some words');
			const placeHolder = 'Words';
			return none ? <i>{'Loading'}</i> : makeOf('Any prose at all');
		`;
		const { keys: found, unknown, bare } = sentencesIn('src/host/example.tsx', source);
		assert.deepEqual(new Set(found.map(({ text }) => text)), new Set(['a', 'b {0}', 'd']));
		assert.deepEqual(unknown, [{ text: 'l10n.t(text)', at: 'src/host/example.tsx:4' }]);
		assert.deepEqual(
			bare.map(({ at }) => Number(at.split(':')[1])),
			[5, 6, 7, 8, 10, 10, 10, 11, 14, 15, 15],
		);
	});

	it('is a literal where it is said', () => {
		assert.deepEqual(sentences.unknown, []);
	});

	it('goes through l10n, whole', () => {
		assert.deepEqual(sentences.bare, []);
	});

	it('counts its arguments from 0, without a gap', () => {
		for (const key of keys) {
			const holes = new Set(Array.from(key.matchAll(/\{(\d+)\}/g), ([, index]) => Number(index)));
			assert.ok(
				Array.from(holes.keys()).every((index) => index < holes.size),
				key,
			);
		}
	});
});

for (const language of languages) {
	describe(`the translation ${language}`, () => {
		const bundle = wordsOf(`l10n/bundle.l10n.${language}.json`);
		const titles = wordsOf(`package.nls.${language}.json`);

		it('has every sentence of the sources', () => {
			assertNone(
				[...keys].filter((key) => !bundle.has(key)),
				`l10n/bundle.l10n.${language}.json lacks these. Translate them and put them in:`,
			);
		});

		it('has no sentence that nobody says', () => {
			assertNone(
				[...bundle.keys()].filter((key) => !keys.has(key)),
				`No source says these. Take them out of l10n/bundle.l10n.${language}.json:`,
			);
		});

		it('has every text of the manifest, and no other', () => {
			assertNone(
				[...manifest.keys()].filter((key) => !titles.has(key)),
				`package.nls.${language}.json lacks these. Translate them and put them in:`,
				manifest,
			);
			assert.deepEqual([...titles.keys()], [...manifest.keys()]);
		});

		it('keeps arguments, code, settings, addresses, commands and keys as they are', () => {
			for (const [key, translation] of bundle) assert.deepEqual(keptOf(translation), keptOf(key), key);
			for (const [key, text] of manifest) assert.deepEqual(keptOf(titles.get(key) ?? ''), keptOf(text), key);
		});

		it('is a translation', () => {
			const same = new Set(mayBeEnglish[language]);
			for (const [key, translation] of bundle) assert.equal(translation === key, same.has(key), key);
			for (const [key, text] of manifest) assert.notEqual(titles.get(key), text, key);
			for (const text of [...bundle.values(), ...titles.values()]) assert.equal(text, text.trim());
		});

		it('calls a command in a sentence as the palette does', () => {
			for (const [key, english] of manifest) {
				const title = bundle.get(english);
				if (title !== undefined) assert.equal(title, titles.get(key), english);
			}
		});
	});
}

describe('translations', () => {
	it('are told to the editor, and there is one at least', () => {
		const { l10n } = z.object({ l10n: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));
		assert.equal(l10n, './l10n');
		assert.ok(languages.length > 0);
		for (const language of languages) assert.ok(existsSync(`package.nls.${language}.json`), language);
	});
});

/** What a translation takes over as it stands, sorted: the order of words is the language’s own. */
function keptOf(text: string): string[] {
	const kept =
		/\{[^}]*\}|`[^`]*`|#[\w.]+#|\$\([\w~-]+\)|command:[\w.]+|https?:\/\/[\w./-]*|\b(?:limn|http)\.[\w.]*\w|\b(?:Ctrl|Alt)\+\S|\bShift\b/g;
	return Array.from(text.matchAll(kept), ([each]) => each).toSorted();
}

/** Fails with the keys as lines of JSON, to be copied into the file. */
function assertNone(missing: readonly string[], what: string, english?: ReadonlyMap<string, string>): void {
	const lines = missing.map((key) => `\t${JSON.stringify(key)}: ${JSON.stringify(english?.get(key) ?? '')}`);
	assert.equal(missing.length, 0, `${what}\n${lines.join(',\n')}`);
}

function wordsOf(file: string): ReadonlyMap<string, string> {
	return new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))));
}
